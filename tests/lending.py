"""Seats of a jury that are lent for the moment in which the scoring begins: who judges is up to each test."""

from contextlib import contextmanager

from challenges import presets
from challenges.lifecycle import setting_up
from challenges.models import Juror
from factory import clock
from partners.models import Person


@contextmanager
def lent_jury(challenge):
    """Inside the block as many sit in the jury as are needed, with a chair; after it only who sat there before."""
    needed = presets.fewest_jurors(setting_up.fitting_size(challenge))
    seated = challenge.jury.seated()
    chaired = seated.filter(chairs=True).exists()
    lent = [
        lend(challenge, number, chairs=not chaired and number == 0)
        for number in range(max(needed - seated.count(), int(not chaired)))
    ]
    yield
    Juror.objects.filter(pk__in=[seat.pk for seat in lent]).delete()


def lend(challenge, number, chairs):
    """A seat for somebody whose account is closed: nobody hears anything of it."""
    said = {"name": f"Lent {number}", "is_active": False}
    address = f"lent-{number}@jury.example"
    person, _made = Person.objects.get_or_create(email=address, defaults=said)
    facts = {"person": person, "chairs": chairs, "said_yes_at": clock.now()}
    return Juror.objects.create(challenge=challenge, **facts)
