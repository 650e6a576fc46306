"""A coordinator rings whoever sent a problem in, within the days the house promises; some are pointed to the market."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.house_terms import ring_days
from factory import clock, working_days
from factory.coordination.models import Note
from factory.texts import say

MOST_IN_A_LINK = 900  # characters of the text


def rings_by(challenge):
    """The last day on which a coordinator rings; as of today for what was not sent in yet."""
    sent = challenge.submitted_at
    return working_days.after(timezone.localdate(sent) if sent else clock.today(), ring_days())


def market_link(challenge):
    """The form of the market, filled in with these words; as long as an address may be."""
    words = {"title": challenge.title, "text": challenge.problem[:MOST_IN_A_LINK]}
    return f"{reverse('home')}market/new/need/?{urlencode(words)}"


def call_about_change(challenge):
    """The call that was promised last: by whom, on which day, and whether it was made."""
    found = Note.objects.about(challenge).filter(call_back_on__isnull=False)
    return found.select_related("by").first()


say(
    {
        "challenge.point_to_change": (
            _("Point to change-making"),
            _("Pointed to change-making; ring them"),
        ),
    }
)
