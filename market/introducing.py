"""What two sides need of each other once they have met: whom to call, and what stands on an order."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.templatetags.phones import tel, whatsapp
from market.models import Match


def reference_of(need):
    """The number that both sides can write on an order and an invoice."""
    return f"SIF-{need.pk}"


@dataclass
class Row:
    """A word, what it is, and where it leads; ``text`` is what a reader without links needs."""

    word: str
    value: str
    url: str = ""

    @property
    def text(self):
        return self.url if self.url.startswith("https:") else self.value


@dataclass
class Card:
    """One side: its people and what an order or an invoice must say."""

    title: str
    rows: list = field(default_factory=list)


def cards(match, buyer_contact, supplier_contact):
    """Both sides of a match as cards, the buyer first."""
    sides = [
        (_("Buyer: %(name)s"), match.buyer, buyer_contact),
        (_("Supplier: %(name)s"), match.organisation, supplier_contact),
    ]
    return [
        Card(title % {"name": party.name}, [*_person(contact), *_order(party)])
        for title, party, contact in sides
    ]


def _person(contact):
    if contact is None:
        return []
    rows = [
        Row(_("Contact"), f"{contact.name}, {contact.job}" if contact.job else contact.name),
        Row(_("Phone"), contact.phone, tel(contact.phone)),
        Row(_("WhatsApp"), _("Write in WhatsApp"), whatsapp(contact.phone)),
        Row(_("E-mail"), contact.email, f"mailto:{contact.email}"),
    ]
    return [row for row in rows if row.value and (row.url or row.word == _("Contact"))]


def _order(party):
    """What stands on an order or an invoice."""
    place = " ".join(filter(None, [party.postcode, party.town]))
    known = f"{party.street}, {place}" if party.street and place else party.street
    rows = [
        Row(_("Legal name"), party.legal_name or party.name),
        Row(_("KvK number"), party.kvk),
        Row(_("VAT number"), party.vat),
        Row(_("Invoice address"), party.invoices or known or _("not known yet: ask for it")),
    ]
    return [row for row in rows if row.value]


def vouched_by(match):
    """The coordinator who brought them together, for this round of prices or one before; or None."""
    pair = Match.objects.filter(need=match.need_id, organisation=match.organisation_id)
    approved = Event.objects.filter(verb="match.approve", thing_type=Match.label())
    approved = approved.filter(thing_id__in=pair.values("pk")).select_related("actor")
    made = approved.order_by("at", "pk").last()
    return made.actor if made else None
