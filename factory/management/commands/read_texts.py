"""``manage.py read_texts``: let the model read everything it has not read yet, and switch over to it."""

import sys
import time

from django.core.management.base import BaseCommand

from factory.meaning.reading import name_of, read, readables, reader, switch, unread

A_TURN = 32


class Command(BaseCommand):
    """Stopped half-way it goes on where it was. --switch: what this model read is asked for from then on."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--switch", action="store_true")
        parser.add_argument("--most", type=int, default=sys.maxsize, help="stop after so many")

    def handle(self, *, most, **options):
        model = reader()
        self.stdout.write(f"{name_of(model)} reads")
        for readable in readables().values():
            most -= self.read_all(readable, model, most)
        if options["switch"]:
            self.over_to(name_of(model))

    def read_all(self, readable, model, most):
        """Everything of one kind, some at a time; returns how many were read."""
        name, began, done = name_of(model), time.monotonic(), 0
        total = min(unread(readable, name).count(), most)
        while done < total:
            rows = list(unread(readable, name)[: min(A_TURN, total - done)])
            if not rows:
                break
            read(readable, rows, model)
            done += len(rows)
            rate = done / max(time.monotonic() - began, 0.001)
            self.stdout.write(f"{readable.thing}: {done} of {total}, {rate:.1f} a second")
        return done

    def over_to(self, name):
        switch(name)
        self.stdout.write(f"{name} is in use")
