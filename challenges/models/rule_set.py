"""Which amounts and terms of law held when a challenge was published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models.challenge import Challenge
from factory import clock
from factory.knowledge.models import Norm

# The norms on which a challenge leans; what a later law changes does not touch one that is open.
CODES = (
    "eu-sub-central", "eu-central", "eu-works", "eu-social-services", "de-minimis", "de-minimis-sgei",
    "standstill-days", "objection-days", "rectification-days",
)  # fmt: skip


def norms_on(day, codes=CODES):
    """``{code: {"value", "unit", "from", "to", "source", "url"}}`` of the norms in force on ``day``."""
    rows = Norm.objects.on(day).filter(code__in=codes).order_by("valid_from")
    return {
        row.code: {
            "value": row.value,
            "unit": row.unit,
            "from": row.valid_from.isoformat(),
            "to": row.valid_to.isoformat() if row.valid_to else None,
            "source": row.source,
            "url": row.source_url,
        }
        for row in rows
    }


class RuleSet(models.Model):
    """The rules of one challenge as they stood on the day it opened. They never change any more."""

    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="rule_set")
    date = models.DateField(_("as of"))
    values = models.JSONField()  # {code: {"value", "unit", "from", "to", "source", "url"}}
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        triggers = guards.kept_for_ever()

    def __str__(self):
        return f"{self.challenge}: {self.date}"

    @classmethod
    def keep(cls, challenge):
        """Write down what holds today, once."""
        day = clock.today()
        facts = {"date": day, "values": norms_on(day), "kept_at": clock.now()}
        return cls.objects.create(challenge=challenge, **facts)

    def value(self, code):
        """The whole-number value of a norm that was kept; KeyError for one that was not."""
        return self.values[code]["value"]
