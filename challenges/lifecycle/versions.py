"""Versions: how it read when it was sent in, when more was asked, approved, published and corrected."""

from challenges.lifecycle import approving, bringing, by_phone, later_days, opening, rectifying
from challenges.models import Version
from challenges.models.version import texts_of

OCCASIONS = {
    bringing.submit: Version.Occasion.SUBMIT,
    by_phone.send_along: Version.Occasion.SUBMIT,
    bringing.ask_for_more: Version.Occasion.ASK_FOR_MORE,
    bringing.approve: Version.Occasion.APPROVE,
    approving.approve_by_code: Version.Occasion.APPROVE,
    opening.publish: Version.Occasion.PUBLISH,
    rectifying.rectify: Version.Occasion.RECTIFY,
    later_days.change_days: Version.Occasion.RECTIFY,
}
OF_VERB = {move.verb: occasion for move, occasion in OCCASIONS.items()}


def keep_version(challenge, event, **details):
    """Keep all texts as they are now."""
    last = challenge.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return Version.objects.create(
        challenge=challenge,
        number=last + 1,
        occasion=OF_VERB[event.verb],
        texts=texts_of(challenge),
        by=event.whose,
        at=event.at,
    )


for move in OCCASIONS:
    move.then(keep_version)
