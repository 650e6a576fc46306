"""People. A Person is who signs in; what one may do follows from memberships and duties."""

import json

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

COORDINATED = {
    "partners",
    "market",
    "challenges",
    "notices",
    "coordination",
}  # the apps whose rows are the coordinators' work
FOR_ADMINISTRATORS = {"partners.person"}


class PersonManager(BaseUserManager):
    """Makes people, and knows the one that is the machine."""

    def create_user(self, email, password=None, **fields):
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def the_factory(self):
        """The machine's own Person: inactive, without a password, made by a migration."""
        return self.get(is_the_factory=True)

    def coordinators(self):
        """Active staff, in a fixed order."""
        return self.filter(is_staff=True, is_active=True).order_by("pk")

    def unreachable(self):
        """Those whose address refuses mail."""
        return self.filter(is_active=True, address_fails_since__isnull=False)


class Person(AbstractBaseUser):
    """Somebody who works here: for an organisation, as a coordinator, or as the Factory itself."""

    class Language(models.TextChoices):
        DUTCH = "nl", _("Dutch")
        ENGLISH = "en", _("English")

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    job = models.CharField(_("what you do"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DUTCH
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("coordinator"), default=False)
    is_superuser = models.BooleanField(_("administrator"), default=False)
    needs_factor = models.BooleanField(default=False, db_default=False, editable=False)
    is_the_factory = models.BooleanField(default=False, editable=False)
    address_fails_since = models.DateTimeField(
        _("mail comes back since"), null=True, blank=True, editable=False
    )
    # Behind a relay every mail seems to arrive: where a coordinator saw it come back, that counts for this address.
    address_told = models.EmailField(
        _("address that a coordinator noted"), blank=True, default="", db_default="", editable=False
    )
    MAIL_ARRIVES = {"address_fails_since": None, "address_told": ""}
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
        db_index=False,  # found from the side of who was merged, by its address
    )
    terms_version = models.CharField(
        _("version of the terms"), max_length=20, blank=True, editable=False
    )
    terms_accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    roles = None  # see remember_roles
    is_looked_as = False  # whether a coordinator sees the site as this person: see factory.coordination.looking
    seats = None  # as JSON, of who came with the facts of a reader: partners.readers
    stood_in_by = None  # the coordinator who notes something for this person
    joined_at = models.DateTimeField(_("joined on"), auto_now_add=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.UniqueConstraint(
                fields=["is_the_factory"],
                condition=models.Q(is_the_factory=True),
                name="person_one_factory",
            ),
            models.CheckConstraint(
                condition=models.Q(is_the_factory=False)
                | models.Q(is_active=False, is_staff=False, is_superuser=False),
                name="person_factory_cannot_sign_in",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None)
                | models.Q(is_active=False, is_staff=False, is_superuser=False),
                name="person_merged_cannot_sign_in",
            ),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False) | models.Q(is_staff=True),
                name="person_administrator_is_staff",
            ),
        ]
        indexes = [
            models.Index(
                fields=["address_fails_since"],
                condition=models.Q(address_fails_since__isnull=False),
                name="person_unreachable",
            )
        ]

    def __str__(self):
        return self.name or self.email

    @classmethod
    def label(cls):
        """The thing's name in the journal."""
        return cls._meta.label_lower

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0] if self.name else self.email

    def remember_roles(self):
        """Look the roles up once, for a page that only reads. A move never trusts what is remembered."""
        rows = self._seated() if self.seats is not None else self._memberships_now()
        self.roles = {organisation: role for organisation, role, confirmed in rows if confirmed}
        self.asked = {organisation for organisation, _role, confirmed in rows if not confirmed}

    def _memberships_now(self):
        return self.memberships.values_list("organisation", "role", "confirmed_at")

    def _seated(self):
        return [(one["organisation"], one["role"], one["confirmed"]) for one in self.known_seats]

    @property
    def known_seats(self):
        """The memberships that came with who is signed in: organisation, role, confirmed, state, name."""
        return [json.loads(seat) for seat in self.seats or ()]

    def decides_for(self):
        """The ids of the organisations for which this person is an owner or an editor."""
        if self.roles is None:
            return set(self.memberships.who_decide().values_list("organisation", flat=True))
        return {pk for pk, role in self.roles.items() if role in ("owner", "editor")}

    @property
    def initials(self):
        """Two letters for the round sign beside a name."""
        parts = [part for part in self.name.split() if part[0].isupper()] or [self.email.upper()]
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()

    def has_perm(self, perm, obj=None):
        """The admin's question. Coordinators have their own apps, but not what is the administrators'."""
        app, _dot, codename = perm.partition(".")
        model = f"{app}.{codename.rpartition('_')[2]}"
        mine = app in COORDINATED and model not in FOR_ADMINISTRATORS
        return self.is_active and self.is_staff and (self.is_superuser or mine)

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app):
        return self.is_active and self.is_staff
