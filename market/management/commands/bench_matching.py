"""``manage.py bench_matching``: how good suggestions are, on judged texts, or how fast; in a database of its own."""

import json
import os
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

from factory.bench.judging import interval, ndcg, recall, reciprocal_rank
from factory.journal.door import journalled_door
from factory.management.commands import bench
from factory.meaning.reading import name_of, read, readables, reader
from market.management.judged import Judged
from market.management.speed import SIZES, speed
from market.matching.meaning import Question
from market.matching.ranking import suppliers_for
from market.matching.recall import recalled
from market.matching.weights import in_force

SET = settings.ROOT.parent / "shared/reference/matching-dev.json"
TOP = 10
ALONE = {"letters": [], "e5": ["e5"], "use": ["use"], "meaning": ["e5", "use"]}


class Command(bench.Command):
    help = "nDCG@10, recall@10 and MRR of suggestions, with the intervals of paired differences."

    def add_arguments(self, parser):
        parser.add_argument("--set", type=Path, default=SET, help="judged texts, as JSON")
        parser.add_argument("--most", type=int, default=10_000, help="so many questions at most")
        parser.add_argument("--speed", action="store_true", help="how fast, at growing sizes")
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="live offers")
        parser.add_argument("--times", type=int, default=40, help="runs a size")

    def handle(self, *, set: Path, most, **options):
        if options["speed"]:
            return self.how_fast(options["sizes"], options["times"])
        if not set.exists():
            return self.say(f"There are no judged texts at {set}: nothing was measured.")
        if bench.INSIDE in os.environ:
            self.measure(Judged(json.loads(set.read_text()), most))
        else:
            os.environ.setdefault("EMBEDDER", "factory.meaning.embedders.Both")
            bench.Command.handle(self, sizes=(), times=0, write=False)

    def how_fast(self, sizes, times):
        """Suggestions for one need among so many live offers, in one run."""
        if bench.INSIDE in os.environ:
            call_command("prepare")
            speed(sizes, times, self.say)
        else:
            os.environ.setdefault("EMBEDDER", "factory.meaning.embedders.Both")
            bench.Command.handle(self, sizes=(), times=0, write=False)

    @override_settings(MEANING_SAMPLE_SECONDS=3600)
    def measure(self, judged):
        call_command("prepare")
        with journalled_door("bulk-load") as details:
            needs = judged.load()
            details["needs"] = len(needs)
        self.read_everything()
        wholes = {}
        for task, languages in judged.tasks():
            with journalled_door("bulk-load"):
                judged.show(languages)
            wholes[task] = self.report(task, judged, needs)
        for task, (mean, low, high) in wholes.items():
            self.say(f"RESULT whole {task} ndcg10={mean:.3f} ({low:.3f} to {high:.3f})")
        first = next(iter(wholes))
        self.say(f"RESULT whole {first} ndcg10={wholes[first][0]:.3f}")

    def read_everything(self):
        """As the worker does it; says at which rate."""
        model, began, done = reader(), time.monotonic(), 0
        for readable in readables().values():
            rows = list(readable.rows())
            done += read(readable, rows, model)
        rate = done / (time.monotonic() - began)
        self.say(f"{name_of(model)} read {done} texts, {rate:.1f} a second")

    def report(self, task, judged, needs):
        """One table: the whole and each part alone; returns the interval of the whole."""
        supplier = {one.pk: number for number, one in enumerate(judged.suppliers)}
        orders, spent = {"whole": []} | {name: [] for name in ALONE}, []
        for need in needs:
            began = time.monotonic()
            found = suppliers_for(need, TOP)
            spent.append(time.monotonic() - began)
            orders["whole"].append([supplier[one.organisation.pk] for one in found])
            for name, order in alone(need):
                orders[name].append([supplier[pk] for pk in order])
        self.say(f"\n{task}: {len(needs)} needs, {len(judged.docs)} offers, "
                 f"{1000 * sorted(spent)[len(spent) // 2]:.0f} ms a need in the middle")  # fmt: skip
        self.say("| order | nDCG@10 | 95 % | less than the whole | 95 % | recall@10 | MRR |")
        self.say("| --- | ---: | --- | ---: | --- | ---: | ---: |")
        measures = {name: measured(judged, found) for name, found in orders.items()}
        rows = {name: self.row(name, measures) for name in orders}
        return rows["whole"]

    def row(self, name, measures):
        mine, whole = measures[name], measures["whole"]
        mean, low, high = interval(mine["ndcg"])
        less = interval([w - m for w, m in zip(whole["ndcg"], mine["ndcg"], strict=True)])
        found, first = (sum(mine[key]) / len(mine[key]) for key in ("recall", "mrr"))
        self.say(
            f"| {name} | {mean:.3f} | {low:.3f} to {high:.3f} | {less[0]:.3f} "
            f"| {less[1]:.3f} to {less[2]:.3f} | {found:.3f} | {first:.3f} |"
        )
        return mean, low, high


def alone(need):
    """The order by each part of what a text says, of the same offers."""
    question = Question(need)
    offers, _profiles = recalled(need, question, in_force())
    for name, parts in ALONE.items():
        scores = question.compared("offer", offers, only=parts)
        best = sorted(zip(-scores, [o.organisation_id for o in offers], strict=True))[:TOP]
        yield name, [key for _score, key in best]


def measured(judged, orders):
    """nDCG, recall and reciprocal rank of every question."""
    found = {"ndcg": [], "recall": [], "mrr": []}
    for query, order in zip(judged.queries, orders, strict=True):
        ideal = judged.gains(query)
        gains = [ideal[number] for number in order]
        found["ndcg"].append(ndcg(gains, ideal))
        found["recall"].append(recall(gains, ideal))
        found["mrr"].append(reciprocal_rank(gains, max(ideal)))
    return found
