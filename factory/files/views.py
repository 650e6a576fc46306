"""Serves a file to those who may see what it belongs to."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from structlog import get_logger

from factory.files.models import StoredFile

# A file is never a page of this site, whatever it holds.
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"

log = get_logger(__name__)


@require_safe
@cache_control(private=True, max_age=600)
def serve(request, key):
    """A picture that we drew is shown; anything else is only handed over."""
    file = StoredFile.objects.filter(key=key).first()
    if file is None or not file.is_open_to(request.user):
        raise Http404
    try:
        content = default_storage.open(file.path)
    except FileNotFoundError:
        log.error("file_is_gone", file=file.pk)
        raise Http404 from None
    inline = file.kind.inline
    response = FileResponse(
        content, as_attachment=not inline, filename=file.name, content_type=file.content_type
    )
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex" if not inline else "noimageai"
    return response
