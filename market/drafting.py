"""Keeping what somebody types: one draft for a form, and never over words that were not seen."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from factory import clock
from factory.moves import Already, Missing, Token
from factory.moves.token import once
from market.models import Draft


@dataclass(frozen=True)
class Seen:
    """Which draft a form is about and how far it was seen: its last version, or a save by this very page."""

    draft: int
    version: int
    page: str

    @classmethod
    def of(cls, posted):
        """Read from the hidden fields of the form; 0 where there is no draft yet."""
        numbers = [posted.get(name, "") for name in ("draft", "seen")]
        draft, version = (
            int(n) if n.isascii() and n.isdigit() and len(n) < 10 else 0 for n in numbers
        )
        return cls(draft, version, posted.get("page", "")[:32])

    def latest(self):
        """The draft's row, if nobody else wrote in it since."""
        mine = Q(version=self.version)
        if self.page:
            mine |= Q(page=self.page)
        return Draft.objects.filter(mine, pk=self.draft)

    def keep(self, typed, by):
        """Write these words into the draft, unless somebody else did meanwhile; returns whether they were kept."""
        new = {"typed": typed, "version": F("version") + 1, "page": self.page, "saved_by": by}
        return bool(self.latest().update(saved_at=clock.now(), goes_at=None, **new))

    def hand_over(self, listing):
        """The draft becomes this listing and is gone; two who post it at once make one."""
        draft = self.latest().select_for_update().first()
        if draft is None:
            raise Missing(
                [_("A colleague changed this draft at the same moment. Send it once more.")]
            )
        listing.repeats_id = draft.repeats_id
        draft.delete()


@transaction.atomic
def begun(by, token, **facts):
    """The draft of the form with this token, made now if need be; None once the form became a listing."""
    try:
        once(by, Token(token, ""))
    except Already:
        return None
    return Draft.objects.get_or_create(author=by, token=token, defaults={"saved_by": by, **facts})[
        0
    ]
