"""``manage.py bench``: measure every kind of page at growing sizes, in a database of its own."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.test.utils import override_settings

from factory.bench import mail, weight
from factory.bench.measuring import Probe, measured
from factory.bench.report import head, table
from factory.bulk import enlarge
from factory.contributions import gather
from factory.local.ground import Ground

PAGE = settings.ROOT / "docs/benchmarks.md"
FIRST_SEEN = ["/", "/en/", "/market/", "/partners/", "/challenges/", "/impact/"]
SIZES = [2_000, 20_000, 200_000]
INSIDE = "FACTORY_BENCH"  # set for the process that measures


class Command(BaseCommand):
    help = "Measure every kind of page. --sizes 2000 20000 for a quick look; --write for docs/."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
        parser.add_argument("--times", type=int, default=40, help="runs a page")
        parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")

    def handle(self, *, sizes, times, write, **options):
        if INSIDE in os.environ:
            return self.measure(sizes, times, write)
        with tempfile.TemporaryDirectory(prefix="factory-bench-") as folder:
            self.in_a_scratch_database(folder)
        part = mail.delay()
        self.stdout.write(part)
        if write:
            with PAGE.open("a") as page:
                page.write(part)

    def in_a_scratch_database(self, folder):
        """Start servers for this run alone, and measure in a process that knows no others."""
        Path(folder).chmod(0o755)
        call_command("catalogues")  # before the process that measures reads them, on a new checkout
        ground = Ground(folder, durable=True, environ={})
        try:
            ground.start()
            owner = {"AS_DATABASE_OWNER": "1", "FACTORY_MODE": "test", "DEBUG": "0", INSIDE: "1"}
            command = [sys.executable, "-W", "ignore", *sys.argv]
            subprocess.run(command, env=os.environ | ground.environment() | owner, check=True)
        finally:
            ground.destroy()

    def measure(self, sizes, times, write):
        call_command("prepare")
        parts = [head()]
        for size in sizes:
            began = time.monotonic()
            enlarge(size, self.say)
            self.say(f"loaded in {time.monotonic() - began:.0f} s")
            parts.append(self.at_this_size(times))
            self.stdout.write(parts[-1])
            if write:
                PAGE.write_text("".join(parts))
        parts.append(weight.table(weight.first_visits(FIRST_SEEN)))
        self.stdout.write(parts[-1])
        if write:
            PAGE.write_text("".join(parts))

    @override_settings(ROOT_URLCONF="factory.bench.urls")
    def at_this_size(self, times):
        probes, counted = [Probe("bare page", ["/bare/"])], {}
        for part in gather("bench_probes"):
            numbers, more = part()
            counted |= numbers
            probes += more
        return table(counted, measured(probes, times))

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()
