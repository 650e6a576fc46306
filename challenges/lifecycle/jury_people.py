"""Who hears of what around a challenge. The names are part of the notices' templates."""

from django.db.models import Exists, OuterRef

from challenges.lifecycle.people import coordinators
from challenges.models import Assessment, Entry, Juror
from partners.models import Person


def jurors(challenge):
    """Everybody who sits in the jury."""
    return Person.objects.filter(
        jury_seats__challenge=challenge, jury_seats__said_yes_at__isnull=False
    ).order_by("pk")


def the_chair(thing):
    """Who chairs the jury of this challenge, or of this assessment's; where nobody else chairs, the coordinators."""
    challenge = getattr(thing, "challenge_id", None) or thing.pk
    seats = Juror.objects.seated().filter(challenge=challenge, chairs=True)
    seats = seats.exclude(pk=getattr(thing, "juror_id", None))
    found = Person.objects.filter(pk__in=seats.values("person"))
    return found if found else coordinators(thing)


def who_shares_out(challenge):
    """The chair, while the jury scores: who comes reads nothing yet, and who goes leaves entries behind."""
    if getattr(challenge, "just_unasked", []):
        return []  # they had not answered, so nothing was theirs
    return the_chair(challenge) if challenge.state == challenge.State.SCORING else []


def who_chaired_before(challenge):
    """Whoever had the chair, or was asked to take it, until this very move."""
    return getattr(challenge, "just_unchaired", [])


def who_reassigns(challenge):
    """The chair, if a conflict took an entry from somebody who had it."""
    return the_chair(challenge) if getattr(challenge, "was_voided", False) else []


def newly_assigned(challenge):
    """The jurors who got entries just now."""
    given = getattr(challenge, "was_given", ())
    return Person.objects.filter(jury_seats__in=given).order_by("pk")


def jurors_with_work(challenge):
    """The jurors who have not declared about every entry yet, or have not locked everything."""
    open_ones = Assessment.objects.filter(challenge=challenge).open()
    unsaid = Entry.objects.to_judge().filter(challenge=challenge)
    unsaid = unsaid.exclude(interests__juror=OuterRef("pk"))  # one may have come back later
    silent = Juror.objects.filter(Exists(unsaid), challenge=challenge)
    return jurors(challenge).filter(
        pk__in=[
            *open_ones.values_list("juror__person", flat=True),
            *silent.values_list("person", flat=True),
        ]
    )


def the_juror(assessment):
    """Whose marks these are."""
    return [assessment.juror.person]
