"""The proposal of the jury and the decision on it, for those whose work it is."""

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Value, When
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from challenges.lifecycle.bringing import moves
from challenges.lifecycle.letter import moves as letter_moves
from challenges.models import Challenge, Letter, Objection, Talk
from challenges.outcome import judged, mandate_of, proposed_cents, standing_awards
from challenges.papers.report import jury_report
from challenges.rules import follows_the_decision
from challenges.small_aid import small_aid
from challenges.writing import addressed, who_hears
from factory.lists import page_of
from factory.pdf import pdf_of
from partners.rules import role_in

HERE = (
    "note_findings", "propose", "deliberate_anew", "decide", "note_decision", "check_decision",
    "send_decision_back", "notify", "send_all_again", "decide_anew", "pass_on", "award_next",
)  # fmt: skip
UNDECIDED = (Challenge.State.PROPOSED, Challenge.State.DECIDED)  # or decided, and nobody heard yet


def followed(person, slug):
    """The challenge, for who takes part in deciding on it; else there is no such page."""
    things = Challenge.objects.visible_to(person).select_related("organisation", "proposal")
    thing = things.filter(slug=slug).first()
    if thing is None or not follows_the_decision.test(person, thing):
        raise Http404
    return thing


@login_required
def deciding(request, slug):
    """What the jury proposes, who decided on it, and what comes of it."""
    thing = followed(request.user, slug)
    open_here = {move.name: move for move in moves.open_to(request.user, thing)}
    decisions = thing.decisions.select_related("noted_by", "checked_by", "paper")
    awards = list(standing_awards(thing))
    context = {
        "challenge": thing,
        "proposal": getattr(thing, "proposal", None),
        "entries": page_of(judged(thing), request.GET),
        "awards": awards,
        "aid": small_aid(thing, awards) if thing.state in UNDECIDED else None,
        "left_cents": thing.left_cents,
        "decision": next((one for one in decisions if one.ended_at is None), None),
        "sent_back": next((one for one in reversed(decisions) if one.sent_back), None),
        "letters": letters_of(thing, request),
        "objections": list(seen(Objection, thing, request.user).select_related("decision")),
        "talks": list(seen(Talk, thing, request.user)),
        "drafts": drafts_of(thing, request),
        "moves": [open_here[name] for name in HERE if name in open_here],
    }
    return render(request, "challenges/deciding.html", context)


def seen(model, challenge, person):
    """What this person may see of one kind about a challenge; jurors see what the jury proposed, no more."""
    found = model.objects.visible_to(person).filter(challenge=challenge)
    return found.select_related("entry__organisation")


def sees_drafts(challenge, person):
    """Letters before they go are for the staff and the organisation that decided."""
    ours = person.is_staff or role_in(person, challenge.organisation_id)
    return bool(ours) and challenge.state == Challenge.State.DECIDED


def drafts_of(challenge, request):
    """A page of the letters before they go: to whom and which outcome; the words are on a page of their own."""
    if not sees_drafts(challenge, request.user):
        return None
    page = page_of(who_hears(challenge), request.GET, name="letters")
    page.object_list = addressed(challenge, list(page.object_list))
    return page


def letters_of(challenge, request):
    """A page of the letters of the decision that counts, each with what can be done; those astray first."""
    person = request.user
    found = seen(Letter, challenge, person).current()
    astray = Case(When(pk__in=found.astray().values("pk"), then=Value(0)), default=Value(1))
    rows = found.with_mail().select_related("entry__organisation", "recipient", "decision")
    page = page_of(
        rows.order_by(astray, "entry__number"), request.GET, found.count(), name="letters"
    )
    for letter in page:
        letter.challenge = challenge
        letter.moves = letter_moves.open_to(person, letter) if person.is_staff else []
    return page


@login_required
def report(request, slug):
    """The report of the jury, to read and to print."""
    thing = followed(request.user, slug)
    context = {"challenge": thing, "paper": jury_report(thing)}
    return render(request, "challenges/report.html", context)


@login_required
def report_pdf(request, slug):
    """The report of the jury as PDF."""
    thing = followed(request.user, slug)
    return pdf_of(jury_report(thing), f"jury-{thing.slug}")


def page_after(move, challenge):
    """Who works on the decision stays on its page."""
    if move.name in HERE:
        return reverse("challenges:deciding", args=[challenge.slug])
    return challenge.get_absolute_url()


def to_decide_on(challenge, person):
    """What is proposed, together, and how far this person's mandate goes."""
    awards = list(standing_awards(challenge))
    return {
        "awards": awards,
        "aid": small_aid(challenge, awards),
        "sum": proposed_cents(challenge),
        "upto": mandate_of(person, challenge),
    }
