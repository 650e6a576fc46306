"""What the page of a challenge tells beside its own words: the calendar, who takes part, the chance, the market."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.models import (
    Adoption,
    Coaching,
    CoOwner,
    Entry,
    Follower,
    Juror,
    Question,
    Rectification,
)
from challenges.models.entry import JURY_READS
from challenges.models.states import (
    PHASES,
    RESULTS_ARE_PUBLIC,
    STANDS,
    ChallengeState,
    EntryState,
    Phase,
)
from challenges.rules import brings_it
from factory import clock
from factory.templatetags.words import day, moment
from partners.models import Goal, Membership, Theme
from partners.rules import is_coordinator

MOST_WORDS = 4  # of a theme, that the market is searched for
TAKEN_PART = (*STANDS, EntryState.EXCLUDED, EntryState.DECLINED)
MOMENTS = {
    "publish_at": lambda: _("Opens"),
    "questions_until": lambda: _("Asking questions"),
    "answers_by": lambda: _("All answers are out"),
    "deadline_at": lambda: _("Sending in plans"),
    "check_by": lambda: _("Plans are checked for the formal rules"),
    "scores_by": lambda: _("The jury has read and scored"),
    "shortlist_by": lambda: _("The finalists are named"),
    "coaching_from": lambda: _("Finalists are coached, each for as many hours"),
    "coaching_until": lambda: _("Finalists hand in their changed plans"),
    "pitch_at": lambda: _("Finalists on the stage"),
    "explored_by": lambda: _("Teams have explored, results are known"),
    "decision_by": lambda: _("The outcome, for everybody at the same moment"),
}
UNTIL = (
    "questions_until",
    "deadline_at",
    "coaching_until",
)  # these are the last moment of something, not a moment itself


def phase_of(challenge):
    """How far it is for readers of the board; empty before it is public."""
    return next((phase for phase, states in PHASES.items() if challenge.state in states), "")


def calendar(challenge, promise=None):
    """Rows of the steps of its calendar, in the order of time; one of them is what happens now.

    ``promise``: the :class:`Adoption`, once there is one; a decision that was not taken is never done.
    """
    now = clock.now()
    rows = [(getattr(challenge, name), name, words) for name, words in MOMENTS.items()]
    rows = [(at, _step(words(), at, name, now)) for at, name, words in rows if at]
    goes_on = phase_of(challenge) not in ("", Phase.ENDED)
    following = next((row for _at, row in rows if row["state"] == "later"), None)
    if goes_on and following:
        following["state"] = "now"
    return [row for _at, row in rows] + [*_term(challenge), *_promised(challenge, promise)]


def _term(challenge):
    if on := challenge.term_ends_date:
        state = "done" if on < clock.today() else "later"
        yield {"state": state, "text": _("Last day to object or go to court"), "note": day(on)}


def _promised(challenge, promise):
    """The decision that was promised: by which day, after a postponement the new one, and whether it was taken."""
    on = promise.due_date if promise else challenge.adoption_due_date
    if on is None or challenge.explores_only or phase_of(challenge) == Phase.ENDED:
        return
    state, note = "later", day(on)
    if promise and promise.state == Adoption.State.DECIDED:
        state, note = "done", _("taken on %(day)s") % {"day": day(promise.decided_at)}
    elif promise and promise.state == Adoption.State.OVERDUE:
        state, note = "now", _("promised for %(day)s, and not taken yet") % {"day": day(on)}
    yield {"state": state, "text": _("Decision on going on"), "note": note}


def _step(words, at, name, now):
    when = moment(at)
    note = _("until %(moment)s") % {"moment": when} if name in UNTIL else when
    return {"state": "done" if at <= now else "later", "text": words, "note": note}


def _counted(entries, states):
    """A subquery: how many of these entries are in one of these states."""
    return rows_counted(entries.filter(state__in=states))


def rows_counted(rows):
    """A subquery: how many rows these are."""
    count = Func(template="count(*)", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(n=count).values("n"))


def told(challenges, person):
    """These challenges with what their pages tell of others: totals alone of who takes part, the jury, and
    how it went before with the same instrument; all in the query that finds them.
    """
    entries = Entry.objects.filter(challenge=OuterRef("pk"))
    before = Entry.objects.filter(
        challenge__instrument=OuterRef("instrument"), challenge__state__in=PHASES[Phase.AWARDED]
    ).exclude(challenge=OuterRef("pk"))
    decided = Adoption.objects.filter(
        challenge__instrument=OuterRef("instrument"), state=Adoption.State.DECIDED
    ).exclude(challenge=OuterRef("pk"))
    seats = Juror.objects.filter(challenge=OuterRef("pk"), said_yes_at__isnull=False)
    seat = JSONObject(name="person__name", chairs="chairs", expertise="expertise")
    followers = Follower.objects.filter(challenge=OuterRef("pk"))
    payers = CoOwner.objects.filter(challenge=OuterRef("pk"))
    mine = Membership.objects.confirmed().filter(person=person.pk).values("organisation")
    name = f"name_{get_language()[:2]}"
    return challenges.annotate(
        drafting=_counted(entries, [EntryState.DRAFT]),
        entered=_counted(entries, TAKEN_PART),
        plans_before=_counted(before, TAKEN_PART),
        awarded_before=_counted(before, [EntryState.AWARDED]),
        decided_before=rows_counted(decided),
        went_on_before=rows_counted(decided.exclude(choice=Adoption.Choice.STOP)),
        followed=rows_counted(followers),
        was_rectified=Exists(Rectification.objects.filter(challenge=OuterRef("pk"))),
        follows=Exists(followers.filter(person=person.pk)),
        seats=ArraySubquery(seats.values(said=seat)),
        sits=Exists(seats.filter(person=person.pk)),
        coached=ArraySubquery(_coached()),
        coaches=Exists(Coaching.objects.filter(challenge=OuterRef("pk"), coach=person.pk)),
        payers=ArraySubquery(
            payers.values(said=JSONObject(name="organisation__name", cents="cents"))
        ),
        pays_along=Exists(payers.filter(leads=False, organisation__in=mine)),
        said_themes=ArraySubquery(_named(Theme, name, keywords="keywords")),
        said_goals=ArraySubquery(_named(Goal, name)),
    )


def _coached():
    """The minutes that each finalist was coached."""
    return (
        Coaching.objects.filter(challenge=OuterRef("pk"))
        .with_used()
        .order_by("used")
        .values("used")
    )


def _named(model, name, **more):
    words = model.objects.filter(challenges=OuterRef("pk"))
    return words.values(said=JSONObject(slug="slug", name=name, **more))


class Telling:
    """The parts of the page; each is asked for where the page needs it."""

    def __init__(self, challenge, person, promise=None):
        self.challenge, self.person, self.promise = challenge, person, promise
        self.phase = phase_of(challenge)

    @cached_property
    def steps(self):
        with clock.held():
            return calendar(self.challenge, self.promise)

    @cached_property
    def criteria(self):
        return list(self.challenge.criteria.all())

    @cached_property
    def questions(self):
        """What was answered, and what waits for an answer as far as this person may know."""
        found = Question.objects.visible_to(self.person).filter(challenge=self.challenge)
        if self.person.is_staff:
            found = found.select_related("asker")
        return list(found.order_by("answered_at", "asked_at", "pk"))

    @cached_property
    def awards(self):
        """What was awarded and is final, the largest first, with what the jury said of it."""
        if self.phase != Phase.AWARDED:
            return []
        final = self.challenge.awards.final().select_related("entry__organisation")
        return list(final.annotate(why=F("entry__finding__reason")).order_by("-cents", "pk"))

    @property
    def shows_coaching(self):
        """Whether the page of the coaching is this person's: a coordinator, or a coach."""
        if not (self.challenge.coached and self.person.is_authenticated):
            return False
        return self.person.is_staff or self.challenge.coaches

    @cached_property
    def explored(self):
        """What the teams that explored found, once the results are public."""
        if not self.challenge.explore_teams or self.challenge.state not in RESULTS_ARE_PUBLIC:
            return []
        return list(self.challenge.explorations.select_related("entry__organisation"))

    @property
    def jury_pages(self):
        """The names of the pages of checking and judging that are this person's work now."""
        if self.challenge.state == ChallengeState.CHECKING and self.person.is_staff:
            return ["check"]
        judged = self.challenge.state in JURY_READS
        return ["jury"] * bool(judged and (self.challenge.sits or self.person.is_staff))

    @property
    def seats_said(self):
        """How many sit on the jury."""
        return len(self.challenge.seats)

    @property
    def takes_questions(self):
        """Whether one may ask now."""
        until = self.challenge.questions_until or self.challenge.deadline_at
        return self.challenge.state == ChallengeState.OPEN and until >= timezone.now()

    @cached_property
    def may_answer(self):
        """Whether this person answers for everybody."""
        rule = brings_it | is_coordinator
        return self.person.is_authenticated and rule.test(self.person, self.challenge)

    @cached_property
    def market(self):
        """The question to put to the market's search: words of its themes, in its province. Only a link."""
        english = get_language() == "en"
        words = [word for theme in self.challenge.said_themes for word in _words(theme, english)]
        asked = {"q": " ".join(words), "place": self.challenge.province.name} if words else {}
        return urlencode(asked)

    @cached_property
    def instrument_text(self):
        instrument = self.challenge.instrument
        return instrument.about_en if get_language() == "en" else instrument.about_nl

    @property
    def follow_up(self):
        """The chance of follow-up, in a sentence."""
        challenge = self.challenge
        if challenge.explores_only:
            return _("This is an exploration: no follow-up is promised.")
        if not challenge.adoption_by:
            return ""
        return _("Afterwards it could be bought or run by: %(who)s") % {
            "who": challenge.adoption_by
        }


def _words(theme, english):
    """The first words people use for a theme; English ones stand last."""
    words = [word for word in theme["keywords"] if " " not in word]
    return words[-2:] if english else words[:MOST_WORDS]
