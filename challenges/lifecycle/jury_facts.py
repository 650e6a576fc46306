"""What notices to and about the jury may say."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from challenges.models import Assessment
from factory.notices.facts import facts_of


@facts_of(Assessment, "challenge", "juror__person", "entry")
def about_assessment(assessment, person):
    """Entries have a number towards the jury; who entered stands in no mail."""
    return {
        "mine": None,
        "knows": lambda somebody: False,
        "challenge": assessment.challenge,
        "number": assessment.entry.number,
        "jury_url": SimpleLazyObject(lambda: jury_url(assessment.challenge)),
    }


def jury_url(challenge):
    """Where the jury works."""
    return f"{settings.SITE_URL}{reverse('challenges:jury', args=[challenge.slug])}"
