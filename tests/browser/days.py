"""Days that pass in a browser test: for the server, the database and the mail alike."""

from datetime import datetime, time

from django.utils import timezone

from factory import clock
from factory.moves import make_due_moves
from factory.notices import delivery
from tests.moving_clock import set_ahead


class Days:
    """A clock that is put on, does what is due then, and sends the mail whose time has come."""

    def __init__(self):
        self.ahead = 0  # seconds

    def wait(self, seconds):
        self.ahead += seconds
        set_ahead(self.ahead)
        make_due_moves()
        delivery.run()

    def go_to(self, day, hour=10):
        """That hour of that day, in the Netherlands."""
        there = timezone.make_aware(datetime.combine(day, time(hour)))
        self.wait((there - clock.now()).total_seconds())
