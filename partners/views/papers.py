"""Papers of the registry."""

from django.http import Http404

from factory.pdf import pdf_of
from partners.models import Organisation
from partners.papers import profile_paper


def profile_pdf(request, slug):
    """One page about an active organisation, to keep or to pass on."""
    seen = Organisation.objects.active().select_related("region", "province")
    found = seen.with_words("sector", "theme", "goal", "area").filter(slug=slug).first()
    if found is None:
        raise Http404
    return pdf_of(profile_paper(found), found.name)
