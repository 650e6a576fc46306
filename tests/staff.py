"""Somebody at the coordinators' desk: signed in with a second factor."""

import time

from django.test import Client


def at_the_desk(person):
    """A client in whose session ``person`` signed in with a code of the second factor."""
    client = Client()
    client.force_login(person)
    session = client.session
    now = time.time()
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "type": "totp", "at": now, "reauthenticated": True},
    ]
    session.save()
    return client
