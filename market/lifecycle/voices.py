"""Nobody speaks for both sides: who may note which amount, when one of the two was told by phone."""

from django.utils.translation import gettext as _

from market.standing import OTHER


def one_voice_for_both(match, side, by):
    """Reasons why this person, or the coordinator who notes it for them, cannot speak for this side."""
    other = OTHER[side]
    phoned_by = getattr(match, f"{other}_phoned_by_id")
    voice = by.stood_in_by or by
    if by.stood_in_by and phoned_by:
        return [
            _("The other amount was noted by phone, too. Let one side confirm it itself first.")
        ]
    theirs = match.buyer_id if other == "buyer" else match.organisation_id
    if voice.pk == phoned_by or (by.stood_in_by and theirs in voice.decides_for()):
        return [_("One person cannot speak for both sides. Let somebody else note this amount.")]
    return []
