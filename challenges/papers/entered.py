"""The entries in the file of a challenge, as far as its reader may see them: none before they were opened."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from challenges.models import Attachment, Entry
from challenges.papers.plan import plan
from factory import pdf
from factory.templatetags.words import euro, moment


def entries_of(challenge, person):
    """The opened entries that this person may read; ``attached`` are the files that they may open."""
    found = Entry.objects.visible_to(person).exclude(pk__in=Entry.objects.sealed().values("pk"))
    files = Prefetch(
        "attachments", Attachment.objects.visible_to(person).sent(), to_attr="attached"
    )
    rows = found.filter(challenge=challenge).select_related("organisation").order_by("number")
    return list(rows.prefetch_related(files))


def listed(entries):
    """Who entered, with what, and when it was received: one row each."""
    if not entries:
        return
    rows = [
        (
            str(entry.number),
            entry.organisation.name,
            entry.title,
            euro(entry.amount_cents) or "",
            moment(entry.submitted_at),
            entry.get_state_display(),
        )
        for entry in entries
    ]
    head = (_("Number"), _("Organisation"), _("Entry"), _("Asks for"), _("Received"), _("State"))
    yield pdf.heading(_("Entries"))
    caption = _("Who entered; amounts without VAT")
    yield pdf.table(caption, head, rows, numbers=(3,), widths=(1, 2, 3, 2, 2, 2))


def in_full(entries):
    """Every entry as it was sent in last."""
    for entry in entries:
        title = {"number": entry.number, "title": entry.title}
        yield pdf.heading(_("%(number)s. %(title)s") % title)
        yield pdf.facts(
            [
                (_("Organisation"), entry.organisation.name),
                (_("Asks for, without VAT"), euro(entry.amount_cents)),
                (_("State"), entry.get_state_display()),
                (_("Reason"), entry.reason),
                (_("Receipt (SHA-256)"), entry.receipt),
                (_("Attachments"), ", ".join(str(one) for one in entry.attached)),
            ]
        )
        yield from plan(entry)
        if entry.blind:
            yield pdf.heading(_("The plan without names"))
            yield pdf.text(entry.blind)
