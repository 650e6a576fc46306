"""A coordinator brings partners in a sheet: first a look at every line, then each of them once."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factory.journal.models import Event
from factory.sheets import Column, as_xlsx
from partners.imports.entering import Enterer, start
from partners.imports.reading import Reader, bring
from partners.models import Import, ImportLine, Organisation
from tests import make
from tests.staff import at_the_desk

HEAD = "Naam;Soort;Gemeente;Missie;Website;KvK-nummer;Telefoonnummer;Sectoren;Werkt in;Onbekend"
GOOD = (
    "De Zon;sociale onderneming;Utrecht;Licht voor iedereen;dezon.example;1234567;030 555 01 24;"
    "catering, cleaning;Utrecht;x"
)
ADD = reverse("admin:partners_import_add")


def sheet(*lines, head=HEAD):
    return "\n".join([head, *lines]).encode()


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


def looked_at(by, *lines, head=HEAD):
    batch = bring(sheet(*lines, head=head), "partners.csv", by=by, language="nl")
    Reader(batch.pk).run()
    batch.refresh_from_db()
    return batch


def brought_in(batch, by, doubtful_too=False):
    start(batch, by=by, doubtful_too=doubtful_too)
    Enterer(batch.pk).run()
    batch.refresh_from_db()
    return batch


def said(batch):
    """``{line: {(column, words)}}`` of what was remarked."""
    return {
        line.number: {(row["column"], row["words"]) for row in line.remarks}
        for line in batch.lines.all()
    }


def verdicts(batch):
    return [line.verdict for line in batch.lines.all()]


# Looking


def test_a_good_line_is_new_and_its_words_are_understood(cleo):
    batch = looked_at(cleo, GOOD)
    (line,) = batch.lines.all()
    assert (batch.status, line.verdict, line.remarks) == ("checked", "new", [])
    facts = line.facts
    assert facts["kvk"] == "01234567"  # Excel ate the nought
    assert facts["website"] == "https://dezon.example"
    assert facts["kind"] == "enterprise"
    assert facts["region"] == make.region("Utrecht").pk
    assert len(facts["sectors"]) == 2
    assert not Organisation.objects.filter(name="De Zon").exists()


WRONG = [
    (";sociale onderneming;Utrecht", "Naam", "ingevuld"),
    ("Zon;iets;Utrecht", "Soort", "“iets”"),
    ("Zon;enterprise;Atlantis", "Gemeente", "“Atlantis”"),
    ("Zon;enterprise;Bergen", "Gemeente", "meer dan één"),
    ("Zon;enterprise;Utrecht;;geen adres", "Website", "geldig"),
    ("Zon;enterprise;Utrecht;;;123", "KvK-nummer", "8 cijfers"),
    ("Zon;enterprise;Utrecht;;;;bel me", "Telefoonnummer", "cijfers"),
    ("Zon;enterprise;Utrecht;;;;;toveren", "Sectoren", "“toveren”"),
    ("Zon;enterprise;Utrecht;;;;;;Atlantis", "Werkt in", "“Atlantis”"),
    (f"Zon;enterprise;Utrecht;{'x' * 281}", "Missie", "280"),
    ("Zo\u202en;enterprise;Utrecht", "Naam", "teken"),
]


@pytest.mark.parametrize(("line", "column", "words"), WRONG)
def test_what_is_wrong_is_said_by_line_and_column(cleo, line, column, words):
    batch = looked_at(cleo, GOOD, line)
    ((found, reason),) = said(batch)[3]
    assert found == column
    assert words in reason
    assert verdicts(batch) == ["new", "wrong"]


def test_every_error_of_a_line_is_shown_not_only_the_first(cleo):
    batch = looked_at(cleo, ";iets;Atlantis;;;12")
    assert {column for column, _words in said(batch)[2]} == {
        "Naam", "Soort", "Gemeente", "KvK-nummer",
    }  # fmt: skip


def test_who_is_here_already_is_named(cleo):
    known = make.organisation("De Zon", kvk="01234567")
    make.organisation("Bakkerij Het Gouden Graan", website="https://www.graan.example/over")
    batch = looked_at(
        cleo,
        "Iets anders;enterprise;Zeist;;;01234567",
        "de zon;enterprise;Utrecht",
        "Bakkerij Het Gouden Graan;enterprise;Zeist",
        "Molen;enterprise;Zeist;;http://graan.example",
        "Heel iets anders;enterprise;Zeist",
    )
    assert verdicts(batch) == ["here", "here", "doubtful", "doubtful", "new"]
    assert batch.lines.first().remarks[0]["pk"] == known.pk


def test_a_number_beside_the_main_one_is_known_too(cleo):
    known = make.organisation("De Zon", kvk="01234567")
    known.kvk_numbers.create(number="87654321")
    batch = looked_at(cleo, "Iets anders;enterprise;Zeist;;;87654321")
    assert verdicts(batch) == ["here"]


def test_lines_that_are_the_same_point_at_each_other(cleo):
    batch = looked_at(
        cleo,
        "Zon;enterprise;Utrecht;;zon.example;12345678",
        "Maan;enterprise;Utrecht;;;12345678",
        "ZON;enterprise;Utrecht",
        "Ster;enterprise;Utrecht;;https://www.zon.example/x",
    )
    assert verdicts(batch) == ["new", "wrong", "wrong", "doubtful"]
    assert "regel 2" in str(said(batch)[3])


def test_xlsx_and_an_english_head_are_understood(cleo):
    rows = [["Municipality", "Name", "Kind"], ["Utrecht", "Zon", "Social enterprise"]]
    columns = [Column(rows[0][n], lambda row, n=n: row[n]) for n in range(3)]
    batch = bring(as_xlsx(columns, rows[1:]).read(), "p.xlsx", by=cleo, language="en")
    Reader(batch.pk).run()
    assert verdicts(batch) == ["new"]


def test_the_sheet_itself_is_gone_once_its_lines_are_there(cleo):
    batch = looked_at(cleo, GOOD)
    assert batch.content is None
    assert batch.lines.get().cells[0] == "De Zon"


# Bringing in


def test_what_is_new_comes_in_through_the_move_with_its_journal(cleo):
    batch = brought_in(looked_at(cleo, GOOD, ";;"), cleo)
    zon = Organisation.objects.get(name="De Zon")
    assert (batch.status, batch.done) == ("done", 1)
    event = Event.objects.about(zon).get()
    assert (event.verb, event.actor, event.to_state) == ("organisation.enter", cleo, zon.state)
    assert event.hash == event.computed_hash()
    assert zon.slug == "de-zon"
    assert zon.province.code == "PV26"
    assert zon.sectors.count() == 2
    assert [place.code for place in zon.works_in.all()] == ["PV26"]
    assert batch.lines.get(verdict="entered").organisation == zon


def test_what_looks_like_somebody_comes_in_only_when_asked(cleo):
    make.organisation("Bakkerij Het Gouden Graan", place="Zeist")
    line = "Bakkerij Het Gouden Graan;enterprise;Utrecht"
    assert brought_in(looked_at(cleo, line), cleo).lines.get().organisation is None
    assert brought_in(looked_at(cleo, line), cleo, doubtful_too=True).lines.get().organisation


def test_two_of_one_name_get_each_their_own_address(cleo):
    batch = looked_at(
        cleo, "Zon;enterprise;Utrecht", "Zon;enterprise;Zeist", "New;enterprise;Zeist"
    )
    brought_in(batch, cleo, doubtful_too=True)
    slugs = {line.organisation.slug for line in batch.lines.select_related("organisation")}
    assert len(slugs) == 3
    assert "zon" in slugs
    assert "new" not in slugs  # that page has another meaning


def test_who_came_in_the_meantime_is_not_entered_again(cleo):
    batch = looked_at(cleo, GOOD)
    make.organisation("Iemand anders", kvk="01234567")
    assert brought_in(batch, cleo).lines.get().verdict == "here"


def test_a_second_press_and_a_second_worker_enter_nothing_twice(cleo):
    batch = brought_in(looked_at(cleo, GOOD), cleo)
    assert not start(batch, by=cleo, doubtful_too=True)
    Enterer(batch.pk).run()
    assert Organisation.objects.filter(name="De Zon").count() == 1


def test_a_worker_that_is_killed_leaves_nothing_half(cleo, monkeypatch):
    monkeypatch.setattr("partners.imports.entering.A_CHUNK", 2)
    batch = looked_at(cleo, *(f"Partner {word};enterprise;Utrecht" for word in "abcde"))
    ImportLine.objects.filter(batch=batch, verdict="doubtful").update(verdict="new")
    start(batch, by=cleo, doubtful_too=False)
    Enterer(batch.pk).step()
    assert Organisation.objects.filter(name__startswith="Partner ").count() == 2
    Enterer(batch.pk).run()  # another worker takes over
    batch.refresh_from_db()
    assert (batch.status, batch.done) == ("done", 5)
    assert Organisation.objects.filter(name__startswith="Partner ").count() == 5


def test_who_is_no_coordinator_any_more_brings_nobody_in(cleo):
    batch = looked_at(cleo, GOOD)
    start(batch, by=cleo, doubtful_too=False)
    type(cleo).objects.filter(pk=cleo.pk).update(is_staff=False)
    Enterer(batch.pk).run()
    batch.refresh_from_db()
    assert (batch.status, batch.lines.get().organisation) == ("checked", None)
    assert "verbinder" in batch.trouble


def test_looking_and_entering_cost_as_much_for_fifty_lines_as_for_three(cleo):
    def cost(word, n):
        with CaptureQueriesContext(connection) as found:
            batch = looked_at(cleo, *(f"{word}{i * 7919};enterprise;Utrecht" for i in range(n)))
            brought_in(batch, cleo, doubtful_too=True)
        return len(found)

    assert cost("aap", 3) == cost("noot", 50)


# What the database holds


def test_the_database_knows_what_an_import_can_be(cleo):
    batch = looked_at(cleo, GOOD)
    for rows, values in (
        (Import.objects.filter(pk=batch.pk), {"status": "odd"}),
        (Import.objects.filter(pk=batch.pk), {"done": 5, "total": 4}),
        (batch.lines.all(), {"verdict": "odd"}),
        (batch.lines.all(), {"verdict": "entered"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    batch.lines.update(verdict="new")


def test_one_line_is_there_once(cleo):
    batch = looked_at(cleo, GOOD)
    with pytest.raises(IntegrityError, match="import_line_once"), transaction.atomic():
        ImportLine.objects.create(batch=batch, number=2)
    ImportLine.objects.create(batch=batch, number=3)
