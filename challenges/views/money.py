"""The envelope of a challenge: its ledger, and the draft of the decision."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from challenges.models import LedgerLine
from challenges.papers.approval import decision_draft
from challenges.views.setup import of_the_house
from factory.docx import docx_of


@login_required
def ledger(request, slug):
    """What was pledged, reserved, awarded and paid, line by line."""
    challenge = of_the_house(request, slug)
    sums = challenge.ledger.sums()
    context = {
        "challenge": challenge,
        "lines": challenge.ledger.select_related("organisation"),
        "sums": [
            {"label": kind.label.capitalize(), "value": sums[str(kind)]} for kind in LedgerLine.Kind
        ],
    }
    return render(request, "challenges/setup_ledger.html", context)


@login_required
def draft(request, slug):
    """The draft of the decision, as a Word file."""
    challenge = of_the_house(request, slug)
    return docx_of(decision_draft(challenge), f"{challenge.slug}-decision")
