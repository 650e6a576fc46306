"""What the registry adds to the pages that belong to all: home, the desk, the coordinator's name."""

import json

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory.moves import moves_of
from factory.templatetags.words import count, day
from factory.texts import button
from partners.directory import in_the_directory
from partners.models import Membership, Organisation, answering
from partners.proofs import to_look_after
from partners.whose import join_by_address

State = Organisation.State
A_QUEUE = 50
A_FEW = 5


def home_tiles():
    """Rows of (figure, words): how many stand in the registry."""
    number = in_the_directory().count()
    return [(count(number), ngettext("partner, checked", "partners, checked", number))]


def coordinator_for(person):
    """The named coordinator of the province of the person's organisation; None without one."""
    if person is None or not person.is_authenticated:
        return None
    found = _answers(person)
    if found is None:
        return None
    return {
        **found,
        "phone": found["phone"] or settings.FRONT_DESK["phone"],
        "answer_time": _("Answers within one working day"),
    }


def _answers(person):
    """Who answers for this person's provinces; who is signed in came with it."""
    if person.seats is not None:
        return person.answered_by and json.loads(person.answered_by)
    mine = Organisation.objects.standing().of(person).values("province")
    return answering(mine).values("name", "phone", "email").first()


def desk_queues(person):
    """The organisations of this person, and what waits for them in the registry."""
    seats, requests = _seats_and_requests(person)
    owned = [seat.organisation for seat in seats if seat.role == Membership.Role.OWNER]
    mine = [seat.organisation for seat in seats]
    queues = [
        {"title": "", "kind": "places", "items": mine[:A_FEW]},
        at_their_address([] if seats else join_by_address(person)),
        waiting_for_me(owned, requests),
        to_look_after(owned),
        waiting_for_others(mine),
    ]
    return [queue for queue in queues if queue["items"]]


def _seats_and_requests(person):
    """Where this person belongs, by name, and who asks to join what they own, the longest waiting first."""
    mine = Membership.objects.confirmed().filter(person=person)
    standing = Membership.objects.exclude(organisation__state__in=[State.LEFT, State.MERGED])
    asked = Q(confirmed_at=None, organisation__state=State.ACTIVE) & Q(
        organisation__in=mine.filter(role=Membership.Role.OWNER).values("organisation")
    )
    rows = standing.filter(Q(person=person, confirmed_at__isnull=False) | asked)
    rows = rows.select_related("person", "organisation").defer("organisation__search")
    found = list(rows.order_by("confirmed_at", "asked_at")[: 2 * A_QUEUE])
    seats = [row for row in found if row.confirmed_at]
    return sorted(seats, key=_by_name), [row for row in found if not row.confirmed_at][:A_QUEUE]


def _by_name(seat):
    return seat.organisation.name.casefold()


def waiting_for_me(owned, requests):
    """Colleagues who want to join, and what a coordinator asked."""
    items = [_to_admit(request) for request in requests]
    asked_back = (one for one in owned if one.state == State.APPLIED and one.question)
    items += [_to_answer(organisation) for organisation in asked_back]
    return {"title": _("Your organisation"), "kind": "yours", "items": items}


def at_their_address(organisations):
    """Whom somebody without an organisation can join at once, because of their mail address."""
    says_so = _("Your mail address says so. You join with one press, and write drafts at once.")
    if len(organisations) > 1:
        says_so = _("More organisations use your mail address. Join where you work.")
    items = [
        {
            "title": _("Do you work at %(name)s?") % {"name": organisation},
            "meta": says_so,
            "url": reverse("partners:move", args=[organisation.slug, "join"]),
            "action": button(moves_of(Organisation)["join"]),
            "urgent": False,
            "late": False,
        }
        for organisation in organisations
    ]
    return {"title": _("Your organisation"), "kind": "yours", "items": items}


def _to_admit(request):
    return {
        "title": _("%(name)s wants to join") % {"name": request.person},
        "meta": request.organisation.name,
        "url": request.admit_url,
        "action": button(moves_of(Organisation)["admit"]),
        "urgent": False,
        "late": False,
    }


def _to_answer(organisation):
    return {
        "title": _("A coordinator asks something about %(name)s") % {"name": organisation},
        "meta": organisation.question,
        "url": organisation.get_absolute_url(),
        "action": _("Answer"),
        "urgent": True,
        "late": False,
    }


def waiting_for_others(mine):
    """This person's organisations that a coordinator is looking at."""
    items = [
        {
            "title": organisation.name,
            "meta": _("You hear from us by %(day)s.") % {"day": day(organisation.answer_by)},
            "url": organisation.get_absolute_url(),
            "action": _("Look"),
            "urgent": False,
            "late": False,
        }
        for organisation in mine
        if organisation.state in (State.APPLIED, State.IN_CHECK) and not organisation.question
    ]
    return {"title": _("We are checking"), "kind": "others", "items": items}
