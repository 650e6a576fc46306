"""What an entry gets: an amount of the envelope, proposed by the jury and decided by who has the mandate."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models import invariants, invariants_of_deciding
from challenges.models.challenge import Challenge
from challenges.models.entry import Entry
from challenges.models.states import AWARD, HOLDS_MONEY, TOLD, AwardState
from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import Moving
from factory.templatetags.words import euro


class AwardQuerySet(models.QuerySet):
    """Awards in the domain's words."""

    def standing(self):
        """Those that hold a part of the envelope."""
        return self.filter(state__in=HOLDS_MONEY)

    def final(self):
        return self.filter(state=AwardState.FINAL)

    def visible_to(self, person):
        """Everybody sees what is final. Before that the staff and the organisation that decides; and the
        entrant, from the moment at which all were told.
        """
        if not person.is_authenticated:
            return self.final()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        told = Q(entry__organisation__in=mine, challenge__state__in=map(str, TOLD))
        ours = Q(challenge__organisation__in=mine)
        return self.filter(Q(state=AwardState.FINAL) | ours | told)


class Award(Moving):
    """An amount for an entry. The sum of a challenge's awards never exceeds its envelope."""

    State = AwardState

    graph = AWARD
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="awards")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="awards")
    cents = models.BigIntegerField(_("amount"))
    created_at = models.DateTimeField(default=clock.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField(max_length=2000, blank=True, editable=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        triggers = [
            *AWARD.triggers(),
            invariants.KEEPS_THE_SUM,
            invariants_of_deciding.NOT_BELOW_A_MINIMUM,
        ]
        constraints = [
            AWARD.check(AwardState),
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=MOST_CENTS), name="award_amount_in_range"
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=[str(s) for s in HOLDS_MONEY]),
                name="award_one_an_entry",
            ),
        ]
        indexes = [models.Index(fields=["challenge", "state"], name="award_of_challenge")]

    def __str__(self):
        return f"{self.entry} · {euro(self.cents)}"

    def get_absolute_url(self):
        return self.challenge.get_absolute_url()

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language

    def locks_first(self):
        return (
            Challenge.objects.filter(pk=self.challenge_id),
            Entry.objects.filter(pk=self.entry_id),
        )
