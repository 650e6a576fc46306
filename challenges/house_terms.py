"""What the house promises in working days: dated norms, so that another promise changes no text and no code."""

from datetime import timedelta

from factory.knowledge.models import Norm

TOGETHER = timedelta(hours=24)  # within which a second coordinator opens the entries


def ring_days():
    """Working days within which a coordinator rings whoever sent a problem in."""
    return Norm.objects.value("ring-days")


def answer_days():
    """Working days to answer when more was asked, unless the coordinator says otherwise."""
    return Norm.objects.value("answer-days")


def open_until(challenge):
    """Until when another coordinator can open the entries with who asked; None if nobody did."""
    return challenge.asked_to_open_at and challenge.asked_to_open_at + TOGETHER
