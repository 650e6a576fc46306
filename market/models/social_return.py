"""That a match counts as social return: for which contract, of which contracting authority."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from market.models.match import Match
from partners.models import Organisation


class SocialReturn(models.Model):
    """The contract for which the buyer of a match meets its social return obligation."""

    match = models.OneToOneField(Match, models.PROTECT, related_name="social_return")
    contract = models.CharField(_("contract reference"), max_length=60)
    invoice = models.CharField(_("invoice number"), max_length=60, blank=True)
    authority = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("contracting authority")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)

    class Meta:
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(contract=""), name="social_return_names_a_contract"
            ),
            models.UniqueConstraint(
                "supplier",
                Upper("invoice"),
                condition=~models.Q(invoice=""),
                name="social_return_invoice_counts_once",
            ),
        ]

    def __str__(self):
        return f"{self.match}: {self.contract}"
