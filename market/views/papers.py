"""Papers of the market, as a page to print and as PDF."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from factory.pdf import pdf_of
from market.introducing import reference_of
from market.models import Match
from market.papers import confirmation, note_for_the_file
from market.papers.confirmation import can_be_confirmed
from market.views.prices import need_of, reads_the_file, refused


@login_required
def note(request, slug):
    """The note for the file, to read and to print."""
    need = need_of(request.user, slug)
    if not reads_the_file(request.user, need):
        return refused(request, need)
    context = {"need": need, "paper": note_for_the_file(need)}
    return render(request, "market/listing_paper.html", context)


@login_required
def note_pdf(request, slug):
    """The note for the file as PDF."""
    need = need_of(request.user, slug)
    if not reads_the_file(request.user, need):
        return refused(request, need)
    return pdf_of(note_for_the_file(need), f"{reference_of(need)}-{need.title}")


@login_required
def confirmation_pdf(request, pk):
    """The confirmation of one match, for both its sides and the coordinators."""
    parties = ("social_return__authority", "organisation__region", "buyer__region", "need")
    seen = Match.objects.visible_to(request.user).select_related(*parties)
    match = seen.filter(pk=pk).first()
    if match is None or not can_be_confirmed(match):
        raise Http404
    return pdf_of(confirmation(match), f"{reference_of(match.need)}-{match.pk}")
