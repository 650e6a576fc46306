"""The ways from the page of a challenge and of an entry to the decision and to the letter; marks in words."""

from django import template
from django.template.defaultfilters import floatformat

from challenges import rules
from challenges.models import Letter
from challenges.models.states import DELIBERATED, EntryState

register = template.Library()
E = EntryState
HEARD = {E.AWARDED, E.RESERVE, E.NOT_AWARDED, E.DECLINED, E.EXCLUDED}


@register.simple_tag
def follows_the_decision(challenge, person):
    """Whether there is a decision that this person takes part in; a visitor costs no query."""
    if challenge.state not in DELIBERATED or not person.is_authenticated:
        return False
    return rules.follows_the_decision.test(person, challenge)


@register.simple_tag
def letters_of(entry, person):
    """The letters about an entry that this person may read, the newest first."""
    if entry.state not in HEARD:
        return []
    found = Letter.objects.visible_to(person).filter(entry=entry)
    return list(found.select_related("decision").order_by("-pk"))


@register.filter
def mark(points):
    """A mark or an average in the language of the page: "7", "7,5", "7,33"; a dash where there is none."""
    if points is None:
        return "–"
    return floatformat(points, -1 if round(points, 1) == round(points, 2) else 2)
