"""The nearest in meaning out of everybody: by an index that is walked on past those who may not answer."""

import numpy
import pytest
from django.db import connection

from factory.meaning import asking
from factory.meaning.asking import Question
from factory.meaning.models import ReaderModel, Reading
from partners.models import Organisation
from tests import make

MODEL, SIZE, MANY = "e5s+use3", 896, 60
BY_INDEX_ALONE = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
)


def reading(thing, key, vector, language="nl"):
    return Reading(
        thing=thing, key=key, model=MODEL, language=language, words=" soep ", vector=vector,
        fingerprint="drawn", chance=key,
    )  # fmt: skip


@pytest.fixture
def asked(db, monkeypatch):
    """A question to sixty partners that were read; ``ranked`` are their keys as numpy would order them."""
    monkeypatch.setattr(asking, "NEAREST", 5)
    ReaderModel.objects.update(in_use=False)
    ReaderModel.objects.update_or_create(name=MODEL, defaults={"in_use": True})
    drawn = numpy.random.default_rng(7).normal(size=(MANY + 1, SIZE))
    need, *vectors = drawn / numpy.linalg.norm(drawn, axis=1, keepdims=True)
    keys = [make.organisation().pk for _ in vectors]
    partners = [reading("organisation", *one) for one in zip(keys, vectors, strict=True)]
    Reading.objects.bulk_create([*partners, reading("need", 1, need)])
    question = Question("need", 1, "", "nl")
    near = numpy.array(vectors) @ question._asked("organisation", "nl").value
    question.ranked = [keys[place] for place in numpy.argsort(-near)]
    return question


def test_of_everybody_the_nearest_are_found(asked):
    assert asked.nearest("organisation", Organisation.objects.all()) == set(asked.ranked[:5])


def test_those_who_may_not_answer_are_walked_past(asked):
    able = Organisation.objects.filter(pk__in=asked.ranked[50:])
    assert asked.nearest("organisation", able) == set(asked.ranked[50:55])


def test_by_the_index_alone_the_same_are_found(asked):
    with connection.cursor() as cursor:
        cursor.execute(f"{BY_INDEX_ALONE}; {asking.WALK_ON}")
    rows = Organisation.objects.filter(pk__in=asked.ranked[20:])
    found = asked._by_index("organisation", "nl", rows)
    assert "reading_partner_1_nl" in found.explain()
    assert len(set(found) & set(asked.ranked[20:25])) >= 4  # it is a near enough answer
