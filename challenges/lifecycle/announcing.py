"""From a decision to awards that stand: all entrants hear at once, a term runs, and then it is final."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.lifecycle import award as awards_of
from challenges.lifecycle import entry as entries_of
from challenges.lifecycle import letter as letters_of
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.objecting import somebody_objects
from challenges.lifecycle.people import followers, owner_and_deputy, winners
from challenges.models import Award, Challenge, Entry, Objection
from challenges.outcome import judged
from challenges.rules import decides_on_the_award, is_free_of_all
from challenges.terms import last_day
from challenges.writing import drafts, term_days
from factory import clock
from factory.journal.models import Event
from factory.moves import STAYS, Missing, itself, the_factory
from factory.notices.telling import asks, informs, warns
from factory.texts import say
from partners.rules import is_coordinator

State = Challenge.State


@moves.add(
    State.DECIDED, to=State.NOTIFIED, may=is_coordinator, unless=somebody_objects, final=True
)
def notify(challenge, *, by):
    """All entrants hear the outcome at the same moment; the term begins once every letter arrived."""
    challenge.notified_at, challenge.term_ends_date = clock.now(), None


@notify.then
def everybody_has_an_outcome(challenge, event):
    winners = {award.entry_id for award in challenge.awards.filter(state=Award.State.DECIDED)}
    for entry in judged(challenge):
        outcome_of(entry, winners)(entry, on_behalf_of=event.whose)


def outcome_of(entry, winners):
    """The move that gives an entry what was decided."""
    if entry.pk in winners:
        return entries_of.win
    found = getattr(entry, "finding", None)
    return entries_of.keep_in_reserve if winners and found and found.place else entries_of.lose


@notify.then
def all_letters_go_at_one_moment(challenge, event):
    with clock.held():
        for letter in drafts(challenge):
            letters_of.write(letter, by=the_factory())
    if clock.replaying():
        arrive_at_once(challenge)


def arrive_at_once(challenge):
    """A history that is replayed has no mail: its letters arrived, and its term ran."""
    for letter in challenge.letters.current():
        letters_of.go_out(letter)
    begin_term(challenge)


def all_letters_arrived(now):
    """Those whose term can begin: everybody was told, and no letter is still on its way or astray."""
    told = Challenge.objects.filter(state=State.NOTIFIED, term_ends_date=None)
    letters = letters_of.Letter.objects.current()
    return (
        told.filter(pk__in=letters.values("challenge"))
        .exclude(pk__in=letters.still_to_arrive().values("challenge"))
        .order_by("pk")
    )


@moves.by_the_factory(State.NOTIFIED, to=STAYS, due=all_letters_arrived)
def begin_term(challenge, *, by):
    """All letters arrived: the first day of the term is the day after the last of them."""
    arrived = [letter.arrived_date for letter in challenge.letters.current()]
    challenge.term_ends_date = last_day(max(arrived), term_days(challenge))


@begin_term.then
def every_letter_counts(challenge, event):
    with clock.held():
        for letter in challenge.letters.current():
            letters_of.start_counting(letter)


@moves.by_the_factory(State.NOTIFIED, to=STAYS)
def stop_term(challenge, *, by):
    """A letter came back: the term has not begun."""
    challenge.term_ends_date = None


take_back.also({stop_term: itself})  # with a letter that had come back


@stop_term.then
def no_letter_counts(challenge, event):
    for letter in challenge.letters.current().filter(state=letters_of.State.COUNTING):
        letters_of.stop_counting(letter)


@letters_of.mark_returned.then
def the_term_has_not_begun(letter, event, **details):
    if letter.challenge.term_ends_date:
        stop_term(letter.challenge, on_behalf_of=event.whose)


@moves.add(State.NOTIFIED, to=STAYS, may=is_coordinator, final=True)
def send_all_again(challenge, *, by):
    """All letters go out once more at one moment, and the term begins anew."""
    if not challenge.letters.current().exclude(state=letters_of.State.WAITING).exists():
        raise Missing([_("All letters are on their way already.")])
    challenge.term_ends_date = None


@send_all_again.then
def every_letter_goes_once_more(challenge, event):
    waiting = letters_of.State.WAITING
    with clock.held():
        for letter in challenge.letters.current().exclude(state=waiting):
            letters_of.repeat(letter, on_behalf_of=event.whose)


def term_is_over(now):
    """Those whose entrants were told, whose term is over, and against which nobody objects."""
    told = Challenge.objects.filter(state=State.NOTIFIED, term_ends_date__lt=clock.THIS_DAY)
    stopped = Objection.objects.in_the_way().values("challenge")
    return told.exclude(pk__in=stopped).order_by("term_ends_date")


def with_awards(now):
    """Of those the ones that have something to award."""
    standing = Award.objects.filter(state=Award.State.DECIDED)
    return term_is_over(now).filter(pk__in=standing.values("challenge"))


def without_awards(now):
    """Of those the ones in which nobody gets an award, and nobody is left who could."""
    standing = Award.objects.filter(state=Award.State.DECIDED).values("challenge")
    reserve = Entry.objects.filter(state=Entry.State.RESERVE).values("challenge")
    return term_is_over(now).exclude(pk__in=standing).exclude(pk__in=reserve)


@moves.by_the_factory(
    State.NOTIFIED,
    to=State.AWARDED,
    due=with_awards,
    tells=[asks(owner_and_deputy), warns(winners), informs(followers)],
)
def award(challenge, *, by):
    """The term is over: the awards are final and the results public."""
    challenge.awarded_at = clock.now()


@award.then
def the_awards_stand(challenge, event):
    for decided in challenge.awards.filter(state=Award.State.DECIDED):
        awards_of.settle(decided)


@moves.by_the_factory(
    State.NOTIFIED, to=State.UNSUCCESSFUL, due=without_awards, tells=[informs(followers)]
)
def conclude(challenge, *, by):
    """The term is over and nobody gets an award."""
    challenge.reason = why_nobody(challenge)


def why_nobody(challenge):
    """The public reason: what the jury wrote, or that every winner turned it down."""
    proposal = getattr(challenge, "proposal", None)
    if proposal and proposal.no_award:
        return proposal.no_award
    with translation.override(challenge.language):
        if challenge.awards.filter(state=Award.State.DECLINED).exists():
            return _("Whoever got an award turned it down, and nobody was in the reserve.")
        return _("The jury found no entry that fits the question well enough.")


@moves.add(
    State.NOTIFIED,
    to=State.PROPOSED,
    may=decides_on_the_award & is_free_of_all,
    final=True,
)
def decide_anew(challenge, *, by):
    """An objection is right: the decision is made anew, and everybody hears it again."""
    challenge.notified_at = challenge.term_ends_date = None


@decide_anew.then
def take_the_decision_back(challenge, event, **details):
    """The awards are proposals again, and every entry stands where it stood before."""
    challenge.decisions.standing().update(ended_at=clock.now())
    entries = list(judged(challenge))
    before = Event.objects.filter(thing_type=Entry.label(), thing_id__in=[e.pk for e in entries])
    before = before.filter(to_state__in=[Entry.State.ADMITTED, Entry.State.SHORTLISTED])
    stood = dict(before.order_by("number").values_list("thing_id", "to_state"))
    for entry in entries:
        again = stood[entry.pk] == Entry.State.SHORTLISTED
        move = entries_of.be_a_finalist_again if again else entries_of.go_back_to_the_jury
        move(entry, on_behalf_of=event.whose)
    for decided in challenge.awards.filter(state=Award.State.DECIDED):
        awards_of.revoke(decided, on_behalf_of=event.whose)
        awards_of.put_forward(Award(entry=decided.entry, cents=decided.cents), by=the_factory())


say(
    {
        "challenge.begin_term": (
            gettext_lazy("Begin the term"),
            gettext_lazy("All letters arrived, the term runs"),
        ),
        "challenge.stop_term": (
            gettext_lazy("Stop the term"),
            gettext_lazy("A letter came back, the term begins anew later"),
        ),
        "challenge.send_all_again": (
            gettext_lazy("Send all letters again"),
            gettext_lazy("All letters were sent again"),
        ),
    }
)
