"""An organisation of ours that takes part in somebody else's entry: its people do not judge that entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.models.entry import Entry
from challenges.models.entry_parts import PARTNER_FOLLOWS_THE_ENTRY
from partners.models import Organisation
from partners.models.merging import points_at_nobody_merged


class EntryPartner(models.Model):
    """One of the partners that an entry was sent in with. PostgreSQL keeps these rows by ``Entry.partners``."""

    is_sealed = True  # nobody counts them by organisation

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="with_partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partner_in")

    class Meta:
        verbose_name = _("partner in an entry")
        verbose_name_plural = _("partners in an entry")
        triggers = [PARTNER_FOLLOWS_THE_ENTRY, points_at_nobody_merged()]

    def __str__(self):
        return f"{self.organisation_id} · {self.entry_id}"
