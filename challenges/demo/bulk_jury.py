"""Two challenges as large as they come: one whose jury scores a thousand entries, one whose jury compares them."""

from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings

from challenges.demo.bulk_marks import assess
from challenges.drafting import contents
from challenges.models import (
    Challenge,
    Criterion,
    Entry,
    Instrument,
    Juror,
    RuleSet,
    Submission,
)
from challenges.models.rule_set import norms_on
from challenges.models.submission import fingerprint, in_writing
from factory import clock
from factory.bulk import run
from factory.demo import facts
from factory.journal.models import Event
from partners.models import Membership, Organisation, Person

HERE = Path(__file__).parent
MOST, LARGE = 1_000, 2_000  # entries, from so many listings on
SMALL = 10  # below that, an entry for so many listings
JURORS = 10
WEIGHTS = (25, 20, 20, 15, 10, 10)
SLUGS = {"scoring": "challenge-scored", "consensus": "challenge-compared"}
LOCKED = {"scoring": 0.2, "consensus": 1.0}  # the part of what each juror has
ENTERED = timedelta(days=25)  # ago; the deadline was five days later
STEP = "UPDATE challenges_challenge SET state = %s WHERE id = %s"
OPENED = """UPDATE challenges_challenge SET published_at = deadline_at - interval '65 days',
    asked_to_open_by_id = %s, opened_by_id = %s, state = 'scoring' WHERE id = %s"""


def load(listings):
    """Make them, once, with as many entries as fit beside this many listings."""
    wanted = MOST if listings >= LARGE else listings // SMALL
    if wanted and not Challenge.objects.filter(slug__in=SLUGS.values()).exists():
        people = _people()
        for state in SLUGS:
            _judged(state, wanted, people)


def _judged(state, wanted, people):
    made = _challenge(state)
    entries = _enter(made, wanted)
    run(OPENED, [people[0].pk, people[1].pk, made.pk])
    seats = [Juror(challenge=made, person=person, said_yes_at=clock.now()) for person in people]
    seats[0].chairs = True
    Juror.objects.bulk_create(seats)
    assess(made, int(len(entries) * LOCKED[state]))
    run(STEP, [state, made.pk])


def _people():
    """Who sits in both juries: people of no organisation, who cannot sign in."""
    accepted = {"terms_version": settings.TERMS_VERSION, "terms_accepted_at": clock.now()}
    return Person.objects.bulk_create(
        Person(email=f"jury-{n}@mail.example", name=f"Juror {n}", password="!", **accepted)  # noqa: S106
        for n in range(1, JURORS + 1)
    )


def _challenge(state):
    """A draft with six criteria and the rules of today, approved."""
    towns = Membership.objects.confirmed().filter(organisation__kind="municipality")
    row = towns.filter(organisation__state="active").select_related("organisation").earliest("pk")
    owner, texts = row.organisation, _texts()[list(SLUGS).index(state)]
    made = Challenge(
        state="draft",
        organisation=owner,
        owner_id=row.person_id,
        region_id=owner.region_id,
        province_id=owner.province_id,
        instrument=Instrument.objects.order_by("order").first(),
        slug=SLUGS[state],
        explores_only=True,
        envelope_cents=10_000_000,
        deadline_at=clock.now() - ENTERED + timedelta(days=5),
        approved_by_id=row.person_id,
        approver="Mandate",
        approval_number="B-1",
        approved_date=(clock.now() - timedelta(days=100)).date(),
        **texts,
    )
    Challenge.objects.bulk_create([made])
    Criterion.objects.bulk_create(
        Criterion(challenge=made, title=f"Criterion {n}", weight=weight, position=n)
        for n, weight in enumerate(WEIGHTS, 1)
    )
    today = clock.today()
    RuleSet.objects.create(challenge=made, date=today, values=norms_on(today))
    return made


def _texts():
    rows = [row for row in facts(HERE / "challenges.json") if row.get("sentence")]
    return [{name: row[name] for name in ("title", "sentence", "problem")} for row in rows]


def _enter(challenge, wanted):
    """Sent in five days before the deadline, each by another organisation, and admitted since."""
    houses = Organisation.objects.active().exclude(pk=challenge.organisation_id).order_by("pk")
    owners = dict(Membership.objects.confirmed().values_list("organisation", "person"))
    rows = [house for house in houses[: 2 * wanted] if house.pk in owners][:wanted]
    with clock.replay(clock.now() - ENTERED):
        entries = [
            _entry(challenge, number, house, owners[house.pk], words)
            for number, (house, words) in enumerate(zip(rows, cycle(_texts()), strict=False), 1)
        ]
        receipts = [_receipt(entry) for entry in entries]
        Entry.objects.bulk_create(entries)
        Event.objects.record_births(
            [(entry, None) for entry in entries],
            verb="entry.submit",
            actor=Person.objects.the_factory(),
            channel=Event.Channel.COMMAND,
        )
        Submission.objects.bulk_create(receipts)
    return entries


def _entry(challenge, number, house, person, words):
    """One that differs from its neighbours in number, house and amount."""
    paragraphs = islice(cycle([words["problem"], words["sentence"]]), 6)
    return Entry(
        state="admitted",
        challenge=challenge,
        organisation=house,
        contact_id=person,
        number=number,
        title=f"{words['title']} {number}"[-120:],
        summary=words["sentence"],
        plan="\n\n".join(paragraphs),
        amount_cents=(10 + number % 40) * 100_000,
        submitted_at=clock.now(),
    )


def _receipt(entry):
    """What it says, with its fingerprint; the entry itself comes to name it."""
    said = in_writing(contents(entry, ()))
    entry.receipt = fingerprint(said)
    return Submission(
        entry=entry,
        number=1,
        at=clock.now(),
        by_id=entry.contact_id,
        said=said,
        sha256=entry.receipt,
    )
