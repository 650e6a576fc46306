"""The whole file of a challenge: a page to read and to print, one PDF, or one ZIP."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import render

from challenges.models import Challenge
from challenges.papers.dossier import dossier as paper_of
from challenges.papers.folder import zipped
from challenges.rules import belongs_to_it
from factory.pdf import pdf_of
from partners.rules import is_coordinator


@login_required
def dossier(request, slug, form="page"):
    """For the organisation whose challenge it is, and for the coordinators."""
    things = Challenge.objects.visible_to(request.user)
    thing = things.select_related("organisation", "region", "instrument").filter(slug=slug).first()
    if thing is None:
        raise Http404
    if not (belongs_to_it | is_coordinator).test(request.user, thing):
        return render(request, "challenges/dossier_refused.html", {"challenge": thing}, status=403)
    return AS[form](request, thing)


def as_page(request, challenge):
    context = {"challenge": challenge, "paper": paper_of(challenge, request.user)}
    answer = render(request, "challenges/dossier.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def as_pdf(request, challenge):
    return pdf_of(paper_of(challenge, request.user, whole=True), f"dossier-{challenge.slug}")


def as_zip(request, challenge):
    name = f"dossier-{challenge.slug[:80]}.zip"
    answer = FileResponse(zipped(challenge, request.user), as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


AS = {"page": as_page, "pdf": as_pdf, "zip": as_zip}
