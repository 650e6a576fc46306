"""Every KvK number that somebody stands under: the main one of an organisation, and its others."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The main number stands on the organisation; here it stands once more, so that one index holds for all.
SAYS_THE_SAME = """
    IF TG_OP = 'INSERT' OR NEW.kvk <> OLD.kvk THEN
        DELETE FROM partners_kvknumber WHERE organisation_id = NEW.id AND is_main;
        IF NEW.kvk <> '' THEN
            INSERT INTO partners_kvknumber (organisation_id, number, is_main, stands)
            VALUES (NEW.id, NEW.kvk, TRUE, NEW.state NOT IN ('left', 'merged'));
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state THEN
        UPDATE partners_kvknumber SET stands = NEW.state NOT IN ('left', 'merged') WHERE organisation_id = NEW.id;
    END IF;
    RETURN NULL;
"""
KEEPS_NUMBERS = pgtrigger.Trigger(
    name="keeps_its_numbers",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("kvk", "state"),
    func=SAYS_THE_SAME,
)


class KvkNumberQuerySet(models.QuerySet):
    """KvK numbers in the domain's words."""

    def others(self):
        """Those beside the main one, in order."""
        return self.filter(is_main=False).order_by("number").values_list("number", flat=True)


class KvkNumber(models.Model):
    """A number of an organisation; it is of one alone for as long as that one has not left."""

    organisation = models.ForeignKey(
        "partners.Organisation", models.CASCADE, related_name="kvk_numbers"
    )
    number = models.CharField(_("KvK number"), max_length=8)
    is_main = models.BooleanField(default=False, editable=False)
    stands = models.BooleanField(default=True, editable=False)

    objects = KvkNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("KvK number")
        verbose_name_plural = _("KvK numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(stands=True), name="kvk_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True), name="kvk_number_one_main"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^\d{8}$"), name="kvk_number_has_8_digits"
            ),
        ]

    def __str__(self):
        return self.number
