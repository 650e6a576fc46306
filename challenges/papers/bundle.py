"""Everything a juror reads of a challenge on paper: the entries, and what they are scored on."""

from django.utils.translation import gettext as _

from challenges.papers.plan import plan
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
        parts += plan(entry, is_anonymous=is_anonymous)
        if not is_anonymous:
            parts += _attached(entry)
    return pdf.Paper(
        _("For the jury: %(title)s") % {"title": challenge.title},
        parts,
        challenge.organisation.name,
    )


def _attached(entry):
    """That there are files, for who opens them on the site."""
    if files := entry.attachments.sent():
        yield pdf.facts([(_("Attachments, on the site"), ", ".join(str(one) for one in files))])


def _criteria(challenge):
    criteria = list(challenge.criteria.all())
    rows = [[c.title, f"{c.weight}%", c.low, c.middle, c.high] for c in criteria]
    head = [_("Criterion"), _("Weight"), _("A 2 means"), _("A 6 means"), _("A 10 means")]
    yield pdf.table(_("What plans are judged on"), head, rows, numbers=[1], widths=[3, 1, 3, 3, 3])
