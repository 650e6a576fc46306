"""django-allauth's forms of the second factor, where ours differ."""

import struct

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error)


def proved(user, kind):
    """Setting up a factor shows that one has it: this session counts as opened with it."""
    record_authentication(context.request, user, "mfa", type=kind, reauthenticated=True)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """Whoever types the first code need not type the second at once."""

    def clean_code(self):
        code = super().clean_code()
        proved(self.user, "totp")
        return code


class Readable:
    """What a browser never sends is an incorrect code, not a failure of ours."""

    def clean_credential(self):
        if not isinstance(self.cleaned_data["credential"], dict):  # 0 would be saved unread
            raise get_adapter().validation_error("incorrect_code")
        read = getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"])
        try:
            return read()
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None

    def clean(self):
        try:
            return super().clean()
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None


class AddWebAuthnForm(Readable, webauthn.AddWebAuthnForm):
    """A new passkey or security key."""

    def clean(self):
        data = super().clean()
        if data.get("credential"):
            proved(self.user, "webauthn")
        return data


class AuthenticateWebAuthnForm(Readable, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in."""


class ReauthenticateWebAuthnForm(Readable, webauthn.ReauthenticateWebAuthnForm):
    """Once more, before something that matters."""


class LoginWebAuthnForm(Readable, webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""
