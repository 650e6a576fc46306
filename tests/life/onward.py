"""What those around a challenge do, state by state, so that it gets as far as a finished pilot."""

from challenges.lifecycle import (
    announcing,
    bringing,
    coaching,
    deciding,
    exploring,
    following,
    judging,
    jury,
    opening,
    proposing,
)
from challenges.lifecycle import assessment as assessments
from challenges.lifecycle import contract as contracts
from challenges.lifecycle import entry as entries
from challenges.lifecycle import letter as letters
from challenges.lifecycle import objection as objections
from challenges.models import Adoption, Assessment, Contract, Entry, Interest
from factory import clock
from tests.life import DAY, HALF, clock_strikes
from tests.life.details import DETAILS


def made_by(who, move, **said):
    """A step that is one move of the challenge."""
    return lambda life: move(life.challenge, by=life.people[who], **said)


def approve(life):
    for step in life.challenge.steps.waiting():
        bringing.moves["affirm_step"](life.challenge, by=life.people["owner"], step=step.name)
    said = DETAILS["challenge.approve"](life, None, 0)
    by = "other" if life.challenge.submitted_by == life.people["cleo"] else "cleo"
    bringing.approve(life.challenge, by=life.people[by], **said)


def open_it(life):
    challenge = life.challenge
    for chairs, who in ((True, "chair"), *((False, f"juror{n}") for n in ("", " 2", " 3"))):
        if not challenge.jury.standing().filter(person=life.people[who]).exists():
            said = {"name": "", "email": life.people[who].email, "chairs": chairs}
            bringing.moves["invite_juror"](life.challenge, by=life.people["cleo"], **said)
            bringing.moves["take_seat"](life.challenge, by=life.people[who])
    opening.schedule(life.challenge, by=life.people["cleo"], publish_at=clock.now() + DAY)


def the_day_comes(life):
    life.wait_until(life.challenge.publish_at)


def enter_and_wait(life):
    """All three enter, and the deadline passes; who entered before does not again."""
    challenge = life.challenge
    for number, house in enumerate(life.entrants):
        by = life.people[f"entrant {number}"]
        if not challenge.entries.under_way().filter(organisation=house).exists():
            said = {"title": f"Ride {number}", "summary": "Volunteers drive.", "amount_cents": HALF}
            entries.start(Entry(challenge=challenge, organisation=house), by=by, **said)
        one = challenge.entries.under_way().get(organisation=house)
        if one.state == "draft":
            entries.submit(one, by=by)
    life.wait_until(challenge.deadline_at)


def resume(life):
    opening.resume(life.challenge, by=life.people["cleo"])


def open_the_entries(life):
    opening.ask_to_open(life.challenge, by=life.people["cleo"])
    opening.open_entries(life.challenge, by=life.people["other"])


def check(life):
    for entry in life.challenge.entries.filter(state="repair"):
        entries.repair(entry, by=entry.contact)
    for entry in life.challenge.entries.filter(state="submitted"):
        entries.admit(entry, by=life.people["cleo"])
    judging.start_scoring(life.challenge, by=life.people["cleo"])


def score(life):
    """Whoever did not declare does, everybody locks, and the chair goes on."""
    challenge, found = life.challenge, list(life.challenge.entries.to_judge())
    for seat in challenge.jury.seated():
        if Interest.objects.filter(juror=seat, entry__in=found).count() != len(found):
            jury.declare(challenge, by=seat.person, juror=seat, entries=found, conflicts={})
    if challenge.jury.seated().exists():
        jury.assign(life.challenge, by=life.people["cleo"], each=2)
    for one in Assessment.objects.filter(challenge=challenge, round="text").open():
        life.score(one)
        assessments.lock(one, by=one.juror.person)
    judging.deliberate(life.challenge, by=life.people["cleo"])


def explore_and_propose(life):
    """Where it was promised teams explore, each with a result and one with its fee; then the jury proposes."""
    about, cleo = life.challenge, life.people["cleo"]
    if about.explore_teams and not about.explorations.exists():
        teams = list(about.entries.filter(state="shortlisted")[: about.explore_teams])
        exploring.name_teams(about, by=cleo, entries=teams)
    for row in about.explorations.filter(result=""):
        exploring.note_result(life.challenge, by=cleo, row=row, result="Half as many trips.")
    if row := about.explorations.filter(paid_date=None).first():
        day = clock.today()
        exploring.pay_fee(life.challenge, by=life.people["owner"], row=row, paid_date=day)
    propose(life)


def coach_or_propose(life):
    """Finalists who were not coached yet are, before anything is proposed."""
    uncoached = life.challenge.entries.filter(state="shortlisted", coaching=None)
    if not (life.challenge.coaching_hours and uncoached.exists()):
        return explore_and_propose(life)
    said = DETAILS["challenge.start_coaching"](life, life.challenge, 0)
    coaching.start_coaching(life.challenge, by=life.people["cleo"], **said)


def change_and_wait(life):
    """One finalist hands in a changed plan, and the time for it goes by."""
    one = life.challenge.entries.filter(state="shortlisted").first()
    if clock.now() <= life.challenge.coaching_until:
        entries.change(one, by=one.contact, plan="We drive four thousand rides.")
    life.wait_until(life.challenge.coaching_until)


def propose(life):
    said = DETAILS["challenge.propose"](life, life.challenge, 1)
    proposing.propose(life.challenge, by=life.people["cleo"], **said)


def hear(life):
    """Every letter arrives, the term runs, and it is over."""
    clock_strikes()
    for letter in life.challenge.letters.current().filter(state="returned"):
        letters.send_again(letter, by=life.people["cleo"], recipient=letter.recipient)
    life.mails_arrive()
    clock_strikes()
    if ends := life.challenge.term_ends_date:
        life.wait(ends - clock.today() + DAY)
    for objection in life.challenge.objections.filter(state="open"):
        objections.dismiss(objection, by=life.people["owner"], reason="It stands.")
    clock_strikes()


def sign(life):
    award = life.challenge.awards.final().exclude(contracts__state__in=["draft", "signed"]).first()
    if award is None:
        return
    owner = life.people["owner"]
    made = Contract(award=award, challenge=life.challenge)
    contracts.draw_up(made, by=owner, **DETAILS["contract.revise"](life, made, 0))
    half = {"title": "Half", "due_date": clock.today(), "cents": award.cents // 2}
    contracts.add_milestone(made, by=owner, **half)
    contracts.add_milestone(made, by=owner, **half | {"cents": award.cents - award.cents // 2})
    contracts.add_indicator(made, by=owner, **DETAILS["contract.add_indicator"](life, made, 0))
    contracts.sign(made, by=owner, signed_date=clock.today())


def run(life):
    """Every milestone is delivered, accepted and paid; then the owner says what becomes of it."""
    owner = life.people["owner"]
    for one in life.things(Contract).filter(state="signed"):
        for row in one.milestones.filter(paid_date=None):
            if not row.delivered_at:
                contracts.deliver(one, by=one.award.entry.contact, row=row, told="Done.")
            if not row.accepted_at:
                contracts.accept_milestone(one, by=owner, row=row)
            contracts.note_payment(one, by=owner, row=row, paid_date=clock.today())
        for row in one.indicators.filter(actual=None):
            contracts.measure(
                one, by=owner, **DETAILS["contract.measure"](life, one, 0) | {"row": row}
            )
        contracts.complete(one, by=owner)
    for one in life.things(Contract).filter(state="draft"):
        contracts.end_early(one, by=owner, reason="Nobody signs it.")
    for promise in life.things(Adoption).exclude(state="decided"):
        following.decide(promise, by=owner, choice="adopt", reason="It works.")


ONWARD = {
    "draft": made_by("owner", bringing.submit),
    "submitted": made_by("cleo", bringing.shape),
    "more": made_by("owner", bringing.submit),
    "shaping": approve,
    "approved": open_it,
    "scheduled": the_day_comes,
    "open": enter_and_wait,
    "paused": resume,
    "closed": open_the_entries,
    "checking": check,
    "scoring": score,
    "consensus": propose,
    "coaching": change_and_wait,
    "pitching": coach_or_propose,
    "proposed": made_by("colleague", deciding.decide),
    "decided": made_by("cleo", announcing.notify),
    "notified": hear,
    "awarded": sign,
    "running": run,
}


def beside(verb):
    """A step aside, as the details of the move say."""

    def step(life):
        said = DETAILS[f"challenge.{verb}"](life, life.challenge, 0)
        bringing.moves[verb](life.challenge, by=life.people["cleo"], **said)

    return step


# Where a life only comes on purpose: from which state, and how.
ASIDE = {
    "more": ("submitted", beside("ask_for_more")),
    "paused": ("open", beside("pause")),
    "pitching": ("consensus", beside("shortlist")),
    "coaching": ("pitching", coach_or_propose),
}


def step_from(state, seen, wanted):
    """What brings a life on from here: aside once if that is wanted, else onward."""
    for name, (before, step) in ASIDE.items():
        if before == state and name in wanted and name not in seen:
            return step
    return ONWARD[state]
