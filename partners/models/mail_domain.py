"""On which mail domains the people of an organisation have their addresses, and since when."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Lower
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models.free_mail import FREE_MAIL

TEXT = models.CharField()
DOMAIN = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$"


class MailDomainQuerySet(models.QuerySet):
    """Mail domains in the domain's words."""

    def current(self):
        return self.filter(until=None)

    def checked(self):
        """Those of which a coordinator saw whose they are; no other lets anybody in."""
        return self.current().exclude(checked_on=None)

    def shared(self):
        """Those by which people of several organisations have their addresses, as in a shared service."""
        return self.checked().filter(shared=True)

    def of(self, person):
        """Checked ones on which this person has an address that they verified; a sub-domain is another."""
        mine = EmailAddress.objects.filter(user=person, verified=True)
        # The last part: what stands before the last @ may hold one too, between quotation marks.
        host = Func(F("email"), Value("@"), Value(-1), function="split_part", output_field=TEXT)
        return self.checked().filter(domain__in=mine.annotate(host=Lower(host)).values("host"))


class MailDomain(models.Model):
    """A domain on which an organisation gives its people addresses; ``until`` is the day it ended.

    Until somebody saw whose it is, and said where, it is a guess that opens nothing. Several organisations have
    the same one only where a coordinator noted of each that it is ``shared``.
    """

    organisation = models.ForeignKey(
        "partners.Organisation", models.CASCADE, related_name="mail_domains"
    )
    domain = models.CharField(_("mail domain"), max_length=190)
    shared = models.BooleanField(_("others use it too"), default=False, db_default=False)
    since = models.DateField(_("since"), default=clock.today)
    until = models.DateField(_("until"), null=True, blank=True)

    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("checked by"),
    )  # fmt: skip
    source = models.CharField(_("where it was seen"), max_length=280, blank=True, db_default="")

    objects = MailDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        constraints = [
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(until=None, shared=False),
                name="mail_domain_of_one_alone",
            ),
            models.UniqueConstraint(
                fields=["organisation", "domain"],
                condition=Q(until=None),
                name="mail_domain_once_each",
            ),
            # Never shared to the one and of one alone to the other.
            ExclusionConstraint(
                expressions=[("domain", "="), (Cast("shared", models.IntegerField()), "<>")],
                condition=Q(until=None),
                name="mail_domain_shared_by_all",
            ),
            models.CheckConstraint(
                condition=Q(domain__regex=DOMAIN), name="mail_domain_in_small_letters"
            ),
            models.CheckConstraint(
                condition=~Q(domain__in=FREE_MAIL), name="mail_domain_is_not_for_everybody"
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, source="")
                | Q(checked_on__isnull=False) & ~Q(source=""),
                name="mail_domain_checked_with_a_source",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="mail_domain_days_in_order"
            ),
        ]

    def __str__(self):
        return self.domain
