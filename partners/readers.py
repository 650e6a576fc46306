"""What the pages ask of who is signed in: their places in organisations, and the coordinator of their region."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import JSONObject

from partners.models import Membership, Organisation, answering
from partners.models.deputy import provinces_answered

READER = OuterRef(OuterRef(OuterRef("pk")))  # seen from within who answers, within a fact


def reader_facts():
    """``seats``: each membership with its organisation; ``answered_by``: the coordinator, or null;
    ``provinces``: the keys of those that a coordinator answers for.
    """
    theirs = Organisation.objects.standing().filter(
        memberships__person=READER, memberships__confirmed_at__isnull=False
    )
    answers = answering(theirs.values("province"))
    return {
        "seats": ArraySubquery(_seats()),
        "provinces": Case(When(is_staff=True, then=ArraySubquery(_provinces()))),
        "answered_by": Subquery(
            answers.values(found=JSONObject(name="name", phone="phone", email="email"))[:1]
        ),
    }


def _provinces():
    return provinces_answered(OuterRef(OuterRef("pk"))).values("pk")


def _seats():
    mine = Membership.objects.filter(person=OuterRef("pk")).order_by("pk")
    seat = JSONObject(
        organisation=F("organisation"),
        role="role",
        confirmed="confirmed_at",
        state="organisation__state",
        name="organisation__name",
    )
    return mine.values(seat=seat)
