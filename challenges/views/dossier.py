"""The whole file of a challenge to keep: one PDF, or one ZIP."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from challenges.models import Challenge
from challenges.papers.dossier import dossier as paper_of
from challenges.papers.dossier import zipped
from challenges.rules import belongs_to_it
from factory.pdf import pdf_of
from partners.rules import is_coordinator


@login_required
def dossier(request, slug, form):
    """For the organisation whose challenge it is, and for the coordinators."""
    things = Challenge.objects.visible_to(request.user)
    thing = things.select_related("organisation", "region", "instrument").filter(slug=slug).first()
    if thing is None:
        raise Http404
    if not (belongs_to_it | is_coordinator).test(request.user, thing):
        return render(request, "challenges/dossier_refused.html", {"challenge": thing}, status=403)
    if form == "pdf":
        return pdf_of(paper_of(thing, request.user), f"dossier-{thing.slug}")
    answer = HttpResponse(zipped(thing, request.user), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="dossier-{thing.slug[:80]}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer
