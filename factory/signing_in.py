"""From a page that could not be shown to signing in, and back."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def sign_in(request):
    """To signing in, and from there back to the page on which this was pressed.

    The browser says which page that was. So a page that is not there needs no address of its own in it: it is the
    same to the byte, whatever was asked for.
    """
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    bare = urlsplit(came_from)._replace(scheme="", netloc="", fragment="")
    back = bare.geturl() if ours else ""
    query = f"?{urlencode({'next': back})}" if back else ""
    return HttpResponseRedirect(f"{reverse('account_login')}{query}")
