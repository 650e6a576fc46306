"""The figures as tables for people: Markdown, one table a size."""

import os
import platform
from datetime import date

from django.db import connection

HEAD = """# Benchmarks

What a page costs as the market grows. Made by `make bench ARGS=--write` on {day}: Python {python},
PostgreSQL {postgres},
{cores} cores, load {load:.1f} while measuring. The data are the demo's texts, mixed, in other towns, in a
database of their own; partners and matches grow in proportion.

CPU is the web process's own; PostgreSQL's time has its own column; wall is both and the waiting between.
The bare page is the same middleware, one indexed query and 20 rows in a template, measured in the same run.
Times are medians in milliseconds, and p95 for wall; bytes are over the wire, compressed.
“For you, filled” weighs the market for organisations that have nothing ready yet, each in ten queries; the worker
gives it ten seconds of every minute. Beyond 10 000 partners the numbers behind the directory's boxes may be a minute
old: “nothing remembered” is the first who asks in that minute.
"""
ROW = (
    "| {0.name} | {0.queries} | {0.cpu:.1f} | {times} | {0.database:.1f} "
    "| {0.wall:.1f} | {0.wall_p95:.1f} | {0.bytes} |"
)
TABLE = """
## {listings} listings ({partners} partners, {matches} matches)
| page | queries | CPU | × bare | PostgreSQL | wall p50 | wall p95 | bytes |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{rows}
"""


def head():
    """Where and when this was measured."""
    version = connection.pg_version
    return HEAD.format(
        day=date.today(),
        python=platform.python_version(),
        postgres=f"{version // 10_000}.{version % 10_000}",
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
    )


def table(counted, costs):
    """``counted`` says how much there was; the first of ``costs`` is the bare page."""
    bare = costs[0]
    rows = [ROW.format(cost, times=f"{cost.cpu / max(bare.cpu, 0.1):.1f}") for cost in costs]
    return TABLE.format(
        rows="\n".join(rows), **{k: f"{v:,}".replace(",", " ") for k, v in counted.items()}
    )
