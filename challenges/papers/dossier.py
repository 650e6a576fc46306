"""The whole file of a challenge as one paper: what it was, who entered, what was decided, and what came of it."""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from challenges.models import Adoption, Approval, Challenge, Letter
from challenges.papers import documents, entered
from challenges.papers.course import course
from challenges.papers.report import jury_report
from challenges.rules import follows_the_decision
from challenges.writing import paper_of
from factory import pdf
from factory.journal.models import Event
from factory.templatetags.words import day, euro, moment
from factory.texts import told

WORDS = (
    "sentence", "problem", "sufferers", "causes", "tried", "success", "baseline", "bounds", "data",
    "co_funders", "who_may_enter", "property_terms", "confidentiality", "complaints",
)  # fmt: skip
PEOPLE = ("budget_holder", "budget_holder_job", "mandate", "adoption_by", "adoption_budget")
MOMENTS = (
    "publish_at", "questions_until", "answers_by", "deadline_at", "check_by", "scores_by",
    "shortlist_by", "coaching_from", "coaching_until", "pitch_at", "explored_by",
    "decision_by",
)  # fmt: skip


def dossier(challenge, person, whole=False):
    """Everything that belongs in the file and that ``person`` may see, in their language.

    ``whole``: with every entry, the report of the jury and every letter word for word. A page lists them.
    """
    entries = entered.entries_of(challenge, person)
    parts = [
        *_in_short(challenge),
        *_texts(challenge),
        *_rules(challenge),
        *_approvals(challenge, person),
        *course(challenge, person),
        *entered.listed(entries),
        *(entered.in_full(entries) if whole else ()),
        *(_reported(challenge, person) if whole else ()),
        *_awards(challenge),
        *(_letters_in_full(challenge, person) if whole else ()),
        *_contracts(challenge),
        *_adoption(challenge),
        *documents.told(documents.documents(challenge, person, entries)),
        *_history(challenge),
    ]
    return pdf.Paper(challenge.title, parts, _("File of a challenge"))


def has_report(challenge, person):
    """Whether the jury proposed anything yet that this person may read."""
    return hasattr(challenge, "proposal") and follows_the_decision.test(person, challenge)


def _reported(challenge, person):
    if has_report(challenge, person):
        paper = jury_report(challenge)
        yield pdf.heading(paper.title)
        yield from paper.parts


def _letters_in_full(challenge, person):
    found = Letter.objects.visible_to(person).filter(challenge=challenge)
    for one in found.order_by("decision", "entry__number"):
        paper = paper_of(one)
        yield pdf.heading(paper.title)
        yield from paper.parts


def _approvals(challenge, person):
    found = Approval.objects.visible_to(person).filter(challenge=challenge).exclude(answer="")
    rows = [
        (
            one.name,
            one.get_answer_display(),
            euro(one.cents) or "€ 0",
            one.number,
            day(one.decided_date) if one.decided_date else moment(one.answered_at),
        )
        for one in found.order_by("pk")
    ]
    if rows:
        yield pdf.heading(_("Approvals"))
        head = (_("Who"), _("Answer"), _("Up to"), _("Decision number"), _("When"))
        yield pdf.table(_("Who approved the envelope"), head, rows, numbers=(2,))


def label(name):
    """What a column of a challenge is called."""
    words = str(Challenge._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def _in_short(challenge):
    yield pdf.facts(
        [
            (_("Organisation"), challenge.organisation.name),
            (_("Where"), challenge.region.name),
            (_("State"), challenge.get_state_display()),
            (_("Instrument"), str(challenge.instrument or "")),
            (_("Envelope, without VAT"), euro(challenge.envelope_cents) or ""),
            *((label(name), getattr(challenge, name)) for name in PEOPLE),
            (_("Approved by"), challenge.approver),
            (_("Approved on"), day(challenge.approved_date) if challenge.approved_date else ""),
            (_("Decision number"), challenge.approval_number),
            (_("Reason"), challenge.reason),
        ]
    )


def _texts(challenge):
    for name in WORDS:
        if words := getattr(challenge, name):
            yield pdf.heading(label(name))
            yield pdf.text(words)


def _rules(challenge):
    criteria = list(challenge.criteria.all())
    if criteria:
        yield pdf.heading(_("Criteria"))
        rows = [(c.title, f"{c.weight}%", c.get_scored_at_display()) for c in criteria]
        head = (_("Criterion"), _("Weight"), _("Scored"))
        yield pdf.table(_("What entries are judged on"), head, rows, numbers=(1,))
    yield pdf.heading(_("Calendar"))
    known = [(label(name), getattr(challenge, name)) for name in MOMENTS]
    yield pdf.facts([(word, moment(at)) for word, at in known if at])


def _awards(challenge):
    awards = list(challenge.awards.final().select_related("entry__organisation"))
    if awards:
        yield pdf.heading(_("Awards"))
        rows = [(a.entry.organisation.name, a.entry.title, euro(a.cents)) for a in awards]
        head = (_("Organisation"), _("Entry"), _("Amount, without VAT"))
        yield pdf.table(_("What was awarded"), head, rows, numbers=(2,))


def _contracts(challenge):
    for contract in challenge.contracts.select_related("organisation").order_by("pk"):
        yield pdf.heading(_("Contract with %(name)s") % {"name": contract.organisation.name})
        if contract.terms:
            yield pdf.text(contract.terms)
        steps = [
            (
                s.title,
                day(s.due_date),
                euro(s.cents) or "€ 0",
                day(s.paid_date) if s.paid_date else "",
            )
            for s in contract.milestones.all()
        ]
        if steps:
            head = (_("Milestone"), _("Due"), _("Payment"), _("Paid on"))
            yield pdf.table(_("Milestones and payments"), head, steps, numbers=(2,))
        measured = [
            (i.title, i.unit, *(_counted(n) for n in (i.baseline, i.target, i.actual)))
            for i in contract.indicators.all()
        ]
        if measured:
            head = (_("Measured"), _("In"), _("Start"), _("Hoped for"), _("Came out"))
            yield pdf.table(_("What was measured"), head, measured, numbers=(2, 3, 4))


def _counted(number):
    """Without decimals that say nothing."""
    return "" if number is None else floatformat(number)


def _adoption(challenge):
    promised = Adoption.objects.filter(challenge=challenge).first()
    if promised is None:
        return
    yield pdf.heading(_("What becomes of it"))
    yield pdf.facts(
        [
            (_("Promised for"), day(promised.promised_date)),
            (_("Postponed until"), _put_off(promised)),
            (_("Why postponed"), promised.postponed_because),
            (_("Overdue since"), day(promised.overdue_since) if promised.overdue_since else ""),
            (_("Decision"), promised.get_choice_display()),
            (_("Reason"), promised.reason),
        ]
    )
    for later in promised.follow_ups.all():
        words = (
            _("After %(months)s months: it still runs.")
            if later.still_runs
            else _("After %(months)s months: it does not run any more.")
        )
        yield pdf.text(words % {"months": later.months} + (f" {later.told}" if later.told else ""))
        if later.has_figures:
            spent = later.spent_cents
            yield pdf.facts(
                [
                    (_("People helped"), later.people),
                    (_("People at work by it"), later.jobs),
                    (_("Spent on it in a year"), "" if spent is None else euro(spent) or "€ 0"),
                    (_("Who else uses it"), later.others),
                ]
            )


def _put_off(promised):
    return day(promised.due_date) if promised.due_date != promised.promised_date else ""


def history_of(challenge):
    """What happened to the challenge: (moment, what)."""
    events = Event.objects.about(challenge)
    return [(event.at, str(told(event.verb))) for event in events]


def _history(challenge):
    yield pdf.heading(_("What happened"))
    rows = [(moment(at), what) for at, what in history_of(challenge)]
    yield pdf.table(_("Everything that happened"), (_("When"), _("What")), rows, widths=(2, 3))
