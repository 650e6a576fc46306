"""What an entry says, as parts of a paper: for the jury's bundle and for the file."""

from django.utils.translation import gettext as _

from factory import pdf
from factory.templatetags.words import euro


def plan(entry, *, is_anonymous=False):
    """What was sent in last, without its attachments; ``is_anonymous``: only the text that has no names."""
    texts = [entry.blind] if is_anonymous else [entry.summary, entry.plan]
    yield from (pdf.text(text) for text in texts if text)
    if is_anonymous:
        return
    for one in entry.answers:
        if one["answer"]:
            yield pdf.heading(one["asked"])
            yield pdf.text(one["answer"])
    if entry.budget:
        rows = [[line["label"], euro(line["cents"])] for line in entry.budget]
        head = [_("For what"), _("Amount")]
        yield pdf.table(_("Budget"), head, rows, numbers=[1], widths=[3, 1])
    if entry.partners:
        lead = [entry.organisation.name, f"{entry.own_share}%"] if entry.own_share else []
        rows = [[one["name"], f"{one['share']}%"] for one in entry.partners]
        head = [_("Organisation"), _("Share")]
        yield pdf.table(_("Partners"), head, [lead, *rows] if lead else rows, numbers=[1])
