"""The demo shows proof in every state, and pictures that were checked like anybody's."""

import pytest

from factory import clock
from factory.files.models import StoredFile
from factory.journal.models import Event
from factory.moves import make_due_moves
from partners.models import Credential, Picture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("demo"),  # one process makes it
]


def test_the_demo_has_proof_in_every_state_that_is_shown():
    shown = set(Credential.objects.values_list("state", flat=True))
    assert {"claimed", "valid", "renewing", "expired", "refused"} <= shown
    assert Credential.objects.valid_on(clock.today()).exists()
    assert Picture.objects.filter(place="logo").exists()
    assert StoredFile.objects.filter(thing_id=None).count() == 0


def test_proof_that_falls_due_fell_due_long_ago():
    last = Event.objects.order_by("-pk").first()
    make_due_moves()
    due = Event.objects.filter(pk__gt=last.pk, thing_type=Credential.label())
    assert due.count() <= 3  # over a weekend
