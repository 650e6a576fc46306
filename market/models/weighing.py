"""What coordinators know of matching: what counts for how much, and which words mean the same."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models import Person

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
