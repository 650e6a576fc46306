"""The things around challenges that the authorisation table names: Lekstede's challenges, Broodnodig's entries."""

from challenges.lifecycle import approving, setting_up
from challenges.lifecycle import entry as entries
from challenges.lifecycle import objection as objections
from challenges.lifecycle import talk as talks
from challenges.models import Guest, Objection, Talk
from factory import clock
from tests import contest
from tests.challenges.test_questions import asked

ANSWERS = {
    "buyer": "local", "aim": "support", "novelty": "exists", "kind": "other", "suppliers": "some",
    "scale": "pilot", "border": "no", "aid": "little", "cents": 10_000_000,
}  # fmt: skip


def objected(told):
    """An objection of the first entrant."""
    one = Objection(entry=told.entries[0], challenge=told.challenge)
    objections.lodge(one, by=told.entries[0].contact, kind="objection", text="Read it again.")
    return one


def talked(told):
    """A talk that the first entrant asks for."""
    one = Talk(entry=told.entries[0], challenge=told.challenge)
    talks.ask(one, by=told.entries[0].contact, question="What was weak?")
    return one


def things(lekstede, broodnodig):
    """By the names used in the table."""
    shaped = contest.contest("shaping", by=lekstede)
    shaping = shaped.challenge
    setting_up.use_guide(shaping, by=shaped.owner, **ANSWERS)
    whom = {"name": "Mila", "job": "Alderman", "email": "mila@lekstede.example"}
    approving.ask_approval(shaping, by=shaped.owner, **whom)
    opened = contest.contest("open", by=lekstede, entrants=[broodnodig])
    checked = contest.contest("checking", by=lekstede, entrants=[broodnodig])
    repairing = contest.contest("checking", by=lekstede, entrants=[broodnodig])
    asked_again = {"reason": "The map is missing.", "until": clock.today()}
    entries.ask_to_repair(repairing.entries[0], by=repairing.cleo, **asked_again)
    refusing = contest.contest("checking", by=lekstede, entrants=[broodnodig])
    entries.exclude(refusing.entries[0], by=refusing.cleo, reason="It came without a budget.")
    deciding = contest.contest("proposed", by=lekstede, entrants=[broodnodig])
    awarded = contest.contest("awarded", by=lekstede, entrants=[broodnodig])
    running = contest.contest("running", by=lekstede, entrants=[broodnodig])
    decided = contest.contest("decided", by=lekstede, entrants=[broodnodig])
    coached = contest.contest("coaching", by=lekstede, entrants=[broodnodig])
    told = contest.contest("notified", by=lekstede, entrants=[broodnodig])
    return {
        "contract": [running.contract.pk],
        "promise": [running.challenge.adoption.pk],
        "running": [running.challenge.slug],
        "running-pdf": [running.challenge.slug, "pdf"],
        "running-zip": [running.challenge.slug, "zip"],
        "question": [asked(opened.challenge, broodnodig.owner).pk],
        "answered": [asked(opened.challenge, broodnodig.owner, "answered").pk],
        "objection": [objected(told).pk],
        "talk": [talked(told).pk],
        "shaping": [shaping.slug],
        "approval": [shaping.approvals.get().key],
        "guest-key": [guest_key(shaping)],
        "no-guest": ["nonsense"],
        "shaping-problem": [shaping.slug, "problem"],
        "shaping-nonsense": [shaping.slug, "nonsense"],
        "open-problem": [opened.challenge.slug, "problem"],
        "open": [opened.challenge.slug],
        "checking": [checked.challenge.slug],
        "draft-letter": [decided.challenge.slug, 1],
        "no-draft-letter": [decided.challenge.slug, 2],
        "coached": [coached.challenge.slug],
        "coached-entry": [coached.entries[0].pk],
        "told": [told.challenge.slug],
        "letter": [told.challenge.letters.get().pk],
        "deciding": [deciding.challenge.slug],
        "awarded": [awarded.challenge.slug],
        "sealed-entry": [opened.entries[0].pk],
        "sealed-receipt": [opened.entries[0].pk, 1],
        "receipt": [checked.entries[0].pk, 1],
        "entry": [checked.entries[0].pk],
        "repairing": [repairing.entries[0].pk],
        "excluded-entry": [refusing.entries[0].pk],
        "award": [awarded.challenge.awards.get().pk],
    }


def guest_key(challenge):
    """The key of somebody who reads along."""
    facts = {
        "name": "Lex Lawyer",
        "email": "lex@mail.example",
        "works_for": "Law",
        "role": "lawyer",
    }
    guest, key = Guest.to(challenge, challenge.owner, **facts)
    guest.save()
    return key
