"""The demo shows proof in every state, and pictures that were checked like anybody's."""

import pytest

from factory import clock
from factory.files.models import StoredFile
from factory.moves import make_due_moves
from partners.demo import steps
from partners.models import Credential, Picture


@pytest.mark.slow
def test_the_demo_has_proof_in_every_state_that_is_shown(db):
    for step in steps:
        step()
    shown = set(Credential.objects.values_list("state", flat=True))
    assert {"claimed", "valid", "renewing", "expired", "refused"} <= shown
    assert Credential.objects.valid_on(clock.today()).exists()
    assert Picture.objects.filter(place="logo").exists()
    assert StoredFile.objects.filter(thing_id=None).count() == 0
    assert make_due_moves() <= 3  # what falls due over a weekend
