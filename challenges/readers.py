"""What the desk asks of who is signed in, so that it looks further only for whom it concerns."""

from django.db.models import Exists, OuterRef

from challenges.models import Challenge, Coaching, Entry, Juror


def reader_facts():
    """``sits``: was asked for a jury, and did not say no; ``enters``: an organisation of theirs has an entry;
    ``coaches_now``: coaches a finalist whose time for it runs.
    """
    theirs = {
        "organisation__memberships__person": OuterRef("pk"),
        "organisation__memberships__confirmed_at__isnull": False,
    }
    return {
        "sits": Exists(Juror.objects.standing().filter(person=OuterRef("pk"))),
        "coaches_now": Exists(
            Coaching.objects.filter(coach=OuterRef("pk"), challenge__state=Challenge.State.COACHING)
        ),
        "enters": Exists(Entry.objects.filter(**theirs)),
    }
