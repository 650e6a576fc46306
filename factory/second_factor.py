"""The second factor: whether this session was opened with one, and the way to it."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def used_second_factor(request):
    """Whether this session was opened with a code or a passkey."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def must_show_a_factor(person):
    """Staff always; and whoever had one and lost it, or who finds a password could set up their own."""
    return person.is_staff or person.needs_factor


def way_to_second_factor(request):
    """To the code if this person has a second factor, else to the page where one is set up."""
    factors = set(
        Authenticator.objects.filter(user=request.user, type__in=STRONG).values_list(
            "type", flat=True
        )
    )
    if not factors:
        messages.warning(request, needed_because(request.user))
        return redirect("mfa_index")
    code = Authenticator.Type.TOTP in factors
    page = reverse("mfa_reauthenticate" if code else "mfa_reauthenticate_webauthn")
    back = request.get_full_path() if request.method == "GET" else reverse("desk")
    return redirect(f"{page}?{urlencode({'next': back})}")


def needed_because(person):
    """Why this person is sent to set one up, in words."""
    if person.is_staff:
        return _("Coordinators need a second factor. Set it up first.")
    return _("Your old second step is gone. Set up a new one first.")


def is_last_factor(authenticator):
    """Whether nothing but recovery codes would be left."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
    return not others.exclude(pk=authenticator.pk).exists()
