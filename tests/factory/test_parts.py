"""The parts of a page, and the words for amounts, dates and numbers."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from factory.templatetags import charts, links, parts, words


class Baker:
    """An organisation as the parts see it."""

    name = "Bröd & <Co>"
    sector_shape = "sociaal"

    def get_kind_display(self):
        return "Social enterprise"

    def get_absolute_url(self):
        return "/partners/brod/"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def drawn(template, path="/", **context):
    context["request"] = RequestFactory().get(path)
    return Template("{% load parts %}" + template).render(Context(context))


def test_a_party_is_shape_name_and_kind():
    html = parts.party(Baker())
    assert 'shape--sociaal" aria-hidden="true"' in html
    assert "<b>Bröd &amp; &lt;Co&gt;</b>" in html
    assert '<span class="party__kind">Social enterprise</span>' in html


def test_a_party_can_be_a_link_with_a_note():
    html = parts.party(Baker(), link=True, note="yours")
    assert '<a href="/partners/brod/">' in html
    assert "Social enterprise · yours" in html


def test_a_hidden_party_has_a_shape_but_no_name():
    html = parts.party(kind="Municipality", shape="overheid")
    assert "<b>" not in html
    assert "Municipality" in html


def test_an_unknown_sector_is_drawn_as_the_square():
    assert "shape--overheid" in parts.shape('x" onload="')


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Fatima el Ouali", "FO"), ("Noor", "N"), ("", ""), ("Jan-Piet de Wit", "JW")],
)
def test_a_person_has_initials(name, initials):
    assert f'aria-hidden="true">{initials}</span>' in parts.person(
        SimpleNamespace(name=name) if name else ""
    )


def test_a_match_state_is_words_and_a_glyph():
    assert "glyph" in parts.state("agreed", "Agreed")
    assert "glyph" not in parts.state("lapsed", "Lapsed")
    assert "Lapsed" in parts.state("lapsed", "Lapsed")


def test_a_pill_is_always_a_word_and_an_icon():
    html = parts.pill("open", "Open", "ring")
    assert "state--open" in html
    assert "<svg" in html
    assert "Open" in html


def test_an_unknown_icon_is_a_mistake_that_shows():
    with pytest.raises(KeyError):
        parts.icon("unicorn")


def test_a_button_with_an_address_is_a_link_and_without_one_it_submits():
    assert parts.button("Go", "/x/").startswith("<a ")
    html = parts.button("Send", name="answer", value="no", hx_get="/x/")
    assert html.startswith('<button type="submit"')
    assert 'name="answer" value="no" hx-get="/x/"' in html


@pytest.mark.parametrize(
    ("kind", "look"),
    [("primary", "--primary-action"), ("secondary", "--secondary-action"), ("subtle", "--subtle")],
)
def test_a_button_has_a_rank(kind, look):
    assert look in parts.button("Go", "/", kind=kind)
    assert "--danger" in parts.button("Take down", kind="danger", icon="x")


def test_reasons_come_before_what_to_mind():
    html = parts.foryou("Why", ["It fits."], but=["far"])
    assert html.index("It fits.") < html.index('<li class="is-but"><b>Note:</b> far')


def test_reasons_are_harmless():
    assert "<script>" not in parts.reasons(["<script>"])


def test_each_chosen_filter_takes_itself_away():
    html = parts.tags([{"url": "?b=1", "label": "Food"}])
    assert '<a href="?b=1">Food <span class="vh">remove</span>' in html
    assert parts.tags([]) == ""


def test_steps_say_where_we_are():
    html = parts.steps([
        {"state": "done", "text": "Posted", "note": "Monday"},
        {"state": "now", "text": "Choose", "url": "/choose/"},
    ])  # fmt: skip
    assert '<li class="is-done"><span>Posted</span><small>Monday</small></li>' in html
    assert '<li class="is-now" aria-current="step"><span><a href="/choose/">' in html


def test_figures_carry_their_words():
    assert "<dt>matches</dt><dd>412</dd>" in parts.stats([(412, "matches")])


def test_boxes_take_a_title_and_what_stands_in_them():
    html = drawn(
        '{% panel "Short" %}<p>a</p>{% endpanel %}{% next "Now" %}<p>b</p>{% endnext %}'
        '{% nothing "None" level=3 %}<p>c</p>{% endnothing %}{% qa "Why?" opened=True %}d{% endqa %}'
    )
    assert '<section class="panel"><h2 class="h-small">Short</h2><p>a</p></section>' in html
    assert '<section class="next"><h2 class="next__title">Now</h2>' in html
    assert '<section class="empty"><h3 class="h-small">None</h3>' in html
    assert "<details open><summary>Why?</summary><div>d</div></details>" in html


def test_a_roomy_panel_and_one_without_a_title():
    assert "panel--roomy" in drawn('{% panel "Wide" roomy=True %}x{% endpanel %}')
    assert drawn("{% panel %}x{% endpanel %}") == '<section class="panel">x</section>'


def test_who_sees_stands_in_words():
    assert "<b>Who sees this?</b> Everybody." in parts.who_sees("Everybody.")


def test_the_coordinator_is_named_with_phone_and_answer_time():
    who = {"name": "Cleo", "phone": "030 1", "email": "c@x.nl", "answer_time": "Soon"}
    html = drawn("{% coordinator_box %}", coordinator=who)
    assert 'href="tel:0301"' in html
    assert "Soon" in html
    assert drawn("{% coordinator_box %}").strip() == ""


def test_crumbs_begin_at_home_and_end_here():
    html = links.crumbs("Market", "/en/market/", "Lunch")
    assert '<a href="/en/">Home</a>' in html
    assert '<span aria-current="page">Lunch</span>' in html


def test_pages_keep_the_rest_of_the_query():
    page = Paginator(range(200), 20).get_page(4)
    html = drawn("{% pages page %}", path="/?q=soup&q=bread&page=4", page=page)
    assert "?q=soup&amp;q=bread&amp;page=5" in html
    assert 'aria-current="page"><span class="vh">Page </span>4<' in html
    assert "…" in html


def test_one_page_needs_no_pages():
    page = Paginator(range(3), 20).get_page(1)
    assert drawn("{% pages page %}", page=page).strip() == ""


def test_a_query_can_lose_a_value():
    assert drawn('{% query q=None sort="new" %}', path="/?q=a&b=1") == "?b=1&amp;sort=new"


def test_bars_are_drawn_and_told_in_a_table():
    rows = [{"label": "2025", "value": 100_00}, {"label": "2026", "value": 200_00}]
    html = drawn('{% bar_chart rows title="Per year" unit="euro" %}', rows=rows)
    assert 'role="img" aria-label="Per year"' in html
    assert html.count("c-solid") == html.count('<td class="n">') == 2


def test_amounts_that_are_kept_apart_have_a_bar_each():
    cell = {"number": 3, "cents": 100_00}
    row = {"label": "2025", "cells": {"estimated": cell, "agreed": None, "realised": cell}}
    measures = [{"code": code, "label": code.title()} for code in row["cells"]]
    html = drawn('{% measure_chart rows measures title="Apart" %}', rows=[row], measures=measures)
    assert html.count('class="c-hatch"') == html.count('class="c-solid"') == 1
    assert "c-faint" not in html
    assert html.count('<td class="n">…</td>') == 2


def test_the_steps_of_a_path_are_faint_but_the_last():
    rows = [{"label": "Suggested", "value": 12_000}, {"label": "Delivered", "value": 0}]
    html = drawn('{% bar_chart rows title="Path" strong_last=True %}', rows=rows)
    assert html.count("c-faint") == 1
    assert html.count("c-solid") == 1
    assert "<defs>" not in html


def test_a_chart_of_nothing_is_an_open_table():
    assert "<details open>" in drawn('{% bar_chart rows title="None" %}', rows=[])


def test_provinces_are_squares_with_circles():
    rows = [
        {"code": "PV26", "name": "Utrecht", "value": 9},
        {"code": "PV29", "name": "Zeeland", "value": 0},
        {"code": "XX", "name": "Elsewhere", "value": 3},
    ]
    html = drawn('{% province_map rows title="Map" figures="Matches" %}', rows=rows)
    assert html.count("c-square") == 2
    assert html.count("c-circle") == 1
    assert set(charts.GRID) == {f"PV{n}" for n in range(20, 32)}


@pytest.mark.parametrize(
    ("cents", "nl", "en"),
    [(960_000, "€\u00a09.600", "€\u00a09,600"), (81_250, "€\u00a0812,50", "€\u00a0812.50"),
     (0, "€\u00a00", "€\u00a00"), (-500, "-€\u00a05", "-€\u00a05"), (None, "", "")],
)  # fmt: skip
def test_amounts_in_both_languages(cents, nl, en):
    assert words.euro(cents) == en
    with override("nl"):
        assert words.euro(cents) == nl


@pytest.mark.parametrize(
    ("cents", "short"),
    [(234_567_800, "€ 2.3 mln"), (3_845_900, "€\u00a038,400"), (95_000, "€\u00a0950"), (None, "")],
)
def test_large_amounts_can_be_remembered(cents, short):
    assert words.euro_short(cents) == short


def test_counts_are_exact_up_to_ten_thousand():
    assert words.count(10_000) == "10,000"
    assert words.count(12_345) == "more than 12,000"


def test_small_numbers_are_words():
    assert [words.in_words(n) for n in (0, 3, 12, 13)] == ["none", "three", "twelve", "13"]


def test_dates_have_their_weekday_and_moments_their_hour():
    assert words.day(date(2027, 1, 7)) == "Thursday 7 January 2027"
    assert words.moment(datetime(2027, 2, 26, 11, 5, tzinfo=UTC)).startswith(
        "Friday 26 February 2027, 12:05"
    )
    assert words.short_day(date(2001, 1, 7)) == "7 January 2001"
    assert words.short_day(date(timezone.localdate().year, 1, 7)) == "7 January"
    assert [words.day(None), words.moment(None), words.short_day(None), words.away(None)] == [
        ""
    ] * 4


@pytest.mark.parametrize(
    ("days", "away"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (5, "in 5 days"), (-3, "3 days ago")],
)
def test_how_far_a_date_is(days, away):
    assert words.away(timezone.localdate() + timedelta(days=days)) == away
    assert words.away(timezone.now() + timedelta(days=days)) == away


@pytest.mark.parametrize(
    ("value", "told"),
    [(1, "1 minute"), (25, "25 minutes"), (540, "9 hours"), (timedelta(days=3), "3 days")],
)
def test_durations_in_the_unit_that_fits(value, told):
    assert words.duration(value) == told


def test_a_text_in_another_language_says_so():
    assert words.lang_if_other("nl") == ' lang="nl"'
    assert words.lang_if_other("en") == ""
    assert words.lang_if_other('x" y="') == ""


def test_a_date_for_machines():
    assert words.iso(date(2027, 1, 7)) == "2027-01-07"
    assert words.iso("x") == ""


def test_an_address_breaks_after_its_at_sign():
    assert words.at("cleo@x.nl") == "cleo@<wbr>x.nl"
    assert words.at("<b>") == "&lt;b&gt;<wbr>"
