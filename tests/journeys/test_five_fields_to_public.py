"""A municipality brings a problem in five fields, and it opens: rung, filled in, remarked on, approved by mail, public.

Domain section 1, over real pages with real mail: the owner, a coordinator, a lawyer without an account and the holder
of the budget.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from challenges.models import Challenge, Instrument
from factory import clock
from factory.moves import make_due_moves
from tests import make
from tests.journeys.visitor import Visitor, links_in, mails_with

pytestmark = pytest.mark.django_db(transaction=True)
LEX, MILA = "lex@law.example", "mila@lekstede.example"
WORD = (
    '<p class="MsoNormal"><b>Old people are lonely</b></p><p>Because of this:</p>'
    "<ul><li>no ride</li><li>no neighbours</li></ul><script>no()</script>"
)


class Bringing:
    """The challenge on its way, and everybody's browser."""

    def __init__(self, owner, coordinator):
        self.owner = Visitor().signs_in(owner)
        self.coordinator = Visitor().signs_in(coordinator)

    @property
    def challenge(self):
        return Challenge.objects.get()

    def press(self, who, move, **said):
        """Open the move's page as it stands, fill this in and press; without a page just press."""
        address = reverse("challenges:move", args=[self.challenge.slug, move])
        answer = who.client.post(address, said | {"token": f"{move} {said}"[:60]}, follow=True)
        words = re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())
        assert answer.status_code == 200, f"{move}: {answer.status_code} {words[:3000]}"

    def fills_in(self, who, step, **said):
        who.open(reverse("challenges:step", args=[self.challenge.slug, step]))
        who.press(who.page.find("form", class_="form").find("button").get_text(strip=True), **said)


def brings(one, house):
    """Five fields, one of them pasted from Word."""
    said = {
        "problem": WORD,
        "region": "Nieuwegein",
        "envelope_cents": "80000",
        "phone": "06 12345678",
    }
    one.owner.open(reverse("challenges:new"))
    form = one.owner.page.find("form", class_="form")
    one.owner.press(form.find_all("button")[-1].get_text(strip=True), **said, organisation=house.pk)
    assert one.challenge.problem.endswith("- no ride\n- no neighbours")
    assert "no()" not in one.challenge.problem
    one.press(one.owner, "submit")


def is_filled_in(one, colleague):
    """A coordinator rings, fills in the rest and asks whether it is right."""
    one.press(one.coordinator, "shape")
    day = (clock.today() + timedelta(days=400)).isoformat()
    rest = {
        "problem": {"sentence": "Three hundred people see nobody."},
        "people": {"deputy": colleague.pk, "budget_holder": "Mila Holder", "mandate": "Row 12"},
        "adoption": {"adoption_by": "The welfare team", "adoption_due_date": day},
    }
    for step, said in rest.items():
        one.fills_in(one.coordinator, step, **said)
    one.press(one.coordinator, "ask_whether_right")


def is_answered(one, mailbox):
    """The owner says right to each step; a lawyer remarks by a link, and the owner settles it."""
    for step in one.challenge.steps.waiting():
        one.press(one.owner, "affirm_step", step=step.name)
    assert not one.challenge.steps.waiting().exists()
    guest = {"name": "Lex Lawyer", "email": LEX, "works_for": "Legal & Co", "role": "lawyer"}
    one.press(one.owner, "invite_guest", **guest)
    lawyer = Visitor()
    link = next(a for a in links_in(mails_with(mailbox, LEX, "/guests/")[0]) if "/guests/" in a)
    lawyer.open(link)
    assert lawyer.reads("no neighbours")
    said = {"field": "problem", "paragraph": 0, "text": "Is this allowed?"}
    assert lawyer.client.post(lawyer.at, said).status_code == 302
    one.owner.open(reverse("challenges:remarks", args=[one.challenge.slug]))
    assert one.owner.reads("Is this allowed?")
    one.press(one.owner, "resolve_remark", remark=one.challenge.remarks.get().pk)
    one.press(one.owner, "end_guest", guest=one.challenge.guests.get().pk)
    assert lawyer.client.get(lawyer.at).status_code == 410


def is_set_up(one):
    one.press(one.owner, "choose_instrument", instrument=Instrument.objects.get(slug="subsidy").pk)
    day = (clock.today() + timedelta(days=14)).isoformat()
    one.press(one.owner, "take_preset", start_date=day, size="small")
    assert sum(c.weight for c in one.challenge.criteria.all()) == 100


def is_approved(one, mailbox):
    """The holder of the budget gets a code by mail, reads everything, and approves without an account."""
    one.press(one.owner, "ask_approval", name="Mila Holder", job="Alderman", email=MILA)
    mail = mails_with(mailbox, MILA, "/approvals/")[0]
    text = mail.get_body(("plain",)).get_content()
    holder = Visitor().open(next(a for a in links_in(mail) if "/approvals/" in a))
    assert not holder.reads("no neighbours")
    code = re.search(r"\d{4} \d{4}", text).group()
    holder._arrived(holder.client.post(holder.at, {"code": code}, follow=True))
    assert holder.reads("no neighbours")
    said = {"answer": "yes", "number": "2026-12", "decided_date": clock.today().isoformat()}
    said["version"] = one.challenge.version
    holder._arrived(holder.client.post(holder.at, said))
    assert one.challenge.state == "approved"


def test_five_fields_become_a_public_challenge(settings, worker, mailbox, cleo, noor, lekstede):
    settings.TAKE_BACK_SECONDS = 0
    colleague = make.member(lekstede, "editor", "Sam Colleague")
    one = Bringing(noor, cleo)
    brings(one, lekstede)
    assert mails_with(mailbox, noor, "/challenges/")
    is_filled_in(one, colleague)
    is_answered(one, mailbox)
    is_set_up(one)
    stranger = Visitor()
    assert stranger.client.get(one.challenge.get_absolute_url()).status_code == 404
    is_approved(one, mailbox)
    opens = (clock.today() + timedelta(days=14)).isoformat()
    one.press(one.coordinator, "schedule", publish_date=opens)
    Challenge.objects.update(publish_at=clock.now())
    make_due_moves()
    stranger.open(one.challenge.get_absolute_url())
    assert stranger.reads("no neighbours")
    occasions = list(one.challenge.versions.order_by("number").values_list("occasion", flat=True))
    assert occasions == ["submit", "approve", "publish"]
