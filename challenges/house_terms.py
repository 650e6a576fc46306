"""What the house promises in working days: dated norms, so that another promise changes no text and no code."""

from factory.knowledge.models import Norm


def ring_days():
    """Working days within which a coordinator rings whoever sent a problem in."""
    return Norm.objects.value("ring-days")


def answer_days():
    """Working days to answer when more was asked, unless the coordinator says otherwise."""
    return Norm.objects.value("answer-days")
