"""What a coordinator does around a challenge that can be taken back; ``BACK[name]()``: thing, move, who, details."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from challenges.lifecycle import (
    approving,
    bringing,
    calling,
    deciding,
    ending,
    following,
    guests,
    intake,
    inviting,
    judging,
    opening,
    questions,
    sharing,
)
from challenges.lifecycle import entry as entries
from challenges.lifecycle import letter as letters
from challenges.lifecycle import talk as talks
from challenges.models import (
    Approval,
    CoOwner,
    Decision,
    Follower,
    Question,
    Talk,
)
from factory import clock
from factory.files.checking import check
from factory.files.keeping import keep
from tests import contest, make
from tests.factory.files.hostile import pdf

WHY = {"reason": "We thought about it."}
DAY = timedelta(days=1)


def in_state(state, move, **details):
    def ready():
        made = contest.contest(state)
        Follower.objects.create(challenge=made.challenge, person=make.person("Fay Follower"))
        return made.challenge, move, made.cleo, details

    return ready


def asked_for_more():
    made = contest.contest("shaping")
    said = {"question": "What does it cost?", "answer_by": clock.today() + 14 * DAY}
    return made.challenge, bringing.ask_for_more, made.cleo, said


def approved():
    made = contest.contest("shaping")
    said = {"approver": "Mila", "approved_date": clock.today(), "approval_number": "7"}
    return made.challenge, bringing.approve, made.cleo, said


def approved_on_a_paper():
    made = contest.contest("shaping")
    approval = on_paper(made)
    return made.challenge, bringing.approve, made.cleo, {"approval": approval, "approver": "Mila"}


def on_paper(made, **about):
    facts = {"name": "Mila", "number": "7", "decided_date": clock.today()}
    facts |= {"asked_by": made.owner, "asked_at": clock.now(), "cents": 100}
    return Approval.objects.create(challenge=made.challenge, **facts, **about)


def paying_along(made):
    facts = {"challenge": made.challenge, "added_at": clock.now()}
    CoOwner.objects.create(organisation=made.by, leads=True, cents=9_999_900, **facts)
    other = make.organisation(kind="municipality")
    return CoOwner.objects.create(organisation=other, cents=100, **facts)


def share_approved():
    made = contest.contest("shaping")
    approval = on_paper(made, co_owner=paying_along(made))
    return made.challenge, approving.approve_share, made.cleo, {"approval": approval}


def paper():
    return check(SimpleUploadedFile("besluit.pdf", pdf(), "application/pdf"))


def approval_noted():
    made = contest.contest("shaping")
    said = {"name": "Mila", "number": "7", "decided_date": clock.today(), "document": paper()}
    return made.challenge, approving.note_approval, made.cleo, said


def juror_released():
    made = contest.contest("shaping")
    seat = contest.juror(made.challenge)
    return made.challenge, inviting.release_juror, made.cleo, {"seat": seat}


def co_owner_added():
    made = contest.contest("shaping")
    said = {"organisation": make.organisation(kind="municipality"), "cents": 100, "own_cents": 900}
    return made.challenge, sharing.add_co_owner, made.cleo, said


def partner_invited():
    made = contest.contest("open")
    who = make.organisation(
        "Vervoer Vooruit", mission="Rides for residents without a car, to the clinic."
    )
    make.offer(by=who)
    return made.challenge, calling.invite_partner, made.cleo, {"organisation": who}


def handed_over():
    made = contest.contest("open")
    said = {"owner": made.colleague, "deputy": made.owner}
    return made.challenge, following.hand_over, made.cleo, said


def scheduled():
    made = contest.contest("approved")
    return made.challenge, opening.schedule, made.cleo, {"publish_at": clock.now() + DAY}


def decision_checked():
    made = contest.contest("proposed")
    noted(made)
    return made.challenge, deciding.check_decision, made.cleo, {}


def noted(made):
    facts = {"decided_by": "Mila", "decided_date": clock.today(), "number": "7"}
    kept = keep(paper(), by=made.owner, holder=made.by)
    decision = Decision.objects.create(
        challenge=made.challenge,
        kind="paper",
        noted_by=made.owner,
        paper=kept,
        cents=5_000_000,
        **facts,
    )
    kept.attach(decision)


def decision_sent_back():
    made = contest.contest("proposed")
    noted(made)
    return made.challenge, deciding.send_decision_back, made.cleo, {"because": "Another number."}


def remarked():
    made = contest.contest("shaping")
    said = {"field": "problem", "paragraph": 0, "text": "Who says so?"}
    return made.challenge, guests.remark, made.cleo, said


def asked_whether_right():
    made = contest.contest("shaping")
    said = {"step": "problem", "seen": 0, "page": "p", "problem": "They do not get there."}
    intake.fill_in(made.challenge, by=made.cleo, **said)
    return made.challenge, intake.ask_whether_right, made.cleo, {}


def scoring_started():
    made = contest.contest("checking", entrants=[make.organisation()])
    for number in range(3):
        contest.juror(made.challenge, f"Juror {number}", chairs=number == 0)
    for entry in made.entries:
        entries.admit(entry, by=made.cleo)
    return made.challenge, judging.start_scoring, made.cleo, {}


def in_check(move, **details):
    def ready():
        made = contest.contest("checking", entrants=[make.organisation()])
        return made.entries[0], move, made.cleo, details

    return ready


def excluded_after_a_repair_was_asked():
    made = contest.contest("checking", entrants=[make.organisation()])
    entries.ask_to_repair(made.entries[0], by=made.cleo, **WHY)
    return made.entries[0], entries.exclude, made.cleo, WHY


def repairs_asked():
    made = contest.contest("checking", entrants=[make.organisation(), make.organisation()])
    said = {"entries": made.entries, "until": clock.today() + 5 * DAY, **WHY}
    return made.challenge, judging.ask_repairs, made.cleo, said


def came_back():
    made = contest.contest("notified", entrants=[make.organisation(), make.organisation()])
    contest.arrive(made.challenge)
    return made.challenge.letters.first(), letters.mark_returned, made.cleo, {"note": "Back."}


def question():
    made = contest.contest("open")
    one = Question(challenge=made.challenge)
    questions.ask(one, by=make.organisation().owner, text="May we work with others?")
    return one, questions.set_aside, made.cleo, WHY


def talk():
    made = contest.contest("notified")
    contest.arrive(made.challenge)
    one = Talk(entry=made.entries[0], challenge=made.challenge)
    talks.ask(one, by=made.entries[0].contact)
    return one, talks.plan, made.cleo, {"planned_at": clock.now() + DAY, "place": "Here"}


BACK = {
    "asked for more": asked_for_more,
    "turned down": in_state("submitted", bringing.turn_down, **WHY),
    "turned down later": in_state("shaping", bringing.turn_down, **WHY),
    "redirected": in_state("submitted", bringing.redirect, **WHY),
    "pointed to change": in_state("shaping", bringing.point_to_change, **WHY),
    "taken on": in_state("submitted", bringing.shape),
    "approved": approved,
    "approved on a paper": approved_on_a_paper,
    "a share approved": share_approved,
    "approval noted": approval_noted,
    "juror invited": in_state("shaping", inviting.invite_juror, name="Eva", email="e@v.example"),
    "juror released": juror_released,
    "co-owner added": co_owner_added,
    "partner invited": partner_invited,
    "handed over": handed_over,
    "scheduled": scheduled,
    "ended": in_state("closed", ending.end_without_entries, **WHY),
    "ended while checking": in_state("checking", ending.end_without_entries, **WHY),
    "decision checked": decision_checked,
    "decision sent back": decision_sent_back,
    "remarked": remarked,
    "asked whether right": asked_whether_right,
    "scoring started": scoring_started,
    "repair asked": in_check(entries.ask_to_repair, **WHY),
    "excluded": in_check(entries.exclude, **WHY),
    "excluded later": excluded_after_a_repair_was_asked,
    "repairs asked": repairs_asked,
    "letter came back": came_back,
    "question set aside": question,
    "talk planned": talk,
}
