"""The draft of a decision by which who holds the budget approves a challenge."""

from django.utils.translation import gettext as _

from factory import pdf
from factory.templatetags.words import day, euro, moment


def decision_draft(challenge):
    """The draft as a paper; dots stand where the house fills in its own words."""
    dots = "…………………"
    parts = [
        pdf.facts(
            [
                (_("Decision number"), dots),
                (_("Date"), dots),
                (_("Decided by"), challenge.budget_holder or dots),
                (_("Job"), challenge.budget_holder_job or dots),
                (_("Mandate"), challenge.mandate or dots),
            ]
        ),
        pdf.heading(_("Considering that")),
        pdf.points(_considered(challenge)),
        pdf.heading(_("Decides")),
        pdf.points(_decided(challenge)),
        *_paid(challenge),
        pdf.heading(_("Signed")),
        pdf.text(f"{dots}\n{challenge.budget_holder}"),
        pdf.note(
            _(
                "This is a draft. Have it read by whoever is responsible for decisions in your house "
                "before it is signed."
            )
        ),
    ]
    title = _("Decision on the challenge “%(title)s”") % {"title": challenge.title}
    return pdf.Paper(title, parts, challenge.organisation.name)


def _considered(challenge):
    yield challenge.sentence or challenge.problem
    if challenge.explores_only:
        yield _("it is an exploration, and no follow-up is promised;")
    else:
        yield _("who can buy or run it afterwards is: %(who)s;") % {"who": challenge.adoption_by}
    if challenge.instrument:
        yield _("the instrument is: %(instrument)s;") % {"instrument": challenge.instrument}


def _decided(challenge):
    yield _("to open this challenge, with the rules as they are laid down at this moment;")
    yield _("to set aside %(amount)s, without VAT, for all awards together;") % {
        "amount": euro(challenge.envelope_cents) or "…………………"
    }
    if challenge.deadline_at:
        yield _("to take entries until %(moment)s;") % {"moment": moment(challenge.deadline_at)}
    if challenge.adoption_due_date and not challenge.explores_only:
        words = _("to decide on adoption by %(day)s, in public;")
        yield words % {"day": day(challenge.adoption_due_date)}
    if challenge.jury_decides:
        yield _("to let the jury decide on the awards.")
    else:
        yield _("to let the jury advise, and to decide on the awards afterwards.")


def _paid(challenge):
    rows = [
        [row.organisation.name, euro(row.cents)]
        for row in challenge.co_owners.select_related("organisation")
    ]
    if rows:
        yield pdf.table(_("Who pays"), [_("Who"), _("Part")], rows, numbers=[1])
