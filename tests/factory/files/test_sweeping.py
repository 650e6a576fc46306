"""A form that does not go through leaves nothing behind."""

import os
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from factory.files.checking import check
from factory.files.keeping import keep, sweep
from factory.files.models import StoredFile
from factory.files.tasks import sweep_files
from tests import make
from tests.factory.files.hostile import picture

LONG_AGO = time.time() - 7200


@pytest.fixture(autouse=True)
def room(settings, tmp_path):
    """Each test its own folder."""
    settings.MEDIA_ROOT = tmp_path


def kept(organisation):
    checked = check(SimpleUploadedFile("a.png", picture()))
    return keep(checked, by=organisation.owner, holder=organisation)


def age(file):
    """Let it lie there for two hours."""
    os.utime(default_storage.path(file.path), (LONG_AGO, LONG_AGO))
    StoredFile.objects.filter(pk=file.pk).update(put_at=file.put_at - timedelta(hours=2))


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_swept_from_the_disk():
    ours, made = make.organisation(), []
    with suppress(ZeroDivisionError), transaction.atomic():
        made.append(kept(ours))
        raise ZeroDivisionError
    file = made[0]
    assert default_storage.exists(file.path)
    assert sweep() == 0  # it may still be on its way
    age(file)
    sweep_files()
    assert not default_storage.exists(file.path)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_belongs_to_nothing_is_swept_and_one_that_does_is_kept():
    ours = make.organisation()
    loose, fast = kept(ours), kept(ours)
    fast.attach(ours)
    age(loose), age(fast)
    assert sweep() == 1
    assert not default_storage.exists(loose.path)
    assert default_storage.exists(fast.path)
    assert list(StoredFile.objects.all()) == [fast]


@pytest.mark.django_db(transaction=True)
def test_what_is_discarded_goes_with_the_transaction():
    file = kept(make.organisation())
    path = file.path
    with suppress(ZeroDivisionError), transaction.atomic():
        file.discard()
        raise ZeroDivisionError
    assert default_storage.exists(path)
    StoredFile.objects.get().discard()
    assert not default_storage.exists(path)


def test_what_is_not_ours_is_left_alone_until_it_is_old(db, tmp_path):
    odd = tmp_path / "files" / "ab" / "readme"
    odd.parent.mkdir(parents=True)
    odd.write_text("?")
    assert sweep() == 0
    os.utime(odd, (LONG_AGO, LONG_AGO))
    assert sweep() == 1
