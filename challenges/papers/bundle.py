"""Everything a juror reads of a challenge on paper: the entries, and what they are scored on."""

from django.utils.translation import gettext as _

from factory import pdf
from factory.templatetags.words import euro


def jury_bundle(challenge, entries, *, is_anonymous):
    """The bundle, in the language of the reader. ``is_anonymous``: no names of who entered."""
    parts = [pdf.note(_("For the jury alone. Do not pass it on.")), *_criteria(challenge)]
    for entry in entries:
        title = {"number": entry.number, "title": entry.title}
        parts.append(pdf.heading(_("%(number)s. %(title)s") % title))
        parts.append(
            pdf.facts(
                [
                    (_("Organisation"), "" if is_anonymous else entry.organisation.name),
                    (_("Asks for, without VAT"), euro(entry.amount_cents)),
                ]
            )
        )
        parts += _told(entry, is_anonymous)
    return pdf.Paper(
        _("For the jury: %(title)s") % {"title": challenge.title},
        parts,
        challenge.organisation.name,
    )


def _told(entry, is_anonymous):
    """What the jury reads of an entry; without names only the text that has none."""
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
    files = entry.attachments.sent()
    if files:
        yield pdf.facts([(_("Attachments, on the site"), ", ".join(str(one) for one in files))])
    if entry.partners:
        lead = [entry.organisation.name, f"{entry.own_share}%"] if entry.own_share else []
        rows = [[one["name"], f"{one['share']}%"] for one in entry.partners]
        head = [_("Organisation"), _("Share")]
        yield pdf.table(_("Partners"), head, [lead, *rows] if lead else rows, numbers=[1])


def _criteria(challenge):
    criteria = list(challenge.criteria.all())
    rows = [[c.title, f"{c.weight}%", c.low, c.middle, c.high] for c in criteria]
    head = [_("Criterion"), _("Weight"), _("A 2 means"), _("A 6 means"), _("A 10 means")]
    yield pdf.table(_("What plans are judged on"), head, rows, numbers=[1], widths=[3, 1, 3, 3, 3])
