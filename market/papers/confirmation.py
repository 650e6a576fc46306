"""One page that confirms what was delivered: for the file of both sides, and for social return."""

from django.utils import timezone
from django.utils.translation import gettext as _

from factory import clock, pdf
from factory.templatetags.words import day, euro
from market.history import histories, last, who_said
from market.introducing import reference_of
from market.models import Match
from market.standing import noted
from partners.models import Credential

SIDES = ("buyer", "supplier")


def confirmation(match):
    """What both sides confirmed, or what is still awaited, in the language of the reader."""
    events = histories([match])[match.pk]
    told = getattr(match, "social_return", None)
    title = _("Confirmation of social return") if told else _("Confirmation of delivery")
    parts = [
        *_what(match),
        *_social_return(told),
        *_party(_("Buyer"), match.buyer),
        *_party(_("Supplier"), match.organisation),
        *_recognitions(match),
        *_confirmed(match, events),
        pdf.note(_note(match)),
    ]
    return pdf.Paper(title, parts, reference_of(match.need))


def can_be_confirmed(match):
    """Whether there is something to confirm: at least one side noted an amount."""
    return any(noted(match, side) is not None for side in SIDES)


def _what(match):
    yield pdf.facts(
        [
            (_("What"), match.need.title),
            (_("Amount, without VAT"), euro(match.realised_cents) or _("not the same yet")),
            (_("Counts since"), day(match.completed_at)),
        ]
    )


def _social_return(told):
    if told:
        yield pdf.heading(_("Social return"))
        authority = told.authority.legal_name or told.authority.name
        yield pdf.facts(
            [
                (_("Contract reference"), told.contract),
                (_("Contracting authority"), authority),
                (_("Invoice number"), told.invoice),
            ]
        )


def _party(head, party):
    yield pdf.heading(head)
    place = " ".join(filter(None, [party.postcode, party.town or party.region.name]))
    yield pdf.facts(
        [
            (_("Legal name"), party.legal_name or party.name),
            (_("KvK number"), party.kvk or _("not noted")),
            (_("Address"), ", ".join(filter(None, [party.street, place]))),
        ]
    )


def _recognitions(match):
    """What the supplier could show on the day on which it counts; today's until then."""
    when = timezone.localdate(match.completed_at) if match.completed_at else clock.today()
    held = Credential.objects.filter(organisation=match.organisation_id).valid_on(when)
    rows = [_recognition(one) for one in held.order_by("proof", "pk")]
    word = _("Recognitions on %(day)s") % {"day": f"{when:%d-%m-%Y}"}
    yield pdf.facts([(word, "\n".join(rows) or _("none was checked by the Factory"))])


def _recognition(held):
    if held.valid_until is None:
        return str(held)
    until = {"what": str(held), "day": f"{held.valid_until:%d-%m-%Y}"}
    return _("%(what)s, until %(day)s") % until


def _confirmed(match, events):
    yield pdf.heading(_("Confirmations"))
    yield pdf.facts([(word, _said(match, events, side)) for side, word in _words()])


def _words():
    return [("buyer", _("By the buyer")), ("supplier", _("By the supplier"))]


def _said(match, events, side):
    """The amount, the day and who; or since when it is awaited."""
    made = last(events, "confirm", side=side)
    if noted(match, side) is None or made is None:
        return _("awaiting since %(day)s") % {"day": day(_waits_since(match, events))}
    said = {"amount": euro(noted(match, side)), "day": day(made.at), "name": who_said(made)}
    return _("%(amount)s, on %(day)s, by %(name)s") % said


def _waits_since(match, events):
    """Since the other side noted its amount."""
    made = last(events, "confirm")
    return made.at if made else match.introduced_at


def _note(match):
    if match.state == Match.State.COMPLETED:
        return _("Both sides confirmed the same amount. It is counted once by the Factory.")
    words = _(
        "This is not a confirmation yet: both sides must note the same amount. As of %(day)s."
    )
    return words % {"day": day(clock.today())}
