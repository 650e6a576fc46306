"""Whom a coordinator calls about the registry: one query for all of its queues."""

from functools import lru_cache

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from factory.clock import THIS_DAY
from factory.coordination.calls import MOST, Call, Queue, phone_of, rows_of, total_of
from factory.coordination.models import Note
from factory.coordination.models.note import promised, to_call_back
from factory.working_days import after
from partners.models import (
    Credential,
    MailDomain,
    Membership,
    Organisation,
    Person,
    provinces_of,
)
from partners.models.checked import CHECK_DAYS

NEW_DAYS = 30
COLUMNS = ("q_no", "pk", "q_title", "q_place", "q_since", "q_who", "q_phone", "q_kind", "q_total")
BACK, CHECK, BOUNCED, NEW, PROOF, DOMAINS = range(6)
KEYS = ("back", "check", "bounced", "new", "proof", "domains")
KINDS = dict(Organisation.Kind.choices) | dict(Credential.Proof.choices)
PROOF_DAYS = 5


def coordinator_queues(person, everywhere=False):
    """The registry's part of the call list."""
    rows = rows_of(_statement(() if everywhere else tuple(provinces_of(person))))
    return [
        _queue(number, [row for row in rows if row[0] == number]) for number in range(len(KEYS))
    ]


@lru_cache(maxsize=128)
def _statement(provinces):
    """The query for all of the queues, with its parameters; of some provinces or of all."""
    near = Organisation.objects.filter(Q(province__in=provinces) if provinces else Q())
    parts = [_back(near), _to_check(near), _bounced(near), _new(near), _proof(near), _domains(near)]
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()


def _queue(number, rows):
    everything = reverse("admin:partners_organisation_changelist")
    titles = (
        _("You promised to call back"),
        _("Organisations to check"),
        _("Mail does not arrive"),
        _("New partners"),
        _("Proof to check"),
        _("Mail domains to check"),
    )
    addresses = (
        "",
        everything,
        reverse("admin:partners_person_changelist") + "?address_fails_since__isempty=0",
        f"{everything}?in=active",
        reverse("admin:partners_credential_changelist"),
        f"{everything}?domains=unchecked",
    )
    calls = sorted((_call(number, row) for row in rows), key=lambda call: call.since)
    total = rows[0][-1] if rows else 0
    return Queue(
        KEYS[number], titles[number], addresses[number], calls, total, *[number != DOMAINS] * 2
    )


def _call(number, row):
    _no, pk, title, place, since, who, phone, kind, _total = row
    model = Credential if number == PROOF else Organisation
    page = reverse(f"admin:partners_{model._meta.model_name}_change", args=[pk])
    within = {CHECK: CHECK_DAYS, PROOF: PROOF_DAYS}.get(number)
    return Call(
        title=title,
        meta=" · ".join(filter(None, [str(KINDS.get(kind, kind)), place])),
        url=page,
        since=since,
        people=[(who, phone)] if who or phone else [],
        action=_("Check") if within or number == DOMAINS else "",
        late=bool(within) and after(timezone.localdate(since), within) < timezone.localdate(),
        thing=(model.label(), pk),
        note_url="" if number == PROOF else page.removesuffix("change/") + "move/note/",
    )


def owner_of(organisation, column):
    """A column of the first owner of an organisation, whose id stands in ``organisation``; for an annotation.

    Where nobody owns it, of whoever may do most there: the first one to call.
    """
    people = Membership.objects.confirmed().filter(organisation=OuterRef(organisation))
    rank = Case(*(When(role=role, then=Value(n)) for n, role in enumerate(Membership.Role)))
    return Subquery(people.order_by(rank, "pk").values(column)[:1], output_field=CharField())


def _rows(number, rows, since, total, **changed):
    columns = {
        "q_no": Value(number),
        "q_title": F("name"),
        "q_place": F("region__name"),
        "q_since": since,
        "q_who": owner_of("pk", "person__name"),
        "q_phone": phone_of(owner_of("pk", "person__phone"), "phone"),
        "q_kind": F("kind"),
        "q_total": total_of(total),
    }
    return rows.annotate(**columns | changed).order_by("q_since", "pk").values_list(*COLUMNS)[:MOST]


def _back(near):
    rows = near.filter(promised(Organisation))
    day = Note.objects.to_call_back().filter(
        thing_type=Organisation.label(), thing_id=OuterRef("pk")
    )
    since = Cast(
        Subquery(day.values("call_back_on")[:1], output_field=DateField()), DateTimeField()
    )
    return _rows(BACK, rows, since, rows)


def _to_check(near):
    """Not while they may still answer what we asked; once they did not, a coordinator calls."""
    turn = Q(question="") | Q(asked_until=None) | Q(asked_until__lt=THIS_DAY)
    rows = near.to_check().filter(turn, ~to_call_back(Organisation))
    day = Cast("asked_until", DateTimeField())
    return _rows(CHECK, rows, Coalesce(day, "answered_at", "created_at"), rows)


def _new(near):
    talked = Note.objects.filter(
        thing_type=Organisation.label(), thing_id=OuterRef("pk"), spoke=True
    )
    recent = near.active().filter(active_since__gte=THIS_DAY - Value(NEW_DAYS))
    rows = recent.filter(~Exists(talked), ~to_call_back(Organisation))
    return _rows(NEW, rows, Cast("active_since", DateTimeField()), rows)


def _bounced(near):
    """By organisation: somebody of it cannot be reached by mail."""
    failing = Membership.objects.confirmed().filter(person__in=Person.objects.unreachable())
    rows = near.standing().filter(
        ~to_call_back(Organisation), pk__in=failing.values("organisation")
    )
    one = failing.filter(organisation=OuterRef("pk")).order_by("person__address_fails_since")
    since = Subquery(one.values("person__address_fails_since")[:1])
    who = Subquery(one.values("person__name")[:1])
    phone = Subquery(one.values("person__phone")[:1])
    return _rows(BOUNCED, rows, since, rows, q_who=who, q_phone=phone_of(phone, "phone"))


def _domains(near):
    """By organisation: people of it can join only once somebody saw that its mail domain is theirs."""
    unseen = MailDomain.objects.current().filter(checked_on=None)
    open_to = [Organisation.State.LISTED, Organisation.State.ACTIVE]
    rows = near.filter(state__in=open_to, pk__in=unseen.values("organisation"))
    one = unseen.filter(organisation=OuterRef("pk")).order_by("since")
    since = Cast(Subquery(one.values("since")[:1]), DateTimeField())
    name = Subquery(one.values("domain")[:1])
    title = Concat("name", Value(" · "), name, output_field=CharField())
    return _rows(DOMAINS, rows, since, rows, q_title=title)


def _proof(near):
    """By certificate: what an organisation sent in and nobody has looked at."""
    rows = Credential.objects.to_check().filter(organisation__in=near)
    phone = phone_of(owner_of("organisation", "person__phone"), "organisation__phone")
    return _rows(
        PROOF, rows, F("created_at"), rows,
        q_title=F("organisation__name"), q_place=F("organisation__region__name"),
        q_who=owner_of("organisation", "person__name"), q_phone=phone, q_kind=F("proof"),
    )  # fmt: skip
