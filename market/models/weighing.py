"""What coordinators know of matching: what counts for how much, which words mean the same, which sectors are close."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models import Person, Sector

MOST = 100
WRITTEN_DOWN = pgtrigger.Trigger(
    name="written_down",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert,
    func="""IF NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.thing_type = 'market.weighing'
            AND e.thing_id = NEW.id AND e.xact = txid_current())
        THEN RAISE EXCEPTION 'market.weighing was chosen without a journal entry'
            USING ERRCODE = 'check_violation'; END IF; RETURN NULL;""",
)


def _counts(label, usual):
    return models.PositiveSmallIntegerField(label, default=usual)


class Weighing(models.Model):
    """What each part of a suggestion counts for, from a moment on. Rows are added and never changed."""

    PARTS = ("sector", "text", "near", "offer", "value", "themes")

    sector = _counts(_("the same sector"), 30)
    text = _counts(_("what the texts say"), 20)
    near = _counts(_("being near"), 15)
    offer = _counts(_("an offer on the market"), 10)
    value = _counts(_("about the same amount"), 10)
    themes = _counts(_("the same themes"), 5)
    because = models.CharField(_("why"), max_length=200)
    made_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("weighing of suggestions")
        verbose_name_plural = _("weighings of suggestions")
        get_latest_by = "pk"
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            WRITTEN_DOWN,
            pgtrigger.Protect(
                name="never_changed",
                operation=pgtrigger.UpdateOf(
                    "sector", "text", "near", "offer", "value", "themes", "because", "made_at"
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    sector__lte=MOST, text__lte=MOST, near__lte=MOST,
                    offer__lte=MOST, value__lte=MOST, themes__lte=MOST,
                ),
                name="weighing_in_range",
            ),
            models.CheckConstraint(
                condition=Q(
                    sector__gt=-F("text") - F("near") - F("offer") - F("value") - F("themes")
                ),
                name="weighing_weighs_something",
            ),
        ]  # fmt: skip

    def __str__(self):
        return " · ".join(f"{name} {getattr(self, name)}" for name in self.PARTS)

    @classmethod
    def label(cls):
        """Its name in the journal."""
        return cls._meta.label_lower

    @property
    def weights(self):
        """As :mod:`market.matching.scoring` takes them."""
        return {name: float(getattr(self, name)) for name in self.PARTS}


class Pair(models.Model):
    """A word in Dutch and one in English that mean the same to who needs and offers."""

    dutch = models.CharField(_("Dutch"), max_length=60)
    english = models.CharField(_("English"), max_length=60)

    class Meta:
        verbose_name = _("pair of words")
        verbose_name_plural = _("pairs of words")
        constraints = [
            models.UniqueConstraint(Upper("dutch"), Upper("english"), name="pair_once"),
            models.CheckConstraint(
                condition=~Q(dutch="") & ~Q(english=""), name="pair_has_two_words"
            ),
        ]

    def __str__(self):
        return f"{self.dutch} · {self.english}"


SET_DOWN = pgtrigger.Trigger(
    name="sector_pair_written_down",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""IF NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.thing_type = 'market.sectorpair'
            AND e.thing_id = COALESCE(NEW.id, OLD.id) AND e.xact = txid_current())
        THEN RAISE EXCEPTION 'market.sectorpair was changed without a journal entry'
            USING ERRCODE = 'check_violation'; END IF; RETURN NULL;""",
)


class SectorPair(models.Model):
    """Two sectors in which much of the same work is done: an offer in the one partly fits a need in the other."""

    one = models.ForeignKey(
        Sector, models.CASCADE, related_name="+", verbose_name=_("sector"), db_index=False
    )
    other = models.ForeignKey(
        Sector, models.CASCADE, related_name="+", verbose_name=_("and sector")
    )
    fit = models.PositiveSmallIntegerField(
        _("how close, in percent of the same sector"), default=50
    )

    class Meta:
        verbose_name = _("pair of sectors")
        verbose_name_plural = _("pairs of sectors")
        triggers = [SET_DOWN]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="sector_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="sector_pair_in_order"),
            models.CheckConstraint(
                condition=Q(fit__gte=1, fit__lte=99), name="sector_pair_fits_partly"
            ),
        ]

    def __str__(self):
        return f"{self.one} · {self.other}"

    @classmethod
    def label(cls):
        """Its name in the journal."""
        return cls._meta.label_lower
