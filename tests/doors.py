"""Ways in: how a test signs somebody in."""

import time

from allauth.mfa.totp.internal import auth


def sign_in(client, person, second_factor=None):
    """As somebody who just signed in; staff with their second factor, unless told otherwise."""
    client.force_login(person)
    session = client.session
    ways = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    if person.is_staff if second_factor is None else second_factor:
        ways.append({"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True})
    session["account_authentication_methods"] = ways
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def give_app(person):
    """A person's app with codes; returns a function that gives the code of this moment."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(person, secret)
    return lambda: code_of(secret)


def code_of(secret):
    """The code that an app with this secret shows now."""
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return auth.format_hotp_value(auth.hotp_value(secret, counter))
