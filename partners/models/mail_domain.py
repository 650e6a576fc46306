"""On which mail domains the people of an organisation have their addresses, and since when."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from factory import clock

# Where anybody can take an address: it says nothing of where somebody works.
FREE_MAIL = (
    "casema.nl", "chello.nl", "duck.com", "fastmail.com", "freedom.nl", "gmail.com", "gmx.com",
    "gmx.net", "googlemail.com", "hetnet.nl", "home.nl", "hotmail.com", "hotmail.nl", "icloud.com",
    "kpnmail.nl", "kpnplanet.nl", "live.com", "live.nl", "mac.com", "mail.com", "me.com", "msn.com",
    "online.nl", "onsbrabantnet.nl", "outlook.com", "outlook.nl", "planet.nl", "pm.me", "proton.me",
    "protonmail.com", "quicknet.nl", "solcon.nl", "telfort.nl", "tutanota.com", "upcmail.nl",
    "xs4all.nl", "yahoo.com", "ymail.com", "zeelandnet.nl", "ziggo.nl",
)  # fmt: skip
TEXT = models.CharField()
DOMAIN = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$"


class MailDomainQuerySet(models.QuerySet):
    """Mail domains in the domain's words."""

    def current(self):
        return self.filter(until=None)

    def checked(self):
        """Those of which a coordinator saw whose they are; no other lets anybody in."""
        return self.current().exclude(checked_on=None)

    def of(self, person):
        """Checked ones on which this person has an address that they verified; a sub-domain is another."""
        mine = EmailAddress.objects.filter(user=person, verified=True)
        # The last part: what stands before the last @ may hold one too, between quotation marks.
        host = Func(F("email"), Value("@"), Value(-1), function="split_part", output_field=TEXT)
        return self.checked().filter(domain__in=mine.annotate(host=Lower(host)).values("host"))


class MailDomain(models.Model):
    """A domain on which an organisation gives its people addresses; ``until`` is the day it ended.

    Until somebody saw whose it is, and said where, it is a guess that opens nothing.
    """

    organisation = models.ForeignKey(
        "partners.Organisation", models.CASCADE, related_name="mail_domains"
    )
    domain = models.CharField(_("mail domain"), max_length=190)
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
                fields=["domain"], condition=Q(until=None), name="mail_domain_of_one"
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
