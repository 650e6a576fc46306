"""The measure of speed: every live offer has a reading, drawn round real ones, and one line tells each size."""

import pytest

from factory.meaning.models import Reading
from market.management import speed
from tests.factory.conftest import as_the_owner

pytestmark = pytest.mark.django_db
__all__ = ["as_the_owner"]


@pytest.mark.parametrize("embedder", ["", "factory.meaning.embedders.Both"])
def test_one_run_measures_each_size_beside_the_bare_facet_query(
    as_the_owner, settings, monkeypatch, embedder
):
    settings.EMBEDDER = embedder
    monkeypatch.setattr(speed, "REAL", 12)
    said = []
    speed.speed([30, 60], 1, said.append)
    lines = [line for line in said[-1].splitlines() if line.startswith("| ")][2:]
    assert [int(line.split("|")[1]) >= 30 for line in lines] == [True, True]
    drawn = Reading.objects.filter(thing="offer", fingerprint="drawn")
    assert (
        Reading.objects.filter(thing="offer").count()
        == speed.offers().count()
        == drawn.count() + 12
    )
    for one in drawn[:5]:
        assert (one.vector is None) == (embedder == "")
        assert one.vector is None or sum(one.vector**2) == pytest.approx(1, abs=0.01)
