"""Who helped to write a problem: whoever knows more than other entrants is named."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Membership, Organisation, Person


class HelperQuerySet(models.QuerySet):
    """Helpers in the domain's words."""

    def from_outside(self):
        """Without whoever wrote for the owner."""
        return self.exclude(what=Helper.What.WROTE)

    def of_entrant(self, organisation):
        """Those who are this organisation, or work for it."""
        people = Membership.objects.confirmed().filter(organisation=organisation)
        return self.filter(Q(organisation=organisation) | Q(person__in=people.values("person")))


class Helper(models.Model):
    """Somebody who helped, with what, and on which days."""

    class What(models.TextChoices):
        WROTE = "wrote", _("wrote along")
        REMARKED = "remarked", _("read along and made remarks")
        TALKED = "talked", _("was asked about the problem")
        RESEARCHED = "researched", _("brought figures or research")

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="helpers")
    what = models.CharField(_("with what"), max_length=10, choices=What)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("who"), max_length=120, blank=True)
    first_date = models.DateField(default=clock.today)
    last_date = models.DateField(default=clock.today)

    objects = HelperQuerySet.as_manager()

    class Meta:
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        ordering = ["first_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "what", "person"],
                condition=Q(person__isnull=False),
                name="helper_once_a_person",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False) | ~Q(name=""),
                name="helper_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(what__in=["wrote", "remarked", "talked", "researched"]),
                name="helper_what_is_known",
            ),
            models.CheckConstraint(
                condition=Q(last_date__gte=models.F("first_date")), name="helper_days_in_order"
            ),
        ]

    def __str__(self):
        return self.name or str(self.organisation or self.person)


def helped(challenge, what, person):
    """Note that a person helped today, once for each kind of help."""
    today = clock.today()
    found, new = Helper.objects.get_or_create(
        challenge=challenge, what=what, person=person,
        defaults={"first_date": today, "last_date": today},
    )  # fmt: skip
    if not new and found.last_date < today:
        Helper.objects.filter(pk=found.pk).update(last_date=today)
