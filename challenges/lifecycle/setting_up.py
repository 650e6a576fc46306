"""How a challenge is set up: instrument, presets, calendar, terms, criteria and questions; until it is approved."""

from django.utils.translation import gettext as _

from challenges import calendar, guide, presets
from challenges.lifecycle.bringing import moves
from challenges.models import Challenge, Closure, Guidance, Instrument, LocalLimit
from challenges.models.rule_set import norms_on
from challenges.rules import brings_it
from challenges.setup_forms.instrument import GuideForm, InstrumentForm, PresetForm
from challenges.setup_forms.rules import CalendarForm, CriteriaForm, QuestionsForm, TermsForm
from challenges.subjects import SubjectsForm
from factory import clock
from factory.knowledge.models import Norm
from factory.moves import STAYS
from partners.rules import is_coordinator

State = Challenge.State
SETS_UP = brings_it | is_coordinator
SETUP = "challenges:setup"
AFTERWARDS = {  # the page on which one goes on
    "use_guide": "challenges:setup_advice",
    "choose_instrument": SETUP,
    "take_preset": SETUP,
    "set_calendar": SETUP,
    "set_terms": SETUP,
    "set_subjects": SETUP,
    "set_criteria": SETUP,
    "set_questions": SETUP,
    "invite_juror": SETUP,
    "release_juror": SETUP,
    "add_co_owner": SETUP,
    "end_co_owner": SETUP,
    "ask_approval": SETUP,
    "note_approval": SETUP,
    "approve_share": SETUP,
}


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=GuideForm)
def use_guide(challenge, *, by, quotes_cents=None, quotes_url="", **answers):
    """Eight answers give a proposal of the instrument, with its reasons for the file."""
    day, house = clock.today(), challenge.organisation
    if quotes_cents:
        keep_limit(house, quotes_cents, quotes_url, day)
    norms, limits = norms_on(day), limits_of(house, day)
    advice = guide.advise(answers, guide.Limits(values(norms), **limits["cents"]))
    made = Guidance.objects.create(
        challenge=challenge,
        answers=answers,
        norms=norms | limits["kept"],
        reasons=advice.reasons,
        lawyer=advice.lawyer,
        proposal=Instrument.objects.on(day).filter(slug=advice.proposal).first(),
        by=by,
        at=clock.now(),
    )
    return {"guidance": made.pk, "proposal": advice.proposal}


def values(norms):
    """``{code: value}`` of norms as they are kept."""
    return {code: norm["value"] for code, norm in norms.items()}


def keep_limit(house, cents, url, day):
    """The house's own limit for several quotes; a new amount is a row of its own from today on."""
    last = house.quote_limits.on(day)
    if last and (last.cents, last.policy_url) == (cents, url):
        return
    facts = {"cents": cents, "policy_url": url}
    LocalLimit.objects.update_or_create(organisation=house, valid_from=day, defaults=facts)


def limits_of(house, day):
    """What the house's own policy says on ``day``: as amounts, and as rows for the file."""
    one = house.purchase_limit(day)
    quotes = house.quote_limits.on(day)
    rows = {"one": one, "quotes": quotes}
    kept = {f"local-{name}": _as_norm(row) for name, row in rows.items() if row}
    return {"cents": {name: row and row.cents for name, row in rows.items()}, "kept": kept}


def _as_norm(row):
    last = row.valid_to.isoformat() if row.valid_to else None
    days = {"from": row.valid_from.isoformat(), "to": last}
    return {"value": row.cents, "unit": "cents", **days, "source": "", "url": row.policy_url}


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=InstrumentForm)
def choose_instrument(challenge, *, by, instrument):
    """By which instrument it is awarded; that sets the term, the letters and whether names are hidden."""
    challenge.instrument, challenge.disclosure = instrument, instrument.disclosure
    if not instrument.allows_changes:
        challenge.coaching_hours = None
        nobody_is_coached(challenge)
    return {"instrument": instrument.slug}


def nobody_is_coached(challenge):
    """Without coaching there is no window for it in the calendar."""
    if challenge.coaching_hours is None:
        challenge.coaching_from = challenge.coaching_until = None


def no_instrument_yet(challenge):
    """Reasons why nothing can be filled in: it differs by instrument and envelope."""
    if challenge.instrument_id is None:
        yield _("Choose by which instrument it is awarded.")
    if challenge.envelope_cents is None:
        yield _("The envelope is missing.")


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=PresetForm, unless=no_instrument_yet)
def take_preset(challenge, *, by, start_date, size):
    """One press fills in the calendar, criteria, questions and terms that are still empty."""
    chosen = presets.preset(challenge.instrument.slug, size, bool(challenge.coaching_hours))
    closures = list(Closure.objects.for_challenge(challenge))
    for name, moment in calendar.planned(start_date, chosen.steps, closures).items():
        setattr(challenge, name, moment)
    if calendar.PITCH not in chosen.steps:
        challenge.pitch_at = None
    for name, words in chosen.texts.items():
        setattr(challenge, name, getattr(challenge, name) or words)
    challenge.effort_hours = challenge.effort_hours or chosen.effort_hours
    challenge.version += 1
    return {"size": size}


@take_preset.then
def criteria_and_questions_that_are_missing(challenge, event, start_date, size):
    chosen = presets.preset(challenge.instrument.slug, size)
    if not challenge.criteria.exists():
        names = ("title", "text", "weight", "low", "middle", "high", "scored_at")
        replace(challenge.criteria, [dict(zip(names, row, strict=True)) for row in chosen.criteria])
    if not challenge.questions_asked.exists():
        asked = [{"text": text, "most_words": words} for text, words in chosen.questions]
        replace(challenge.questions_asked, asked)


def replace(relation, rows):
    """These rows in this order in the place of what is there."""
    relation.all().delete()
    model, challenge = relation.model, relation.instance
    model.objects.bulk_create(
        model(challenge=challenge, position=number, **row) for number, row in enumerate(rows)
    )


def fitting_size(challenge):
    """How large a challenge with this envelope is, by the norms of the house."""
    small, large = Norm.objects.of("small-challenge", "large-challenge")
    return presets.size_of(challenge.envelope_cents, small, large)


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=CalendarForm)
def set_calendar(challenge, *, by, **moments):
    """Every moment of the challenge, in order."""
    for name, moment in moments.items():
        setattr(challenge, name, moment)
    challenge.version += 1


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=TermsForm)
def set_terms(challenge, *, by, **terms):
    """Who may enter, what they can count on, and what the jury does."""
    for name, value in terms.items():
        setattr(challenge, name, value)
    nobody_is_coached(challenge)
    if challenge.explore_teams is None:
        challenge.explored_by = None
    challenge.version += 1


# Tags by which people find it, not a rule that entrants count on: these may also get better once it is public.
@moves.add(
    State.SHAPING, State.APPROVED, State.SCHEDULED, State.OPEN, State.PAUSED,
    to=STAYS, may=SETS_UP, form=SubjectsForm,
)  # fmt: skip
def set_subjects(challenge, *, by, themes, goals):
    """What it is about, by which the board and the market find it."""
    challenge.read_at = None
    return {"themes": [one.slug for one in themes], "goals": [one.slug for one in goals]}


@set_subjects.then
def what_it_is_about(challenge, event, themes, goals):
    challenge.relate(themes=themes, goals=goals)


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=CriteriaForm)
def set_criteria(challenge, *, by, rows):
    """On what entries are judged, and what each weighs: 100 in all."""
    challenge.version += 1
    return {"criteria": len(rows)}


@set_criteria.then
def the_criteria(challenge, event, rows):
    replace(challenge.criteria, rows)


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=QuestionsForm)
def set_questions(challenge, *, by, rows):
    """What is asked of who enters, and how many words an answer may take."""
    challenge.version += 1
    return {"questions": len(rows)}


@set_questions.then
def the_questions(challenge, event, rows):
    replace(challenge.questions_asked, rows)
