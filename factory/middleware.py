"""Bad input that no form sees: refused in plain words, never a 500."""

from django.core.exceptions import BadRequest


class BadInputMiddleware:
    """Refuses NUL characters, which PostgreSQL cannot hold, in the address and its parameters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        texts = [request.path, *request.GET.values(), *request.GET.keys()]
        if any("\x00" in text for text in texts):
            raise BadRequest("NUL character")
