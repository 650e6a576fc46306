"""One account for each role. Their password and second factor are shown to whoever runs the demo."""

import base64
import hashlib
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory import clock
from factory.demo import lines
from partners.demo.people import phone
from partners.models import Membership, Person, Region

ROWS = Path(__file__).parent / "accounts.csv"
PASSWORD = "samen-verder-in-de-demo"  # noqa: S105 - shown on screen, works only in the demo
STAFF = ("coordinator", "administrator")
DUTIES = {
    **dict(Membership.Role.choices),
    "juror": gettext_lazy("juror"),
    "coordinator": gettext_lazy("coordinator"),
    "administrator": gettext_lazy("administrator"),
}


def make_accounts():
    """The people who can sign in; coordinators get their provinces, staff a second factor."""
    password = make_password(PASSWORD)
    for number, row in enumerate(lines(ROWS)):
        person = Person.objects.create(
            email=row["email"],
            name=row["name"],
            job=row["job"],
            phone=phone(number),
            password=password,
            is_staff=row["duty"] in STAFF,
            is_superuser=row["duty"] == "administrator",
            terms_version=settings.TERMS_VERSION,
            terms_accepted_at=clock.now(),
        )
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        if person.is_staff:
            TOTP.activate(person, secret_for(person.email))
        person.regions.set(Region.objects.filter(code__in=row["provinces"].split("|")))
    return _("%(count)s accounts, one for each role") % {"count": number + 1}


def juror():
    """The person who can sign in as one of a jury."""
    (email,) = (row["email"] for row in lines(ROWS) if row["duty"] == "juror")
    return Person.objects.get(email=email)


def secret_for(email):
    """The demo's second factor of an account: the same after every reset, so apps need no new code."""
    return base64.b32encode(hashlib.sha1(email.encode()).digest()).decode()  # noqa: S324


def shown():
    """The accounts that are really there: role, email, password and the secret of the second factor."""
    there = set(Person.objects.values_list("email", flat=True))
    locked = set(Authenticator.objects.values_list("user__email", flat=True))
    return [
        {
            "role": " · ".join(filter(None, [str(DUTIES[row["duty"]]), row["organisation"]])),
            "email": row["email"],
            "password": PASSWORD,
            "secret": secret_for(row["email"]) if row["email"] in locked else "",
        }
        for row in lines(ROWS)
        if row["email"] in there
    ]
