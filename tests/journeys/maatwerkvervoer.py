"""The chapters of rides for who cannot drive, from five fields to the pitch: real pages, a clock that moves."""

import re
import uuid
from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.models import Assessment, Challenge, Entry, Instrument
from factory import clock, pdf
from factory.moves import make_due_moves
from factory.pdf import pressed
from tests import contest, make
from tests.doors import sign_in
from tests.journeys.visitor import Visitor
from tests.moving_clock import set_ahead

FINALISTS = ("Samen Rijden", "De Buurtbus", "Wiel en Deal")
OTHERS = ("Taxi Sociaal", "Zonder Papieren")
JURY = ("Carla Chair", "Eva Juror", "Finn Juror", "Gita Juror")
SECRET = "Canary route 17"


class Walk:
    """The challenge on its way, who are around it, and the clock."""

    def __init__(self, owner, house, cleo):
        self.owner, self.house, self.cleo = owner, house, cleo
        self.colleague = make.member(house, "owner", "Sam Colleague")
        self.other = make.coordinator("Chris Second")
        self.start, self.entries, self.seats = clock.now(), [], []

    @property
    def challenge(self):
        return Challenge.objects.get()

    def goes_to(self, moment):
        """It becomes a minute past this moment, and the clock does what is due."""
        set_ahead((moment - self.start).total_seconds() + 60)
        make_due_moves()
        make_due_moves()

    def does(self, person, move, about=None, kind="move", **said):
        """Press the button of a move with its form filled in; the answer leads on."""
        thing = about.pk if about else self.challenge.slug
        address = reverse(f"challenges:{kind}", args=[thing, move])
        token = {"token": uuid.uuid4().hex}
        answer = sign_in(Client(), person).post(address, token | said, follow=True)
        words = re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())
        assert answer.redirect_chain, f"{move}: {answer.status_code} {words[:3000]}"

    def page(self, name):
        return reverse(f"challenges:{name}", args=[self.challenge.slug])


def is_brought(walk):
    """Five fields, sent in by the owner; a coordinator takes it on and fills in the rest, the owner says right."""
    visitor = Visitor().signs_in(walk.owner)
    visitor.open(reverse("challenges:new"))
    said = {"problem": "Wie niet rijdt, komt niet bij de dokter.", "region": "Utrecht"}
    said |= {"envelope_cents": "100000", "phone": "06 12345678", "organisation": walk.house.pk}
    last = visitor.page.find("form", class_="form").find_all("button")[-1]
    visitor.press(last.get_text(strip=True), **said)
    walk.does(walk.owner, "submit")
    walk.does(walk.cleo, "shape")
    day = (clock.today() + timedelta(days=400)).isoformat()
    rest = {
        "problem": {"sentence": "Driehonderd mensen missen zorg, want er is geen rit."},
        "people": {
            "deputy": walk.colleague.pk, "budget_holder": "Mila Holder", "mandate": "Regel 12",
        },
        "adoption": {"adoption_by": "Het team vervoer", "adoption_due_date": day},
    }  # fmt: skip
    cleo = Visitor().signs_in(walk.cleo)
    for step, fields in rest.items():
        cleo.open(reverse("challenges:step", args=[walk.challenge.slug, step]))
        button = cleo.page.find("form", class_="form").find("button").get_text(strip=True)
        cleo.press(button, **fields)
    walk.does(walk.cleo, "ask_whether_right")
    for step in walk.challenge.steps.waiting():
        walk.does(walk.owner, "affirm_step", step=step.name)


def is_set_up(walk):
    """A subsidy of middle size, with its pitch; a jury of four that said yes, one of them in the chair."""
    walk.does(walk.owner, "choose_instrument", instrument=Instrument.objects.get(slug="subsidy").pk)
    day = (clock.today() + timedelta(days=14)).isoformat()
    walk.does(walk.owner, "take_preset", start_date=day, size="middle")
    for number, name in enumerate(JURY):
        person = make.person(name)
        said = {"name": name, "email": person.email} | ({"chairs": "on"} if not number else {})
        walk.does(walk.owner, "invite_juror", **said)
        walk.does(person, "take_seat")
    walk.seats = list(walk.challenge.jury.order_by("pk"))
    assert [seat.chairs for seat in walk.seats] == [True, False, False, False]


def is_approved(walk):
    """The executive decided on paper: name, date, number and the PDF; a coordinator checks them."""
    paper = pressed(pdf.Paper("Besluit", [pdf.text("Akkoord met 100.000 euro.")]))
    said = {"name": "Mila Holder, wethouder", "number": "2026-114"}
    said |= {"decided_date": clock.today().isoformat()}
    file = SimpleUploadedFile("besluit.pdf", paper, "application/pdf")
    walk.does(walk.owner, "note_approval", document=file, **said)
    assert walk.challenge.state == "shaping"
    walk.does(walk.cleo, "approve", seen="on")
    assert walk.challenge.approver == "Mila Holder, wethouder"
    assert walk.challenge.approved_by_id == walk.cleo.pk != walk.challenge.submitted_by_id


def opens(walk):
    """Nobody outside sees it until its day; then everybody."""
    outside = Client()
    assert outside.get(walk.challenge.get_absolute_url()).status_code == 404
    walk.does(walk.owner, "schedule", publish_date=f"{clock.today() + timedelta(days=14):%Y-%m-%d}")
    walk.goes_to(walk.challenge.publish_at)
    assert walk.challenge.state == "open"
    assert outside.get(walk.challenge.get_absolute_url()).status_code == 200


def is_entered(walk):
    """Five plans come in, the first one through the pages; nobody else reads a word of them before the deadline."""
    writer = make.organisation(FINALISTS[0]).owner
    visitor = Visitor().signs_in(writer)
    visitor.open(walk.page("enter"))
    visitor.press(
        visitor.page.find("main").find("form", method="post").find("button").get_text(strip=True)
    )
    said = {"title": SECRET, "summary": "Vrijwilligers rijden.", "plan": "Drieduizend ritten."}
    asked = {f"answer-{q.pk}": "Wij." for q in walk.challenge.questions_asked.all()}
    visitor.press("Stuur het", amount_cents="75000", **said, **asked)
    assert visitor.reads("Jullie inzending is binnen")
    walk.entries.append(Entry.objects.get())
    for name in (*FINALISTS[1:], *OTHERS):
        answers = [
            {"question": q.pk, "asked": q.text, "answer": "Wij."}
            for q in walk.challenge.questions_asked.all()
        ]
        house = make.organisation(name)
        walk.entries.append(
            contest.entry(walk.challenge, house, amount_cents=2_500_000, answers=answers)
        )
    for person in (walk.owner, walk.cleo, walk.other, walk.seats[0].person):
        reader = sign_in(Client(), person)
        assert reader.get(walk.entries[0].get_absolute_url()).status_code == 404
        assert SECRET not in reader.get(walk.challenge.get_absolute_url()).content.decode()


def is_opened_and_checked(walk):
    """Two coordinators open it; four are admitted, one is not, with its reason."""
    walk.goes_to(walk.challenge.deadline_at)
    assert walk.challenge.state == "closed"
    walk.does(walk.cleo, "ask_to_open")
    alone = {"token": "alone"}
    address = reverse("challenges:move", args=[walk.challenge.slug, "open_entries"])
    assert sign_in(Client(), walk.cleo).post(address, alone).status_code == 409
    walk.does(walk.other, "open_entries")
    assert SECRET in sign_in(Client(), walk.cleo).get(walk.page("check")).content.decode()
    for one in walk.entries[:4]:
        walk.does(walk.cleo, "admit", one, "entry_move")
    why = {"reason": "Niet ingeschreven bij de Kamer van Koophandel."}
    walk.does(walk.cleo, "exclude", walk.entries[4], "entry_move", **why)
    walk.does(walk.cleo, "start_scoring")


def is_declared(walk):
    """Each of the four says on one page that they have no interest, before they read a word."""
    for seat in walk.seats:
        juror = Visitor().signs_in(seat.person)
        assert juror.client.get(walk.page("bundle")).status_code == 404
        juror.open(reverse("challenges:move", args=[walk.challenge.slug, "declare"]))
        juror.press(_("Declare interests"), none_else="on")
    walk.does(walk.seats[0].person, "assign", each=4)


def is_scored(walk, kind):
    """All four score all; Eva does it on the page, and sees nobody's marks before her own are locked."""
    mine = Assessment.objects.standing().filter(round=kind)
    for place, entry in enumerate(walk.entries[:4]):
        for seat in walk.seats:
            found = mine.filter(entry=entry, juror=seat).first()
            if found and seat.person.name == "Eva Juror":
                scores_on_the_page(found, 9 - place)
            elif found:
                contest.scored(found, 9 - place)
    assert not mine.open().exists()


def scores_on_the_page(assessment, points):
    """Marks and reasons typed in, saved and locked."""
    juror = Visitor().signs_in(assessment.juror.person)
    juror.open(assessment.get_absolute_url())
    assert not juror.reads("Well thought out.")
    said = {}
    for criterion, _score in assessment.criteria():
        said |= {
            f"points_{criterion.pk}": str(points),
            f"why_{criterion.pk}": "Dichtbij de mensen.",
        }
    juror.press(_("Save, and lock"), **said)
    juror.press(_("Lock my marks"))
    assessment.refresh_from_db()
    assert assessment.state == "locked"


def is_agreed(walk):
    """The chair lays the marks beside each other, agrees on another one with a reason, and names three finalists."""
    chair = walk.seats[0].person
    walk.does(chair, "deliberate")
    said = {"entry": walk.entries[2].pk}
    for number, criterion in enumerate(walk.challenge.criteria.filter(scored_at="text")):
        said |= {
            f"points_{criterion.pk}": 6 if number == 0 else 7,
            f"why_{criterion.pk}": "Samen besproken.",
        }
    walk.does(chair, "agree", **said)
    ranking = sign_in(Client(), chair).get(walk.page("ranking")).content.decode()
    places = [ranking.index(entry.title) for entry in walk.entries[:2]]
    assert places == sorted(places)
    finalists = [entry.pk for entry in walk.entries[:3]]
    walk.does(chair, "shortlist", entries=finalists, minutes=20)


def pitches(walk):
    """Three finalists of twenty minutes each, one after the other; all four score them."""
    walk.goes_to(walk.challenge.pitch_at)
    assert (walk.challenge.pitch_minutes, walk.challenge.state) == (20, "pitching")
    rows = sign_in(Client(), walk.seats[0].person).get(walk.page("pitches")).context["rows"]
    begins = [row["begins_at"] for row in rows]
    assert [at - begins[0] for at in begins] == [timedelta(minutes=20 * n) for n in range(3)]
    is_scored(walk, "pitch")


def after_the_term(challenge):
    """Noon on the day after the last one on which somebody could object."""
    day = challenge.term_ends_date + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(12)))
