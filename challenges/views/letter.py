"""A letter to an entrant: as a page, as PDF, its last day for the diary; and what is done when it went astray."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from challenges.lifecycle.award import moves as award_moves
from challenges.lifecycle.letter import moves
from challenges.lifecycle.objection import lodge
from challenges.models import Challenge, Letter
from challenges.rules import enters_it, follows_the_decision
from challenges.views.deciding import followed, sees_drafts
from challenges.writing import drafts, paper_of
from factory.journal.models import Event
from factory.move_views import MoveView
from factory.notices.diary import one_day
from factory.notices.facts import facts
from factory.pdf import pdf_of


def seen(person, pk):
    """The letter, for the entrant and for those who decide; else there is no such page."""
    things = Letter.objects.visible_to(person).with_mail()
    letter = (
        things.select_related("challenge__organisation", "entry", "recipient", "decision")
        .filter(pk=pk)
        .first()
    )
    if letter is None:
        raise Http404
    return letter


@login_required
def letter(request, pk):
    """The letter as it was sent, and the last day that counts."""
    thing = seen(request.user, pk)
    context = {
        "letter": thing,
        "challenge": thing.challenge,
        "paper": paper_of(thing),
        "moves": moves.open_to(request.user, thing),
        "follows": follows_the_decision.test(request.user, thing.challenge),
        **beside(thing, request.user),
    }
    return render(request, "challenges/letter.html", context)


def beside(thing, person):
    """What the entrant can do after reading: object, talk, or turn the award down; and what came of that."""
    award = thing.entry.awards.standing().first()
    mine = enters_it.test(person, thing.entry)
    told = thing.challenge.state == Challenge.State.NOTIFIED and not thing.decision.ended_at
    brought = told and lodge.may.test(person, thing)
    talks = list(thing.entry.talks.all())
    return {
        "award": award,
        "award_moves": award_moves.open_to(person, award) if award and mine else [],
        "objections": thing.entry.objections.all(),
        "may_object": brought,
        "mine": mine,
        "talks": talks,
        "may_ask": mine and not any(talk.state in ("asked", "planned") for talk in talks),
    }


@login_required
def letter_pdf(request, pk):
    """The letter as PDF/UA, from the words that were sent."""
    thing = seen(request.user, pk)
    return pdf_of(paper_of(thing), thing.reference)


@login_required
def letter_ics(request, pk):
    """The last day for the diary: the one that counts, or the one that the letter names until that is known."""
    thing = seen(request.user, pk)
    words = facts(thing, request.user)["calendar"]
    if words is None:
        raise Http404
    said = Event.objects.about(thing).last()
    url = settings.SITE_URL + thing.get_absolute_url()
    diary = one_day(said, words["title"], words["day"], url)
    answer = HttpResponse(diary, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{thing.reference}.ics"'
    return answer


@login_required
def preview(request, slug, number):
    """What one entrant will read, before any letter is sent."""
    challenge = followed(request.user, slug)
    found = drafts(challenge, [number]) if sees_drafts(challenge, request.user) else []
    draft = next(iter(found), None)
    if draft is None:
        raise Http404
    context = {"challenge": challenge, "letter": draft, "paper": paper_of(draft)}
    return render(request, "challenges/letter_preview.html", context)


class LetterMove(MoveView):
    """What a coordinator does with a letter that went astray."""

    model, moves, slug_field = Letter, moves, "pk"

    def get_success_url(self):
        return reverse("challenges:deciding", args=[self.thing.challenge.slug])
