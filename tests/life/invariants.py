"""What is so at every moment in the life of a challenge: ``broken(life)`` names, in words, what is not."""

from functools import reduce
from itertools import pairwise
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q, Sum
from django.utils import timezone

from challenges.models import Assessment, Award, Entry, Milestone
from challenges.models.states import HOLDS_MONEY, OPENED, TOLD
from factory import clock
from factory.journal.models import Event
from tests.life import DAY

AFTER_THE_DECISION = ("decided", *TOLD)
READERS = ("owner", "cleo", "juror", "entrant 0", "stranger")
ENDED = ("declined", "redirected", "to_change", "unsuccessful", "withdrawn", "cancelled")


def broken(life):
    """Every sentence that does not hold now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    challenge = life.challenge
    for look in (money, people, two_people, sealed, told, heard, back, coached, pilot, journal):
        yield from look(life, challenge)


def cents(rows):
    return rows.aggregate(sum=Sum("cents"))["sum"] or 0


def money(life, challenge):
    """The envelope is never over, and the ledger says what was awarded and paid."""
    held = cents(challenge.awards.filter(state__in=HOLDS_MONEY))
    if held != challenge.committed_cents or held > (challenge.envelope_cents or 0):
        yield f"{held} of {challenge.envelope_cents} is held, and {challenge.committed_cents} said"
    sums = challenge.ledger.sums()
    final = cents(challenge.awards.final())
    fees = cents(challenge.explorations)
    if sums["awarded"] != final + fees:
        yield f"the ledger says {sums['awarded']} was awarded, the awards {final} and fees {fees}"
    if held + challenge.fees_cents > (challenge.envelope_cents or 0):
        yield "awards and fees are more than the envelope"
    paid = cents(paid_milestones(life))
    paid += cents(challenge.explorations.filter(paid_date__isnull=False))
    if sums["paid"] != paid:
        yield f"the ledger says {sums['paid']} was paid, the milestones {paid}"
    if not paid <= sums["awarded"] <= sums["reserved"] <= sums["pledged"]:
        yield f"the ledger is not in order: {sums}"
    decided = cents(challenge.awards.filter(state__in=["decided", "final"]))
    decision = challenge.decisions.standing().first()
    if decided and (decision is None or decision.cents < decided):
        yield f"{decided} was decided under {decision}"


def paid_milestones(life):
    return Milestone.objects.filter(contract__challenge=life.pk, paid_date__isnull=False)


def people(life, challenge):
    """Who approves is not who sent in; the weights make 100 from then on."""
    if challenge.approved_by_id and challenge.approved_by_id == challenge.submitted_by_id:
        yield "who sent it in approved it"
    laid_down = challenge.published_at or challenge.state in ("approved", "scheduled")
    if laid_down and not challenge.approved_by_id:
        yield "nobody approved it"
    if laid_down and sum(c.weight for c in challenge.criteria.all()) != 100:
        yield "the weights do not make 100"
    if challenge.state in ENDED and not challenge.reason:
        yield "it ended without a reason"


def two_people(life, challenge):
    """Who opens the entries is not who asked to; a text is kept of every approval."""
    if challenge.opened_by_id and challenge.opened_by_id == challenge.asked_to_open_by_id:
        yield "one person opened the entries"
    if challenge.state in OPENED and not challenge.opened_by_id:
        yield "nobody opened the entries"
    if challenge.state == "shaping" and challenge.approved_by_id:
        yield "an approval stands that was taken back"
    approved = Event.objects.about(challenge).filter(to_state="approved", from_state="shaping")
    kept = challenge.versions.filter(occasion__startswith="approve").count()
    if kept != approved.count():
        yield f"approved {approved.count()} times, of which {kept} texts were kept"


def sealed(life, challenge):
    """Until two opened them nobody reads another's entry; the conflicted read none of theirs."""
    late = Q(submitted_at__gt=challenge.deadline_at) & ~Q(repairs=1)
    if challenge.entries.filter(late).exists():
        yield "an entry came in late"
    opened = challenge.opened_by_id and challenge.state in OPENED
    for name in READERS if challenge.entries.exists() else ():
        person = life.people[name]
        seen = Entry.objects.visible_to(person) | Entry.objects.read_by_jury(person)
        others = seen.filter(challenge=challenge).exclude(organisation__memberships__person=person)
        rival = name.startswith(("entrant", "stranger", "payer"))
        if (rival or not opened) and others.exists():
            yield f"{name} reads the entry of another while it is {challenge.state}"
    conflicts = Assessment.objects.standing().filter(
        challenge=challenge, entry__interests__conflicted=True
    )
    if [a for a in conflicts if a.juror.interests.conflicted().filter(entry=a.entry).exists()]:
        yield "who declared a conflict holds an assessment"


def told(life, challenge):
    """Letters go at one moment; the term runs once all arrived; nothing is public before it is over."""
    letters = list(challenge.letters.current())
    if len({letter.written_at for letter in letters}) > 1:
        yield "letters went at different moments"
    if letters and challenge.state in ("proposed", "consensus", "pitching"):
        yield "letters of a decision that was not made"
    states = {letter.state for letter in letters}
    if challenge.term_ends_date and challenge.state == "notified" and states != {"counting"}:
        yield "the term runs while a letter is not there"
    public = Award.objects.visible_to(AnonymousUser()).filter(challenge=challenge)
    over = challenge.term_ends_date and challenge.term_ends_date < clock.today()
    if public.exists() and not over:
        yield "an award is public before the term is over"
    mine = Award.objects.visible_to(life.people["entrant 0"]).filter(challenge=challenge)
    if challenge.state not in TOLD and not public.exists() and mine.exists():
        yield "an entrant sees an award that nobody was told of"


def heard(life, challenge):
    """Whoever was judged has a letter once anybody has."""
    if challenge.state == "notified":
        told_now = {letter.entry_id for letter in challenge.letters.current()}
        judged = challenge.entries.exclude(
            state__in=["draft", "submitted", "withdrawn", "unsent", "declined"]
        )
        if set(judged.values_list("pk", flat=True)) - told_now:
            yield "somebody has no letter"


def back(life, challenge):
    """Whose exclusion was found wrong is judged; only once all were told, it waits for a decision made anew."""
    right = Q(state="excluded", objections__state="upheld")
    if challenge.state not in ("notified", "cancelled") and challenge.entries.filter(right):
        yield f"who was excluded wrongly is still out of it while it is {challenge.state}"


def coached(life, challenge):
    """Every finalist has the same offer, nobody used more, and no coach judges; no plan changed without one."""
    finalists = challenge.entries.filter(state="shortlisted")
    if challenge.state == "coaching" and finalists.filter(coaching=None).exists():
        yield "a finalist is not coached"
    rows = challenge.coachings.with_used()
    if {one.hours for one in rows} - {challenge.coaching_hours}:
        yield "the offer is not the same"
    if [one for one in rows if not 0 <= one.used <= one.hours * 60]:
        yield "more was used than offered"
    if challenge.jury.standing().filter(person__in=rows.values("coach")).exists():
        yield "a coach sits in the jury"
    for entry in challenge.entries.exclude(changed_at=None):
        first, last = entry.submissions.first(), entry.submissions.last()
        if not first.at <= challenge.deadline_at < last.at or last.sha256 != entry.receipt:
            yield "a changed plan took the place of what was sent in"
        if not hasattr(entry, "coaching"):
            yield "a plan changed without coaching"


def pilot(life, challenge):
    """A contract runs in a challenge that runs; a promise is overdue after its day alone."""
    contracts = list(challenge.contracts.select_related("award"))
    signed = [one for one in contracts if one.state == "signed"]
    if signed and challenge.state != "running":
        yield f"a contract is signed while it is {challenge.state}"
    if [
        one for one in contracts if one.state in ("draft", "signed") and one.award.state != "final"
    ]:
        yield "a contract is about an award that does not stand"
    if [one for one in contracts if one.state == "draft"] and challenge.state not in (
        "awarded",
        "running",
    ):
        yield f"a contract is drawn up while it is {challenge.state}"
    promise = getattr(challenge, "adoption", None)
    if challenge.state == "finished" and promise and promise.state != "decided":
        yield "finished without a decision"
    if promise and promise.state == "overdue" and promise.overdue_since <= promise.due_date:
        yield "overdue before its day"
    # Its day may have gone by before the awards were final: then the next stroke of the clock finds it.
    waits = promise and promise.state == "promised" and promised_on(promise) < clock.today()
    if waits and challenge.state != "cancelled" and clock.today() > promise.due_date + 40 * DAY:
        yield "long past its day and not overdue"


def promised_on(promise):
    """The day on which the promise began to count."""
    return timezone.localdate(Event.objects.about(promise).first().at)


def journal(life, challenge):
    """Of every thing: one event after another along its graph, the last to where it is now."""
    things = {(thing.label(), thing.pk): thing for thing in life.every_thing()}
    ours = reduce(or_, (Q(thing_type=label, thing_id=pk) for label, pk in things))
    events = {}
    for event in Event.objects.filter(ours).order_by("number"):
        events.setdefault((event.thing_type, event.thing_id), []).append(event)
    for key, thing in things.items():
        found = events.get(key, [])
        if not found or found[-1].to_state != thing.state:
            yield f"the journal does not know that {thing!r} is {thing.state}"
        yield from gaps(thing, found)


def gaps(thing, events):
    legal = thing.graph.pairs() | {(state, state) for state in thing.State.values}
    for one, two in pairwise(events):
        if (two.number, two.previous_hash) != (one.number + 1, one.hash):
            yield f"the journal of {thing!r} has a gap"
        if one.to_state != two.from_state or (two.from_state, two.to_state) not in legal:
            yield f"{thing!r} went from {two.from_state} to {two.to_state}"
