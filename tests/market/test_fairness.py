"""Attention goes round on the market, and coordinators read how it does."""

import pytest

from market.figures.attention import coordinator_figures
from market.lifecycle.suggesting import suggest_for, suggest_for_waiting
from market.models import Match
from tests import make


@pytest.mark.django_db
def test_the_sweep_is_a_round_in_which_all_get_a_place(lekstede, cleo):
    offers = [make.offer(title=f"Lunch van keuken {name}") for name in "abcdefghij"]
    for _n in range(2):
        make.need(by=lekstede, title="Lunch voor zestig mensen")
    assert suggest_for_waiting() == 2
    on = Match.objects.filter(state="suggested").values_list("offer", flat=True)
    assert set(on) == {offer.pk for offer in offers}


@pytest.mark.django_db
def test_coordinators_read_how_attention_is_shared(lekstede, cleo):
    for name in "abcdef":
        make.offer(title=f"Lunch van keuken {name}")
    need = make.need(by=lekstede, title="Lunch voor zestig mensen")
    suggest_for(need.pk)
    (block,) = coordinator_figures(cleo, everywhere=True)
    rows = dict(block["rows"])
    assert (rows["0"], rows["1"], rows["2"]) == (1, 5, 0)
    assert list(rows.values())[-1] == "0.17"


@pytest.mark.django_db
def test_where_nothing_waits_there_is_nothing_to_share(lekstede, cleo):
    make.offer(title="Lunch van keuken a")
    assert list(coordinator_figures(cleo, everywhere=True)[0]["rows"]) == []
