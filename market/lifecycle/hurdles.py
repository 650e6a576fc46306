"""What stands in the way of bringing two sides together, in words."""

from django.db.models import Q
from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.templatetags.words import short_day
from market.models import NotForUs
from partners.models import Organisation


def both_in_good_standing(match):
    """Reasons why these two cannot be brought together now."""
    for party in (match.buyer, match.organisation):
        if party.state != Organisation.State.ACTIVE:
            yield _("One of the two organisations is not active at the moment.")
            return


def still_wanted(match):
    """Reasons why this match cannot be put to the two sides now."""
    yield from both_in_good_standing(match)
    if match.need.state == match.need.State.PAUSED:
        day = {"day": short_day(match.need.paused_until)}
        yield _("The need is paused. It comes back on %(day)s.") % day
    elif match.need.state != match.need.State.LIVE:
        yield _("The need is not on the market any more.")
    if match.offer and match.offer.state != match.offer.State.LIVE:
        yield _("The offer is not on the market any more.")


def still_two(match):
    """Reasons why a match that was put aside cannot be looked at again."""
    if match.buyer_id == match.organisation_id:
        yield _("The two organisations became one.")
    others = match.need.matches.open().filter(organisation=match.organisation_id)
    if others.exclude(pk=match.pk).exists():
        yield _("This organisation is on the list already.")


def not_for_them(match):
    """Why a match does not come back: one of the two said that the other is not for it."""
    said = Q(organisation=match.organisation_id, listing=match.need_id)
    if match.offer_id:
        said |= Q(organisation=match.buyer_id, listing=match.offer_id)
    turned_away = Event.objects.about(match).filter(verb="match.turn_away")
    if NotForUs.objects.filter(said).exists() or turned_away.exists():
        return _("One of the two said that this is not for them.")
    return ""
