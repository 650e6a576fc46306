"""Which recognitions a need asks of a supplier."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Credential


def asked_proofs():
    """The kinds, all of which a supplier has to hold; they stand in the row, so that no list asks for them apart."""
    return ArrayField(
        models.CharField(max_length=10, choices=Credential.Proof),
        verbose_name=_("recognitions asked for"),
        blank=True,
        default=list,
        db_default=[],
    )


def only_needs_ask_for_known_proofs():
    """Kinds that there are, and only of a need."""
    known = Q(asked_proofs__contained_by=[str(proof) for proof in Credential.Proof])
    return models.CheckConstraint(
        condition=known & (Q(kind="need") | Q(asked_proofs=[])), name="listing_asks_known_proofs"
    )


def names_of(proofs):
    """The kinds in words, in the order in which the forms name them."""
    return [str(proof.label) for proof in Credential.Proof if proof in proofs]
