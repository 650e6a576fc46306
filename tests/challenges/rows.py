"""A finished challenge with a row in every table about challenges, and what PostgreSQL says to raw SQL about a row."""

from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

import pgtrigger
from django.db import IntegrityError, connection, transaction

from challenges.models import (
    Adoption,
    Approval,
    Attachment,
    CheckIn,
    Closure,
    Consensus,
    Contract,
    CoOwner,
    Criterion,
    Entry,
    Follower,
    FollowUp,
    FormQuestion,
    Guest,
    Helper,
    Issue,
    LocalLimit,
    NotForThem,
    Objection,
    Question,
    Rectification,
    Round,
    Step,
)
from factory import clock
from factory.files.models import StoredFile
from tests import contest, make
from tests.market.test_invariants import change

DAY = date(2026, 3, 1)


@contextmanager
def made_rows():
    """Inside the block all triggers are off; after it everything is as it was."""
    with transaction.atomic():
        made = contest.contest("finished", entrants=[make.organisation(), make.organisation()])
        with pgtrigger.ignore():
            yield _filled(made)
        transaction.set_rollback(True)


def _filled(made):
    """One row of whatever a usual challenge has none of."""
    about, by, now = {"challenge": made.challenge}, made.owner, clock.now()
    soon, them = now + timedelta(days=2), make.organisation()
    entry, contract = Entry.objects.first(), Contract.objects.first()
    adoption, person = Adoption.objects.first(), make.person()
    file = StoredFile.objects.create(
        name="a.pdf", content_type="application/pdf", size=9, sha256="0" * 64, put_by=by,
        holder_type="partners.organisation", holder_id=them.pk,
    )  # fmt: skip
    new = {
        "follow_up": FollowUp(adoption=adoption, months=6, still_runs=True, by=by),
        "approval": Approval(
            **about, name="Mila", email="mila@mail.example", digest="d", expires_at=soon,
            asked_by=by, cents=5,
        ),
        "attachment": Attachment(entry=entry, file=file),
        "closure": Closure(kind="recess", first_date=DAY, last_date=DAY, source="The council"),
        "pledge": CoOwner(**about, organisation=made.by, cents=5, leads=True),
        "check_in": CheckIn(contract=contract, month=DAY, side="owner", going="well", by=by),
        "issue": Issue(contract=contract, text="No bus.", side="owner", raised_by=by),
        "follower": Follower(**about, person=person),
        "follower_of_all": Follower(person=person),
        "form_question": FormQuestion(**about, text="Who?", most_words=100),
        "guest": Guest(
            **about, name="Jo", email="jo@mail.example", works_for="Us", role="lawyer", digest="g",
            invited_by=by, expires_at=soon,
        ),
        "limit": LocalLimit(organisation=made.by, cents=5, valid_from=DAY),
        "helper": Helper(**about, what="wrote", person=person),
        "not_for_them": NotForThem(**about, organisation=them, reason="no_fit"),
        "objection": Objection(
            **about, state="open", entry=entry, kind="objection", text="No.", received_date=DAY,
            lodged_by=person,
        ),
        "question": Question(**about, state="asked", asker=person, text="When?"),
        "rectification": Rectification(
            **about, version=2, reason="A slip.", changes=[], is_material=False,
            old_deadline_at=now, new_deadline_at=now, by=by,
        ),
        "round": Round(
            **about, number=1, question="What?", asked_by=by, answer_by=DAY, answered_at=now
        ),
        "consensus": Consensus(entry=entry, criterion=Criterion.objects.first(), points=5),
        "step": Step(**about, name="problem", saved_by=by),
    }  # fmt: skip
    for row in new.values():
        row.save()
    people = {"owner": made.owner, "colleague": made.colleague, "cleo": made.cleo}
    return SimpleNamespace(
        challenge=made.challenge, by=made.by, other=made.other, them=them, person=person, **people,
        **new,
    )  # fmt: skip


def said_to(statement):
    """The rule that refuses this statement, or that it was taken; either way it is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement[0], statement[1:])
            transaction.set_rollback(True)
            return "taken" if cursor.rowcount == 1 else "touches nothing"
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name


def answers(tries):
    """``{name: (row, wrong, right)}`` becomes ``{name: what is said to the one and to the other}``."""
    return {
        name: (said_to(change(row, **wrong)), said_to(change(row, **right)))
        for name, (row, wrong, right) in tries.items()
    }
