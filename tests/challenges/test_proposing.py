"""The jury lays down its report and proposes: within the envelope, with a reason for every entry."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from challenges.lifecycle import judging, proposing
from challenges.models import Finding
from factory.journal.models import Event
from factory.moves import Missing
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Three entries, and a chair who deliberates."""
    made = contest.contest("consensus", entrants=[make.organisation() for _ in range(3)])
    seats = contest.juror(made.challenge, "Carla Chair", chairs=True), contest.juror(made.challenge)
    made.chair, made.juror = (seat.person for seat in seats)
    for seat in seats:
        contest.declare(made.challenge, seat)
    return made


def page(made, move="propose"):
    return reverse("challenges:move", args=[made.challenge.slug, move])


def said(made, *cents, reserve=(), **rest):
    """The form as the chair fills it in: the amounts by entry, and the reserve in order."""
    data = {"report": "We read everything twice.", "no_award": "", "token": "t"}
    for number, entry in enumerate(made.entries):
        data |= {f"{word}_{entry.pk}": f"{word} {number}" for word in ("strong", "weak", "reason")}
        data[f"cents_{entry.pk}"] = cents[number] if number < len(cents) else ""
        data[f"place_{entry.pk}"] = reserve.index(number) + 1 if number in reserve else ""
    return data | rest


def test_the_chair_proposes_two_awards_and_a_reserve(client, made):
    sign_in(client, made.chair)
    answer = client.post(page(made), said(made, "75000", "25.000", reserve=[2]))
    assert answer.status_code == 302, answer.context["form"].errors
    made.challenge.refresh_from_db()
    assert made.challenge.state == "proposed"
    assert made.challenge.committed_cents == 10_000_000
    assert [f.cents for f in made.challenge.findings.all()] == [7_500_000, 2_500_000, None]
    assert Finding.objects.get(place=1).entry == made.entries[2]
    text = client.get(answer.url).content.decode()
    assert "weak 2" in text
    assert "€\xa075.000" in text


def test_75_and_30_of_100_is_refused_and_the_words_stay(client, made):
    sign_in(client, made.chair)
    answer = client.post(page(made), said(made, "75000", "30000"))
    assert answer.status_code == 422
    assert "€\xa05.000" in answer.content.decode()
    assert "weak 2" in answer.content.decode()
    made.challenge.refresh_from_db()
    assert (made.challenge.state, made.challenge.committed_cents) == ("consensus", 0)


@pytest.mark.parametrize(
    ("cents", "changes", "field"),
    [
        ((), {}, "no_award"),
        (("100",), {"no_award": "Nobody convinced us."}, "no_award"),
        (("100",), {"report": ""}, "report"),
        (("100",), {"strong": ""}, "strong"),
        (("100",), {"place": "1"}, "place"),
    ],
)
def test_half_a_proposal_is_refused(client, made, cents, changes, field):
    first = made.entries[0].pk
    named = {f"{n}_{first}" if n in ("strong", "place") else n: v for n, v in changes.items()}
    sign_in(client, made.chair)
    answer = client.post(page(made), said(made, *cents, **named))
    assert answer.status_code == 422
    assert {field, f"{field}_{first}"} & answer.context["form"].errors.keys()


@pytest.mark.parametrize(
    ("outcome", "cents", "place", "wrong"),
    [
        ("award", "", "", "cents"),
        ("award", "100", "1", "place"),
        ("reserve", "", "", "place"),
        ("reserve", "100", "1", "cents"),
        ("none", "100", "", "cents"),
        ("none", "", "1", "place"),
        ("elsewhere", "", "", "outcome"),
    ],
)
@pytest.mark.parametrize("move", ["propose", "note_findings"])
def test_what_is_filled_in_belongs_to_the_outcome(client, made, move, outcome, cents, place, wrong):
    first = made.entries[0].pk
    typed = {f"outcome_{first}": outcome, f"cents_{first}": cents, f"place_{first}": place}
    sign_in(client, made.chair)
    answer = client.post(page(made, move), said(made, "", "100") | typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {f"{wrong}_{first}"}
    assert not Finding.objects.exists()


def test_an_outcome_that_goes_with_what_is_filled_in_is_kept(client, made):
    chosen = zip(made.entries, ["award", "reserve", "none"], strict=True)
    outcomes = {f"outcome_{entry.pk}": one for entry, one in chosen}
    sign_in(client, made.chair)
    kept = said(made, "75000", reserve=[1]) | outcomes
    assert client.post(page(made, "note_findings"), kept).status_code == 302
    blocks = client.get(page(made)).context["form"].blocks
    assert [block.outcome.value() for block in blocks] == ["award", "reserve", "none"]
    assert client.get(page(made)).context["form"].together() == "75.000"


def folds(answer):
    """Of each entry whether its words stand open, and how many are written."""
    return [(block.is_open, block.written) for block in answer.context["form"].blocks]


def test_words_are_folded_but_for_what_is_chosen_and_what_is_not_right(client, made):
    sign_in(client, made.chair)
    assert folds(client.get(page(made))) == [(False, 0)] * 3
    first, _second, third = (entry.pk for entry in made.entries)
    half = said(made, "75000", reserve=[1]) | {f"weak_{first}": "", f"weak_{third}": ""}
    client.post(page(made, "note_findings"), half)
    answer = client.get(page(made))
    assert folds(answer) == [(True, 2), (False, 3), (False, 2)]
    assertContains(answer, '<details class="verdict__words" open>', 1)
    wrong = client.post(page(made), half | {"token": "u"})
    assert folds(wrong) == [(True, 2), (False, 3), (True, 2)]
    assertContains(
        wrong, "Inzending 3: hier staat nog niets.", status_code=422
    )  # in the fold, which is open
    assertContains(wrong, "strong 2", status_code=422)  # folded or not, what was typed is there


def test_who_has_no_words_at_all_is_told_so_once_and_stays_folded(client, made):
    sign_in(client, made.chair)
    none = {f"{word}_{made.entries[2].pk}": "" for word in ("strong", "weak", "reason")}
    answer = client.post(page(made), said(made, "75000") | none)
    assert set(answer.context["form"].errors) == {f"outcome_{made.entries[2].pk}"}
    assert folds(answer)[2] == (False, 0)
    assertContains(answer, "Inzending 3: De redenen ontbreken nog.", 1, status_code=422)


class AtLeastSix(contest.Contest):
    """A challenge that said beforehand that impact needs a 6."""

    def bring(self):
        super().bring()
        self.challenge.criteria.filter(title="Impact").update(minimum=6)


@pytest.fixture
def under():
    """Three entries, of which the second stays under the minimum for impact."""
    houses = [make.organisation() for _ in range(3)]
    made = AtLeastSix("consensus", None, houses, "subsidy", contest.CRITERIA, {})
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True).person
    impact = made.challenge.criteria.get(title="Impact")
    marks = {impact: (5, "Nobody would notice.")}
    judging.agree(made.challenge, by=made.cleo, entry=made.entries[1], agreed=marks)
    return made


@pytest.mark.parametrize(
    ("cents", "reserve", "refused"),
    [(["75000", "25000"], [], True), (["75000"], [1], True), (["75000"], [2], False)],
)
def test_who_stays_below_a_minimum_gets_no_award_and_no_place(
    client, under, cents, reserve, refused
):
    sign_in(client, under.chair)
    answer = client.post(page(under), said(under, *cents, reserve=reserve))
    assert answer.status_code == (422 if refused else 302)
    if refused:
        assert set(answer.context["form"].errors) == {f"outcome_{under.entries[1].pk}"}
        assertContains(answer, "Onder het minimum voor Impact", 1, status_code=422)


def test_the_move_itself_refuses_who_stays_below_a_minimum(under):
    first, second, third = under.entries
    told = {"report": "Read.", "findings": contest.findings(under.entries)}
    for awards, reserve in (([(second, 100)], []), ([(first, 100)], [second])):
        with pytest.raises(Missing, match="Impact"):
            proposing.propose(
                under.challenge, by=under.cleo, awards=awards, reserve=reserve, **told
            )
    proposing.propose(
        under.challenge, by=under.cleo, awards=[(first, 100)], reserve=[third], **told
    )


def test_the_chair_sees_beside_each_entry_where_it_stands(client, under):
    sign_in(client, under.chair)
    stands = [block.stands.rank for block in client.get(page(under)).context["form"].blocks]
    assert stands == [1, None, 1]
    assertContains(client.get(page(under)), "nummer 1 met 7,00", 2)


def test_no_award_is_a_proposal_too(client, made):
    sign_in(client, made.chair)
    assert client.post(page(made), said(made, no_award="Nobody convinced us.")).status_code == 302
    made.challenge.refresh_from_db()
    assert made.challenge.proposal.no_award == "Nobody convinced us."
    assert made.challenge.reason == ""  # not public yet


def test_the_chair_writes_half_and_goes_on_later(client, made):
    sign_in(client, made.chair)
    half = said(made, "75000") | {f"weak_{made.entries[1].pk}": "", "report": ""}
    assert client.post(page(made, "note_findings"), half).status_code == 302
    form = client.get(page(made)).context["form"]
    assert form[f"strong_{made.entries[1].pk}"].value() == "strong 1"
    assert form[f"cents_{made.entries[0].pk}"].value() == "75000"
    said_in_journal = Event.objects.about(made.challenge).last().details
    assert said_in_journal == {}


def test_a_juror_reads_the_page_and_does_not_propose(client, made):
    sign_in(client, made.juror)
    assert client.get(reverse("challenges:deciding", args=[made.challenge.slug])).status_code == 200
    assert client.get(page(made)).status_code == 403


def test_an_entrant_sees_nothing_of_it(client, made):
    sign_in(client, made.entries[0].contact)
    for name in ("deciding", "report", "report_pdf"):
        assert (
            client.get(reverse(f"challenges:{name}", args=[made.challenge.slug])).status_code == 404
        )


def test_the_report_is_a_page_and_a_tagged_pdf(client, made):
    sign_in(client, made.chair)
    client.post(page(made), said(made, "75000", "25000", reserve=[2]))
    text = client.get(reverse("challenges:report", args=[made.challenge.slug])).content.decode()
    assert "We read everything twice." in text
    assert "Carla Chair" in text
    answer = client.get(reverse("challenges:report_pdf", args=[made.challenge.slug]))
    assert answer["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in answer.content
