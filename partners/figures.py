"""What the registry adds to the pages that belong to all: home, the desk, the coordinator's name."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory import clock
from factory.moves import moves_of
from factory.templatetags.words import count, day
from factory.texts import button
from partners.directory import in_the_directory
from partners.models import Membership, Organisation, answering, provinces_of
from partners.proofs import to_look_after

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
    mine = Organisation.objects.standing().of(person).values("province")
    found = answering(mine).first()
    if found is None:
        return None
    return {
        "name": found.name,
        "phone": found.phone or settings.FRONT_DESK["phone"],
        "email": found.email,
        "answer_time": _("Answers within one working day"),
    }


def desk_places(person):
    """The organisations this person belongs to, for the head of the desk."""
    return Organisation.objects.standing().of(person).order_by("name")[:A_FEW]


def desk_queues(person):
    """What waits for this person in the registry."""
    owned = Organisation.objects.filter(_owned_by(person))
    queues = [waiting_for_me(person), to_look_after(owned), waiting_for_others(person)]
    if person.is_staff:
        queues.insert(0, to_check(person))
    return [queue for queue in queues if queue["items"]]


def in_my_provinces(person):
    """Organisations this coordinator answers for; all of them if they have no region of their own."""
    provinces = provinces_of(person)
    return Organisation.objects.filter(Q(province__in=provinces) if provinces else Q())


def to_check(person):
    """The organisations that a coordinator still has to look at, the longest waiting first."""
    rows = in_my_provinces(person).to_check().filter(question="").select_related("region")
    items = [
        {
            "title": organisation.name,
            "meta": f"{organisation.get_kind_display()} · {organisation.region}",
            "url": reverse("admin:partners_organisation_change", args=[organisation.pk]),
            "action": _("Check"),
            "urgent": True,
            "late": organisation.answer_by < clock.today(),
            "since": organisation.created_at,
        }
        for organisation in rows.order_by("created_at")[:A_QUEUE]
    ]
    return {"title": _("Organisations to check"), "kind": "yours", "items": items}


def waiting_for_me(person):
    """Colleagues who want to join, and what a coordinator asked."""
    owned = Organisation.objects.filter(_owned_by(person))
    items = [_to_admit(request) for request in _requests(owned)]
    asked_back = owned.filter(state=State.APPLIED).exclude(question="")
    items += [_to_answer(organisation) for organisation in asked_back]
    return {"title": _("Your organisation"), "kind": "yours", "items": items}


def _owned_by(person):
    return Q(
        memberships__person=person,
        memberships__role=Membership.Role.OWNER,
        memberships__confirmed_at__isnull=False,
    )


def _requests(organisations):
    """Who asks to join these organisations."""
    asked_for = Membership.objects.asked().filter(
        organisation__in=organisations, organisation__state=State.ACTIVE
    )
    return asked_for.select_related("person", "organisation").order_by("asked_at")[:A_QUEUE]


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


def waiting_for_others(person):
    """This person's organisations that a coordinator is looking at."""
    rows = Organisation.objects.to_check().of(person).filter(question="")
    items = [
        {
            "title": organisation.name,
            "meta": _("You hear from us by %(day)s.") % {"day": day(organisation.answer_by)},
            "url": organisation.get_absolute_url(),
            "action": _("Look"),
            "urgent": False,
            "late": False,
        }
        for organisation in rows
    ]
    return {"title": _("We are checking"), "kind": "others", "items": items}
