"""Readers of texts are killed in the middle and woken over and over: every text is read, and kept once."""

from factory.local.process import wait_until
from factory.meaning.models import Reading
from market.models import Listing
from tests import make

TEXTS = 12
SWEEP = "factory.meaning.tasks.sweep"
BLOCKED = """FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND starts_with(query, 'INSERT INTO "meaning_reading"')"""


def kept(pks):
    return Reading.objects.filter(thing="offer", key__in=pks)


def killed_while_it_keeps_what_it_read(town):
    """Hold the table, so that a reader stands before writing; kill its whole group there."""
    holder = town.postgres.connect("factory")
    holder.autocommit = False
    holder.cursor().execute("LOCK TABLE meaning_reading IN SHARE MODE")
    name = town.start_worker()
    town.wake(SWEEP)
    stood = wait_until(lambda: town.ask(f"SELECT 1 {BLOCKED}"), seconds=30, pause=0.05)
    town.end(name)
    town.ask(f"SELECT pg_terminate_backend(pid) {BLOCKED}")  # its statement dies with it
    holder.close()
    assert stood, "no reader came so far"


def test_a_reader_killed_in_the_middle_loses_no_text_and_many_at_once_keep_each_once(
    town, no_worker
):
    make.coordinator("Cleo Coordinator")
    pks = [make.offer(title=f"Soep van keuken {number}").pk for number in range(TEXTS)]
    killed_while_it_keeps_what_it_read(town)
    assert Listing.objects.filter(pk__in=pks, read_at=None).count() == TEXTS
    assert not kept(pks).exists()
    for _n in range(2):
        town.start_worker(children=2)
    town.wake(SWEEP, times=6)
    left = Listing.objects.filter(pk__in=pks, read_at=None)
    assert wait_until(lambda: (town.wake(SWEEP), not left.exists())[1], seconds=60, pause=1)
    assert sorted(kept(pks).values_list("key", flat=True)) == sorted(pks)


def test_a_reader_that_comes_late_reads_what_the_text_says_by_then(town, no_worker):
    make.coordinator("Cleo Coordinator")
    soup = make.offer(title="Soep van de dag")
    town.wake(SWEEP, times=3)
    soup.title = "Brood van de dag"
    Listing.objects.filter(pk=soup.pk).update(title=soup.title)
    town.start_worker()
    town.wake(SWEEP)
    waits = Listing.objects.filter(pk=soup.pk, read_at=None)
    assert wait_until(lambda: not waits.exists(), seconds=60, pause=0.5)
    assert "brood" in kept([soup.pk]).get().words
