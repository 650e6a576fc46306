"""How accounts behave: every mail leaves by the outbox, and people are named by their name."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """django-allauth's hooks."""


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's hooks."""
