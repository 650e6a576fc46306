"""The report of the jury: who judged, on what, what it found of every entry, and what it proposes."""

from django.utils.translation import gettext as _

from challenges.outcome import judged, standing_awards, standing_decision
from challenges.scoring import told_marks
from challenges.templatetags.deciding import mark
from factory import pdf
from factory.templatetags.words import day, euro


def jury_report(challenge):
    """The report as it stands now, in the language of the reader."""
    entries = list(judged(challenge))
    parts = [
        *_about(challenge),
        *_jury(challenge),
        *_said(challenge),
        *_awards(challenge),
        *_reserve(entries),
        *_findings(entries, told_marks(challenge, entries)),
        *_decision(challenge),
    ]
    return pdf.Paper(
        _("Report of the jury: %(title)s") % {"title": challenge.title},
        parts,
        challenge.organisation.name,
    )


def _about(challenge):
    instrument = challenge.instrument
    yield pdf.facts(
        [
            (_("Challenge"), challenge.title),
            (_("Organisation"), challenge.organisation.legal_name or challenge.organisation.name),
            (_("Instrument"), instrument or ""),
            (_("Envelope, without VAT"), euro(challenge.envelope_cents)),
            (_("The jury"), _("decides") if challenge.jury_decides else _("advises")),
        ]
    )
    rows = [[c.title, f"{c.weight}%"] for c in challenge.criteria.all()]
    yield pdf.table(_("Criteria"), [_("Criterion"), _("Weight")], rows, numbers=[1], widths=[4, 1])


def _jury(challenge):
    seats = challenge.jury.exclude(said_yes_at=None).select_related("person")
    rows = [
        f"{seat.person.name}, {_('chair')}" if seat.chairs else seat.person.name for seat in seats
    ]
    if rows:
        yield pdf.heading(_("Who judged"))
        yield pdf.points(rows)


def _said(challenge):
    proposal = getattr(challenge, "proposal", None)
    if proposal and proposal.report:
        yield pdf.heading(_("What the jury says"))
        yield pdf.text(proposal.report)
    if proposal and proposal.no_award:
        yield pdf.heading(_("No award"))
        yield pdf.text(proposal.no_award)


def _awards(challenge):
    awards = list(standing_awards(challenge))
    if not awards:
        return
    yield pdf.heading(_("Awards"))
    rows = [[_entry(award.entry), euro(award.cents), award.get_state_display()] for award in awards]
    total = euro(sum(award.cents for award in awards))
    head = [_("Entry"), _("Amount, without VAT"), _("State")]
    caption = _("Together %(total)s") % {"total": total}
    yield pdf.table(caption, head, rows, numbers=[1], widths=[5, 2, 2])


def _reserve(entries):
    placed = [(e.finding.place, e) for e in entries if hasattr(e, "finding") and e.finding.place]
    if placed:
        yield pdf.heading(_("Reserve, in order"))
        yield pdf.points(
            f"{place}. {_entry(entry)}" for place, entry in sorted(placed, key=lambda p: p[0])
        )


def _entry(entry):
    return f"{entry.number}. {entry.title}"


def _findings(entries, marks):
    for entry in entries:
        found = getattr(entry, "finding", None)
        if found:
            yield pdf.heading(_entry(entry))
            yield pdf.facts(
                [
                    (_("Strong"), found.strong),
                    (_("Weak"), found.weak),
                    (_("Why this outcome"), found.reason),
                    (
                        _("Marks"),
                        " · ".join(f"{c.title} {mark(one)}" for c, one in marks[entry.pk]),
                    ),
                ]
            )


def _decision(challenge):
    decision = standing_decision(challenge)
    if decision is None or decision.waits_for_a_check:
        return
    yield pdf.heading(_("Decision"))
    yield pdf.facts(
        [
            (_("How"), decision.get_kind_display()),
            (_("Decided by"), decision.decided_by),
            (_("Decided on"), day(decision.decided_date)),
            (_("Number"), decision.number),
            (_("Mandate up to"), euro(decision.cents)),
        ]
    )
