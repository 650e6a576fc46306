"""What each move around a challenge wants to hear: ``DETAILS[verb](life, thing, number)``, None if there is nothing.

The number picks one of several.
"""

from challenges.models import Entry, Instrument
from challenges.models.conditions import CALENDAR
from challenges.setup_forms.later_days import ahead
from factory import clock
from tests import contest
from tests.life import DAY, HALF

WHY = {"reason": "We thought about it again."}


def pick(several, number):
    several = list(several)
    return several[number % len(several)] if several else None


def asked_approval(life, thing, number):
    shares = [None, *thing.co_owners.filter(leads=False)]
    who = {"name": "Mila Holder", "job": "Director", "email": "mila@holder.example"}
    return {**who, "co_owner": pick(shares, number)}


def new_criteria(life, thing, number):
    weights = ((50, 30, 20), (40, 40, 20), (50, 30, 10))[number % 3]
    rounds = ("text", "text", "pitch")
    rows = zip(("Impact", "Feasibility", "Pitch"), weights, rounds, strict=True)
    return {"rows": [{"title": t, "weight": w, "scored_at": at} for t, w, at in rows]}


def window(thing):
    """A time to be coached in, after every deadline that is tried."""
    now = clock.now()
    return {"coaching_from": now + 80 * DAY, "coaching_until": now + 90 * DAY}


def coached(life, thing, number):
    """A coach for each finalist; one in four times the juror, who may not."""
    juror = number % 4 == 3
    email = life.people["juror"].email if juror else "coach@coach.example"
    found = thing.entries.filter(state="shortlisted", coaching=None)
    until = clock.now() + (number % 3 + 1) * DAY
    return {"coaches": dict.fromkeys(found, ("Koos Coach", email)), "until": until}


def coached_for(life, thing, number):
    """So many minutes of the offer: at times more than there are."""
    one = pick(thing.coachings.all(), number)
    day = {"held_date": clock.today()}
    return {"coaching": one, "minutes": (60, 240, -60)[number % 3], **day} if one else None


def other_coach(life, thing, number):
    one = pick(thing.coachings.all(), number)
    email = ("other@coach.example", life.people["chair"].email)[number % 2]
    return {"coaching": one, "name": "Olga Other", "email": email} if one else None


def rectified(life, thing, number):
    later = thing.deadline_at + (number % 3 + 1) * DAY
    said = {"criteria": None, "changes": [{"name": "deadline_at", "old": "", "new": ""}]}
    return {"reason": "A holiday.", "facts": {"deadline_at": later}, "is_material": True, **said}


def other_days(life, thing, number):
    names = ahead(thing)
    if not names:
        return None
    last, before = names[-1], getattr(thing, names[-1])
    after = before + (number % 3 + 1) * DAY
    return {"reason": "A holiday.", "version": thing.version, "moved": {last: after}}


def declared(life, thing, number):
    seat, found = pick(life.seats(), number), list(thing.entries.to_judge())
    conflicts = {found[0]: "We worked together."} if found and number % 4 == 3 else {}
    return {"juror": seat, "entries": found, "conflicts": conflicts} if seat else None


def proposed(life, thing, number):
    found = list(Entry.objects.filter(challenge=thing, state__in=JUDGED))
    cents = [(), (HALF,), (HALF, HALF), (HALF, HALF + 1), (2 * HALF,)][number % 5]
    said = {"findings": contest.findings(found), "report": "Read twice."}
    said["reserve"] = found[len(cents) : len(cents) + 1] if number % 2 else []
    said["no_award"] = "" if cents else "Nothing fits."
    return said | {"awards": list(zip(found, cents, strict=False))}


JUDGED = ("admitted", "shortlisted", "awarded", "reserve", "not_awarded")


def agreed(life, thing, number):
    entry = pick(thing.entries.to_judge(), number)
    criterion = thing.criteria.filter(scored_at="text").first()
    return {"entry": entry, "agreed": {criterion: (8, "We agree.")}} if entry else None


def row_of(relation):
    return lambda life, thing, number: {"row": pick(getattr(thing, relation).all(), number)}


def said(**words):
    return lambda life, thing, number: dict(words)


def nothing(life, thing, number):
    return {}


def paid(life, thing, number):
    return row_of("milestones")(life, thing, number) | {"paid_date": clock.today()}


def delivered(life, thing, number):
    return row_of("milestones")(life, thing, number) | {"told": "It is done."}


def measured(life, thing, number):
    how = {"actual": 2500, "measured_date": clock.today(), "source": "We"}
    return row_of("indicators")(life, thing, number) | how


def today_and(days, name, **more):
    return lambda life, thing, number: {name: clock.today() + days * DAY, **more}


def paying_along(life, thing, number):
    if thing.co_owners.exists():
        return None
    return {"organisation": life.second_house, "cents": HALF, "own_cents": HALF}


def a_milestone(life, thing, number):
    cents = (HALF // 2, HALF, 2 * HALF)[number % 3]
    return {"title": "Step", "due_date": clock.today() + 30 * DAY, "cents": cents}


def drawn_up(life, thing, number):
    return {"starts_date": clock.today(), "ends_date": clock.today() + 90 * DAY}


DETAILS = {
    "challenge.draw_up": said(problem="Residents do not reach the clinic, nor the school."),
    "challenge.fill_in": said(step="problem", seen=0, page="p", problem="They do not get there."),
    "challenge.affirm_step": said(step="problem"),
    "challenge.ask_for_more": today_and(14, "answer_by", question="What does it cost?"),
    "challenge.approve": today_and(0, "approved_date", approver="Mila", approval_number="7"),
    "challenge.note": said(text="They rang."),
    "challenge.choose_instrument": lambda life, thing, number: {
        "instrument": pick(Instrument.objects.filter(slug__in=["prize", "subsidy"]), number)
    },
    "challenge.take_preset": today_and(9, "start_date", size="small"),
    "challenge.set_calendar": lambda life, thing, number: (
        dict.fromkeys(CALENDAR)
        | {"deadline_at": clock.now() + (20 + 20 * (number % 3)) * DAY}
        | (window(thing) if thing.coaching_hours else {})
    ),
    "challenge.set_terms": said(who_may_enter="Everybody in the Netherlands."),
    "challenge.set_subjects": said(themes=[], goals=[]),
    "challenge.set_criteria": new_criteria,
    "challenge.set_questions": said(rows=[{"text": "Who are you?", "most_words": 100}]),
    "challenge.invite_juror": lambda life, thing, number: {
        "name": "",
        "email": life.people[("chair", "juror")[number % 2]].email,
        "chairs": number % 2 == 0,
    },
    "challenge.add_juror": lambda life, thing, number: {
        "name": "Nina New",
        "email": ("nina@jury.example", life.people["juror"].email)[number % 2],
    },
    "challenge.excuse_juror": lambda life, thing, number: (
        {"seat": pick(thing.jury.standing(), number)} if thing.jury.standing() else None
    ),
    "challenge.release_juror": lambda life, thing, number: (
        {"seat": pick(life.seats(), number)} if life.seats() else None
    ),
    "challenge.add_co_owner": paying_along,
    "challenge.end_co_owner": lambda life, thing, number: {
        "co_owner": thing.co_owners.filter(leads=False).first()
    },
    "challenge.ask_approval": asked_approval,
    "challenge.hand_over": lambda life, thing, number: dict(
        zip(("owner", "deputy"), _pair(life, number), strict=True)
    ),
    "challenge.declare": declared,
    "challenge.assign": said(each=2),
    "challenge.ask_repairs": lambda life, thing, number: {
        "entries": list(thing.entries.filter(state="submitted", repairs=0)),
        "until": clock.today() + 5 * DAY,
        **WHY,
    },
    "challenge.agree": agreed,
    "challenge.shortlist": lambda life, thing, number: {"entries": list(thing.entries.to_judge())},
    "challenge.schedule": lambda life, thing, number: {
        "publish_at": clock.now() + (number % 3 + 1) * DAY
    },
    "challenge.note_findings": lambda life, thing, number: {
        "findings": proposed(life, thing, 0)["findings"]
    },
    "challenge.propose": proposed,
    "challenge.rectify": rectified,
    "challenge.change_days": other_days,
    "challenge.award_next": lambda life, thing, number: {"cents": (HALF, 2 * HALF)[number % 2]},
    "challenge.pass_on": lambda life, thing, number: {"cents": (HALF, 2 * HALF)[number % 2]},
    "challenge.start_coaching": coached,
    "challenge.note_coaching": coached_for,
    "challenge.name_coach": other_coach,
    "challenge.name_teams": lambda life, thing, number: {
        "entries": list(thing.entries.filter(state="shortlisted")[: 2 + number % 2])
    },
    "challenge.note_result": lambda life, thing, number: {
        "row": pick(thing.explorations.filter(result=""), number),
        "result": "Half as many trips are needed.",
    },
    "challenge.pay_fee": lambda life, thing, number: {
        "row": pick(thing.explorations.all(), number),
        "paid_date": clock.today(),
    },
    "entry.change": said(plan="After coaching: we drive four thousand rides."),
    "entry.submit": said(plan="In a year we drive three thousand rides."),
    "entry.repair": said(plan="With what was missing."),
    "letter.mark_returned": said(note="It came back."),
    "letter.send_again": lambda life, thing, number: {"recipient": thing.recipient},
    "letter.hand_over": today_and(0, "handed_date", note="By Cleo."),
    "talk.plan": lambda life, thing, number: {"planned_at": clock.now() + DAY, "place": "Here"},
    "contract.revise": drawn_up,
    "contract.add_milestone": a_milestone,
    "contract.add_indicator": said(title="Rides", unit="rides", baseline=0, target=3000),
    "contract.change_milestone": lambda life, thing, number: (
        row_of("milestones")(life, thing, number) | a_milestone(life, thing, number)
    ),
    "contract.drop_milestone": row_of("milestones"),
    "contract.change_indicator": lambda life, thing, number: (
        row_of("indicators")(life, thing, number)
        | {"title": "Rides", "unit": "rides", "baseline": 1, "target": 9}
    ),
    "contract.drop_indicator": row_of("indicators"),
    "contract.sign": today_and(0, "signed_date"),
    "contract.deliver": delivered,
    "contract.accept_milestone": row_of("milestones"),
    "contract.note_payment": paid,
    "contract.measure": measured,
    "contract.check_in": said(going="well", same=True, told=""),
    "contract.raise_issue": said(text="No van."),
    "contract.solve_issue": lambda life, thing, number: (
        row_of("issues")(life, thing, number) | {"solution": "A van."}
    ),
    "contract.note": said(text="They rang."),
    "adoption.postpone": today_and(60, "due_date", **WHY),
    "adoption.decide": said(choice="adopt", **WHY),
    "adoption.follow_up": said(still_runs=True),
}
WITH_A_REASON = {
    "challenge.turn_down", "challenge.redirect", "challenge.point_to_change", "challenge.withdraw",
    "challenge.end_without_entries", "challenge.cancel", "entry.ask_to_repair", "entry.exclude", "award.decline",
    "assessment.unlock", "assessment.release", "assessment.recuse", "objection.dismiss", "objection.uphold",
    "contract.end_early",
}  # fmt: skip
WITHOUT_WORDS = {
    "challenge.submit", "challenge.shape", "challenge.reshape", "challenge.notify", "challenge.send_all_again",
    "challenge.decide_anew", "challenge.decide", "challenge.take_seat", "challenge.decline_seat",
    "challenge.ask_whether_right", "challenge.remind_jury", "challenge.start_scoring", "challenge.deliberate",
    "challenge.hold_back", "challenge.pause", "challenge.resume", "challenge.ask_to_open",
    "challenge.open_entries", "challenge.deliberate_anew", "challenge.check_decision", "entry.withdraw",
    "entry.admit", "assessment.lock", "objection.withdraw", "talk.hold", "talk.call_off", "contract.complete",
    "challenge.take_back", "entry.take_back", "letter.take_back", "objection.take_back", "talk.take_back",
    "contract.take_back",
}  # fmt: skip
# These need a file or somebody without an account; each has tests of its own and changes no state of the challenge.
ELSEWHERE = {
    "challenge.use_guide", "challenge.note_approval", "challenge.approve_share", "challenge.note_decision",
    "challenge.send_decision_back", "challenge.invite_guest", "challenge.end_guest", "challenge.remark",
    "challenge.resolve_remark", "challenge.note_helper", "challenge.invite_partner",
}  # fmt: skip
DETAILS |= dict.fromkeys(WITH_A_REASON, said(**WHY)) | dict.fromkeys(WITHOUT_WORDS, nothing)


def _pair(life, number):
    return [
        life.people[who] for who in (("owner", "colleague"), ("colleague", "owner"))[number % 2]
    ]
