"""What a coordinator decided about an organisation, its people and its proof is taken back whole."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factory.files.checking import check
from partners.lifecycle import credential as credentials
from partners.lifecycle import joining, people
from partners.people_forms import NewOwnerForm
from tests import make
from tests.factory.files.hostile import pdf
from tests.undone import assert_it_is_as_it_was

pytestmark = pytest.mark.django_db

CLAIM = {
    "proof": "pso",
    "level": "2",
    "register_url": "https://register.example/2",
    "valid_from": None,
    "valid_until": None,
}


def two_of_us(role="editor"):
    ours = make.organisation()
    somebody = make.member(ours, role)
    return ours, ours.memberships.get(person=somebody)


def owner_named_instead_of_one_who_left():
    ours, new = two_of_us()
    old = ours.memberships.get(person=ours.owner)
    return ours, joining.name_owner, {
        "membership": new,
        "reason": NewOwnerForm.Reason.LEFT,
        "instead_of": old,
    }  # fmt: skip


def owner_named_beside_another():
    ours, new = two_of_us()
    return ours, joining.name_owner, {"membership": new, "reason": NewOwnerForm.Reason.BOUNCES}


def role_changed():
    ours, theirs = two_of_us()
    return ours, people.change_role, {"membership": theirs, "role": "viewer"}


def mandate_given():
    ours, theirs = two_of_us()
    return ours, people.change_role, {"membership": theirs, "role": "editor", "cents": 5_000_00}


def membership_ended():
    ours, theirs = two_of_us()
    return ours, people.end_membership, {"membership": theirs}


def a_replacement_ended():
    ours, theirs = two_of_us()
    ours.memberships.filter(person=ours.owner).update(replacement=theirs)
    return ours, people.end_membership, {"membership": theirs}


def claimed():
    return make.credential("claimed")


def vouched():
    return claimed(), credentials.vouch, {}


def vouched_for_the_next_period():
    old = make.credential("renewing")
    return make.credential("claimed", by=old.organisation), credentials.vouch, {}


def refused():
    return claimed(), credentials.refuse, {"note": "We cannot read it."}


def corrected():
    days = {name: getattr(claimed(), name) for name in ("valid_from", "valid_until")}
    return make.credential("refused"), credentials.correct, CLAIM | days


def corrected_with_another_file():
    evidence = check(SimpleUploadedFile("proof.pdf", pdf()))
    there = make.credential("refused", evidence=check(SimpleUploadedFile("old.pdf", pdf())))
    days = {name: getattr(there, name) for name in ("valid_from", "valid_until")}
    return there, credentials.correct, CLAIM | days | {"evidence": evidence}


@pytest.mark.parametrize(
    "ready",
    [
        owner_named_instead_of_one_who_left,
        owner_named_beside_another,
        role_changed,
        mandate_given,
        membership_ended,
        a_replacement_ended,
        vouched,
        vouched_for_the_next_period,
        refused,
        corrected,
        corrected_with_another_file,
    ],
)
def test_it_is_as_it_was_and_nobody_hears_of_it(ready, cleo):
    make.coordinator("Carl")  # who hears what Cleo does
    thing, move, details = ready()
    assert_it_is_as_it_was(thing, move, cleo, details)
