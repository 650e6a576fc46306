"""What the desk asks of who is signed in, so that it looks further only for whom it concerns."""

from django.db.models import Exists, OuterRef

from challenges.models import Entry, Juror


def reader_facts():
    """``sits``: was asked for a jury, and did not say no; ``enters``: an organisation of theirs has an entry."""
    theirs = {
        "organisation__memberships__person": OuterRef("pk"),
        "organisation__memberships__confirmed_at__isnull": False,
    }
    return {
        "sits": Exists(Juror.objects.standing().filter(person=OuterRef("pk"))),
        "enters": Exists(Entry.objects.filter(**theirs)),
    }
