"""Up to what amount a buyer may order one-to-one."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import REFUSE
from partners.models.merging import points_at_nobody_merged
from partners.models.organisation import Organisation

# What held on a day that is over is what notes for the file go by. Of two equal days in a merger one row goes.
WHAT_HELD_STAYS = pgtrigger.Trigger(
    name="what_held_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""IF OLD.valid_from >= (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date THEN
        RETURN coalesce(NEW, OLD); END IF;
    IF TG_OP = 'UPDATE' AND (NEW.cents, NEW.valid_from, NEW.valid_to, NEW.policy_url)
        IS NOT DISTINCT FROM (OLD.cents, OLD.valid_from, OLD.valid_to, OLD.policy_url) THEN RETURN NEW; END IF;
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM partners_purchaselimit l
        WHERE l.valid_from = OLD.valid_from AND l.id <> OLD.id) THEN RETURN OLD; END IF;
    {REFUSE % "a purchase limit that held stays as it was"}""",  # noqa: S608
)


class PurchaseLimitQuerySet(models.QuerySet):
    """Limits in the domain's words."""

    def cannot_begin(self, organisation, day):
        """Why no limit of this organisation can begin on this day, in words; empty if one can.

        What held until today was the limit of those days; only days without one can still get one.
        """
        today, held = clock.today(), organisation.purchase_limit(day)
        if held is None or day > today or (day == today and held.valid_from < day):
            return ""
        words = _("A limit of %(day)s stands and stays as it is. Choose today or a later day.")
        return words % {"day": f"{held.valid_from:%d-%m-%Y}"}


class PurchaseLimit(models.Model):
    """Up to what amount an organisation may order one-to-one, since when, and where that is written."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="purchase_limits")
    cents = models.BigIntegerField(_("amount in euro cents"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    policy_url = models.URLField(_("link to the policy"), blank=True)

    objects = PurchaseLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase limit")
        verbose_name_plural = _("purchase limits")
        triggers = [points_at_nobody_merged(), WHAT_HELD_STAYS]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="purchase_limit_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=MOST_CENTS), name="purchase_limit_in_range"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="purchase_limit_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.cents}"

    def holds_on(self, day):
        """Whether this day lies within its days."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
