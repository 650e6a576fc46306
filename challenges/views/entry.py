"""The page of an entry, for those whose it is and, once opened, for those who judge; and its receipts."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from challenges.drafting import contents
from challenges.lifecycle.entry import moves, takes_entries, too_late_to_repair
from challenges.lifecycle.objection import lodge
from challenges.models import Coaching, Entry, Objection, Submission
from challenges.models.states import JUDGED
from challenges.repaired import repaired
from challenges.rules import role_in, writes_the_entry
from challenges.showing import to_show, typed_to_show

S = Entry.State
UNSEEN = (S.DRAFT, S.SUBMITTED, S.WITHDRAWN, S.UNSENT)
WRITTEN_FIRST = ("submit", "repair", "change")  # on the page where one writes


@login_required
def entry(request, pk):
    """What was written, where it stands, and what one can do now."""
    things = Entry.objects.visible_to(request.user)
    thing = get_object_or_404(things.select_related("challenge", "organisation"), pk=pk)
    mine = bool(role_in(request.user, thing.organisation_id)) and not request.user.is_looked_as
    writes = mine and writes_the_entry.test(request.user, thing)
    context = {
        "entry": thing,
        "challenge": thing.challenge,
        "mine": mine,
        "helped": helped_by(thing),
        "moves": [
            move for move in moves.open_to(request.user, thing) if move.name not in WRITTEN_FIRST
        ],
        "receipts": thing.submissions.select_related("by") if mine or thing.changed_at else [],
        "said": typed_to_show(thing)
        if mine and not thing.receipt
        else to_show(thing, contents(thing)),
        "may_write": writes and thing.is_written,
        "coaching": coaching_of(thing, request.user),
        "may_change": writes and thing.state == Entry.State.SHORTLISTED,
        "may_repair": writes and thing.state == Entry.State.REPAIR,
        "repair_is_over": bool(list(too_late_to_repair(thing))),
        "repaired": repaired(thing) if not mine else [],
        "objections": objections_to(thing, request.user),
        "may_object": may_object(request.user, thing),
        "closed": list(takes_entries(thing)) if mine and thing.is_written else [],
    }
    return render(request, "challenges/entry_detail.html", context)


def coaching_of(entry, person):
    """Who coaches this entry and for how long, for whom that concerns; a jury has nothing of it."""
    if not entry.challenge.coaching_hours:
        return None
    seen = Coaching.objects.visible_to(person).filter(entry=entry).with_used()
    return seen.select_related("coach").prefetch_related("times").first()


def objections_to(entry, person):
    """What was objected about this entry; there is nothing to ask of one that nobody has looked at yet."""
    if entry.state in UNSEEN:
        return ()
    return Objection.objects.visible_to(person).filter(entry=entry)


def may_object(person, entry):
    """Whether this person can object for who is excluded before there is a letter."""
    excluded = entry.state == Entry.State.EXCLUDED and entry.challenge.state in JUDGED
    if not excluded or entry.objections.filter(state=Objection.State.OPEN).exists():
        return False
    return lodge.may.test(person, Objection(entry=entry, challenge=entry.challenge))


def helped_by(entry):
    """What those who enter did before, when the problem was written: others may know less than they."""
    found = entry.challenge.helpers.from_outside().of_entrant(entry.organisation)
    return found.select_related("organisation", "person")


@login_required
@cache_control(private=True, no_store=True)
def receipt(request, pk, number):
    """That it was received: when, to the microsecond, and of which words. To print or to keep."""
    found = a_receipt(request.user, pk, number)
    context = {
        "receipt": found,
        "entry": found.entry,
        "challenge": found.entry.challenge,
        "said": to_show(found.entry, json.loads(found.said)),
        "changed_since": found.entry.changed_at and found.at <= found.entry.challenge.deadline_at,
        "is_last": not found.entry.submissions.filter(number__gt=number).exists(),
    }
    return render(request, "challenges/entry_receipt.html", context)


@login_required
@cache_control(private=True, no_store=True)
def receipt_said(request, pk, number):
    """The very text of which the receipt is the fingerprint, byte for byte."""
    found = a_receipt(request.user, pk, number)
    response = HttpResponse(found.said.encode(), content_type="application/json")
    name = f"entry-{found.entry_id}-{found.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def a_receipt(person, pk, number):
    """A receipt that this person may see, or 404."""
    seen = Submission.objects.visible_to(person)
    rows = seen.select_related("entry__challenge", "entry__organisation", "by")
    return get_object_or_404(rows, entry=pk, number=number)
