"""How accounts behave: every mail leaves by the outbox, and people are named by their name."""

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.sites.shortcuts import get_current_site
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from factory.account_words import SUBJECTS
from factory.limits import too_many_requests
from factory.notices.outbox import post
from factory.second_factor import is_last_factor, must_show_a_factor

TOO_MANY = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):
    """django-allauth's hooks."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This mail address and this password do not go together. Look at both once more, choose a new "
            "password, or let us mail you a code."
        ),
    }

    def validation_error(self, code, *args):
        """Too many tries answer 429, whichever form they were made in."""
        if code in TOO_MANY:
            raise ImmediateHttpResponse(too_many_requests(self.request, retry_after=300))
        return super().validation_error(code, *args)

    def post_login(self, request, user, **how):
        """Staff stay signed in for a working day, everybody else for two weeks."""
        response = super().post_login(request, user, **how)
        if user.is_staff:
            request.session.set_expiry(settings.STAFF_SESSION_AGE)
        return response

    def send_mail(self, template_prefix, email, context):
        """By the outbox, like every mail: in our layout, tried again if the mail server is away."""
        site = {"request": self.request, "current_site": get_current_site(self.request)}
        mail = self.render_mail(template_prefix, email, {"email": email, **site, **context})
        subject = SUBJECTS.get(template_prefix.rpartition("/")[2])
        post(email, str(subject or mail.subject), mail.body)

    def confirm_email(self, request, email_address):
        """Not an address by which somebody else is known here, even if they never confirmed it."""
        others = get_user_model().objects.exclude(pk=email_address.user_id)
        if others.filter(email__iexact=email_address.email).exists():
            failed = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, failed, {"email": email_address.email})
            return False
        confirmed = super().confirm_email(request, email_address)
        if confirmed:  # the code was read there
            person = get_user_model()
            person.objects.filter(pk=email_address.user_id).update(**person.MAIL_ARRIVES)
        return confirmed

    def send_account_already_exists_mail(self, email):
        """As much work as making an account takes, so that the time tells nothing."""
        get_user_model()().set_password(email)
        super().send_account_already_exists_mail(email)


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's hooks."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or was used before. Wait for the next code and try again."
        ),
        "cannot_delete_authenticator": _(
            "You cannot do without a second factor. Add another one first."
        ),
    }

    def build_totp_svg(self, url):
        """The square as an element of the page: an image of ``data:`` would break the policy."""
        drawing = super().build_totp_svg(url)
        return mark_safe(drawing[drawing.index("<svg") :])  # noqa: S308 (drawn by us)

    def can_delete_authenticator(self, authenticator):
        """Whoever must show a factor keeps at least one."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        return not (must_show_a_factor(authenticator.user) and is_last_factor(authenticator))


def way_to_a_password(person):
    """The path of the page where this person chooses a password, good for once."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    names = {"uidb36": user_pk_to_url_str(person), "key": key}
    return reverse("account_reset_password_from_key", kwargs=names)
