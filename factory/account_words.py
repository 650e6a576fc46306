"""What stands above the mails of django-allauth, by the name of their template: in our words, not in its headlines."""

from django.utils.translation import gettext_lazy as _

SUBJECTS = {
    "login_code": _("Your code to sign in"),
    "password_reset_key": _("Choose a new password"),
    "email_confirmation": _("Confirm your mail address"),
    "email_confirmation_signup": _("Confirm your mail address"),
    "account_already_exists": _("You have an account already"),
    "unknown_account": _("There is no account with this address"),
    "email_changed": _("Your mail address was changed"),
    "email_confirm": _("Your mail address is confirmed"),
    "email_deleted": _("A mail address was taken away"),
    "password_changed": _("Your password was changed"),
    "password_set": _("Your password is set"),
    "recovery_codes_generated": _("New spare codes were made"),
    "totp_activated": _("Your second step is on"),
    "totp_deactivated": _("Your second step is off"),
    "webauthn_added": _("A passkey was added"),
    "webauthn_removed": _("A passkey was taken away"),
}
