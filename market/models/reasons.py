"""Why a match did not go on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a match did not go on: neutral codes, as they may become public."""

    PRICE = "price", _("the price")
    CAPACITY = "capacity", _("no room at the moment")
    DISTANCE = "distance", _("too far away")
    PROOF = "proof", _("a certificate or proof is missing")
    TIMING = "timing", _("the date does not work")
    RULE = "rule", _("purchasing rules do not allow it")
    MANDATE = "mandate", _("nobody with a mandate agreed")
    ELSEWHERE = "elsewhere", _("found in another way")
    NO_REPLY = "no_reply", _("no answer came")
    NO_FIT = "no_fit", _("it is not what is asked for")
    FILLED = "filled", _("somebody else was chosen")
    WITHDRAWN = "withdrawn", _("the need was withdrawn")
    GONE = "gone", _("the offer left the market")
    TAKEN_DOWN = "taken_down", _("a coordinator took the need off the market")
    MERGED = "merged", _("the two organisations became one")
    NOT_FOR_US = "not_for_us", _("they said that it is not for them")
