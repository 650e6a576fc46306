"""Answers, budget lines, partners and the copy without names: kept while typing, checked, sent in, shown."""

import json

import pytest
from django.urls import reverse

from challenges.lifecycle import entry as entries
from challenges.models import Entry, FormQuestion, Submission
from challenges.papers.bundle import jury_bundle
from challenges.scoring import of_the_entrants
from factory.moves import Missing
from tests import contest, make
from tests.challenges.test_attachments import attach
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Ride along",
    "summary": "Volunteers drive.",
    "plan": "Three thousand rides.",
    "amount_cents": "50.000",
    "budget0-label": "Two cars",
    "budget0-cents": "40.000",
    "budget2-label": "People",
    "budget2-cents": "10.000,00",
    "own_share": "60",
    "partner0-name": "buurtbus BV",
    "partner0-share": "30",
    "partner1-name": "A club that nobody knows",
    "partner1-share": "10",
}


@pytest.fixture
def bus():
    return make.organisation("Buurtbus BV")


@pytest.fixture
def question():
    """The question of an open challenge: at most six words."""
    made = contest.contest("shaping")
    asked = FormQuestion.objects.create(
        challenge=made.challenge, text="Who drives?", help="Say it in short.", most_words=6
    )
    made.ago = contest.LATER
    for step in ("approve", "schedule", "publish"):
        getattr(made, step)()
    return asked


@pytest.fixture
def entry(question, broodnodig, bus):
    question.challenge.refresh_from_db()
    return contest.entry(question.challenge, broodnodig, "draft")


@pytest.fixture
def signed_in(client, ada, broodnodig):
    return sign_in(client, ada)


def send_in(client, entry, move="submit", **typed):
    entry.refresh_from_db()
    words = {name: text for name, text in {**WORDS, **typed}.items() if text is not None}
    address = reverse(f"challenges:entry_{move}", args=[entry.pk])
    return client.post(address, {**words, "page": "a", "seen": entry.version, "token": "t"})


def test_everything_is_sent_in_and_stands_in_the_receipt(signed_in, entry, question, bus):
    answer = send_in(signed_in, entry, **{f"answer-{question.pk}": "Six people of the same street"})
    said = json.loads(Submission.objects.get().said)
    assert said["budget"] == [
        {"label": "Two cars", "cents": 4_000_000},
        {"label": "People", "cents": 1_000_000},
    ]
    assert said["partners"][0] == {"name": "Buurtbus BV", "share": 30, "organisation": bus.pk}
    assert said["partners"][1]["organisation"] is None
    assert said["answers"][0]["asked"] == "Who drives?"
    assert said["own_share"] == 60
    for address in (answer.url, entry.get_absolute_url()):
        page = signed_in.get(address).content.decode()
        for words in ("Two cars", "Buurtbus BV", "A club that nobody", "Six people", "Who drives?"):
            assert words in page
    entry.refresh_from_db()
    assert [row.organisation for row in entry.with_partners.all()] == [bus]


def test_what_is_typed_in_the_parts_is_kept(signed_in, entry, question):
    half = {f"answer-{question.pk}": "One two three four five six seven", "budget0-cents": "4,"}
    assert send_in(signed_in, entry, "write", **half).status_code == 302
    page = signed_in.get(reverse("challenges:entry_write", args=[entry.pk])).content.decode()
    for words in ("six seven", 'value="4,"', "buurtbus BV", 'data-unit="words"', 'data-most="6"'):
        assert words in page
    page = signed_in.get(entry.get_absolute_url()).content.decode()
    assert "six seven" in page
    assert "A club that nobody knows" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"answer": "One two three four five six seven"}, "Dit zijn 7 woorden; hoogstens 6"),
        ({"answer": ""}, "Who drives?"),
        ({"budget0-cents": "39.000"}, "zijn samen"),
        ({"budget1-label": "Half a line"}, "Vul beide in, of geen van beide"),
        ({"partner0-share": "31"}, "samen 101 procent"),
        ({"own_share": ""}, "welk aandeel van jullie is"),
        ({"partner1-name": "Buurtbus bv"}, "staat er al"),
        ({"partner1-name": "Broodnodig"}, "staat er al"),
    ],
)
def test_what_is_not_right_is_told_and_nothing_is_lost(signed_in, entry, question, typed, told):
    words = {f"answer-{question.pk}": "Six people", **typed}
    if "answer" in words:
        words[f"answer-{question.pk}"] = words.pop("answer")
    answer = send_in(signed_in, entry, **words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "A club that nobody knows" in page or "partner1-name" in typed
    assert not Submission.objects.exists()


def test_two_colleagues_see_each_others_lines(signed_in, entry, question):
    send_in(signed_in, entry, "write", **{"budget0-label": "Three cars"})
    address = reverse("challenges:entry_write", args=[entry.pk])
    answer = signed_in.post(address, {**WORDS, "page": "b", "seen": entry.version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Three cars" in page
    assert "Two cars" in page


def test_a_required_answer_is_asked_for_however_it_is_sent_in(entry, question):
    with pytest.raises(Missing):
        entries.submit(entry, by=entry.contact)
    said = [{"question": question.pk, "asked": "Who drives?", "answer": "We do"}]
    entries.submit(entry, by=entry.contact, answers=said)
    assert Entry.objects.get().answers == said


class TestWithoutNames:
    """Where the jury reads without names."""

    @pytest.fixture
    def entry(self, broodnodig):
        return contest.entry(contest.challenge("open", disclosure="anonymous"), broodnodig, "draft")

    def test_a_copy_without_names_is_asked_for_and_holds_none(self, signed_in, entry):
        assert send_in(signed_in, entry).status_code == 422
        told = send_in(signed_in, entry, blind="We of BROODNODIG drive.").content.decode()
        assert "Laat de naam “Broodnodig” weg" in told
        assert send_in(signed_in, entry, blind="We drive.", title="Buurtbus bv").status_code == 422
        assert send_in(signed_in, entry, blind="We drive.").status_code == 302

    def test_the_jury_reads_that_copy_alone(self, client):
        made = contest.contest("scoring", disclosure="anonymous")
        one = made.entries[0]
        seat = contest.juror(made.challenge)
        assessment = contest.assessment(one, seat)
        page = sign_in(client, seat.person).get(assessment.get_absolute_url()).content.decode()
        assert "without saying who we are" in page
        for words in (one.summary, one.plan, one.organisation.name):
            assert words not in page
        paper = str(jury_bundle(made.challenge, [one], is_anonymous=True).parts)
        assert "without saying who we are" in paper
        assert one.plan not in paper


def test_the_jury_reads_the_parts_and_partners_do_not_judge(bus):
    made = contest.contest("open")
    parts = {
        "own_share": 70,
        "partners": [{"name": "Buurtbus BV", "share": 30, "organisation": bus.pk}],
        "budget": [{"label": "Two cars", "cents": 5_000_000}],
    }
    contest.entry(made.challenge, **parts)
    one = Entry.objects.get()
    seat = contest.juror(made.challenge)
    driver = contest.juror(made.challenge, "Dora Driver")
    bus.memberships.create(person=driver.person, role="viewer", confirmed_at=seat.asked_at)
    assert of_the_entrants([seat, driver], [one]) == {(driver.pk, one.pk)}
    paper = str(jury_bundle(made.challenge, [one], is_anonymous=False).parts)
    assert "Two cars" in paper
    assert "30%" in paper


@pytest.mark.parametrize("number", [1, 8])
def test_the_pages_ask_the_same_whatever_an_entry_holds(
    client, ada, broodnodig, cleo, number, django_assert_max_num_queries
):
    made = contest.contest("shaping")
    for n in range(number):
        FormQuestion.objects.create(challenge=made.challenge, text=f"Q{n}?", most_words=9)
    made.ago = contest.LATER
    for step in ("approve", "schedule", "publish"):
        getattr(made, step)()
    asked = made.challenge.questions_asked.all()
    facts = {
        "answers": [{"question": q.pk, "asked": q.text, "answer": "Yes"} for q in asked],
        "budget": [{"label": f"L{n}", "cents": 5_000_000 // number} for n in range(number)],
        "own_share": 50,
        "partners": [{"name": f"P{n}", "share": 5, "organisation": None} for n in range(number)],
    }
    entry = contest.entry(made.challenge, broodnodig, "draft", **facts)
    for n in range(number):
        attach(entry, f"f{n}.png", f"#0000{n:02}")
    entries.submit(entry, by=entry.contact)
    sign_in(client, ada)
    for name in ("entry", "entry_write"):
        with django_assert_max_num_queries(18):
            page = client.get(reverse(f"challenges:{name}", args=[entry.pk])).content.decode()
        assert f"f{number - 1}.jpg" in page
        assert f"P{number - 1}" in page


@pytest.mark.parametrize("number", [1, 5])
def test_the_check_says_the_same_of_all_with_as_many_queries(
    client, number, django_assert_max_num_queries
):
    made = contest.contest("checking", entrants=[make.organisation() for _n in range(number)])
    sign_in(client, made.cleo)
    address = reverse("challenges:check", args=[made.challenge.slug])
    client.get(address)
    with django_assert_max_num_queries(14):
        page = client.get(address).content.decode()
    assert page.count("€\u00a050.000") >= number
