"""Why an open challenge is for the reader's organisation, on my desk and on its page, with the way to say no."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.answerers import ASKED_OTHERWISE
from challenges.explaining import in_words
from challenges.foryou import fitting, seen
from challenges.models import Challenge, NotForThem
from factory.templatetags.parts import foryou
from factory.templatetags.refusing import Refusing, not_for_us
from factory.templatetags.words import moment
from partners.whose import decides, organisation_of

FORM = "not-for-us-call"
MOST = 3
MOST_REASONS = 3


def who_answers(person):
    """The reader's organisation, if it is of a kind that answers calls."""
    us = organisation_of(person) if person.is_authenticated else None
    return None if us is None or us.kind in ASKED_OTHERWISE else us


def desk_foryou(person):
    """What stands on my desk; None for who belongs to nobody that answers calls."""
    us = who_answers(person) if person.roles else None
    if us is None:
        return None
    refused = list(_refused_by(us))
    found = fitting(us, [one.challenge_id for one in refused])[:MOST]
    return {
        "items": [_item(fit, us) for fit in found],
        "refusing": _refusing(us, refused),
        "seen": lambda request: seen(request, us, found),
    }


def on_its_page(request, challenge):
    """What stands on the page of a call: why it fits the reader's organisation, or that they said that it does not."""
    if challenge.state != Challenge.State.OPEN:
        return {}
    us = who_answers(request.user)
    if us is None or us.pk == challenge.organisation_id:
        return {}
    refused = [one for one in _refused_by(us) if one.challenge_id == challenge.pk]
    found = [] if refused else fitting(us, (), among=[challenge.pk])
    seen(request, us, found, ranked=False)
    box = _box(found[0], us) if found else ""
    return {"box": box, "refusing": _refusing(us, refused)}


def _refused_by(us):
    still = {"challenge__state": Challenge.State.OPEN}
    said = NotForThem.objects.filter(organisation=us, **still).select_related("challenge")
    return said.defer("challenge__search_nl", "challenge__search_en").order_by("-at")


def _refusing(us, refused):
    """Where refusals go, and what was refused; None for who may not say it."""
    if not decides(us):
        return None
    rows = [
        (
            one.challenge.slug,
            one.challenge.title,
            one.challenge.get_absolute_url(),
            one.get_reason_display(),
        )
        for one in refused
    ]
    return Refusing(FORM, reverse("challenges:not_for_us"), us.name, rows)


def _item(fit, us):
    call = fit.call
    return {
        "title": call.title,
        "lang": call.language,
        "url": call.get_absolute_url(),
        "meta": _("Challenge · plans until %(moment)s") % {"moment": moment(call.deadline_at)},
        "box": _box(fit, us),
    }


def _box(fit, us):
    """Why a call is for you, and the buttons that say that it is not."""
    told = in_words([one for one in fit.reasons if one["code"] != "newcomer"])
    why = [words for words, is_but in told if not is_but][:MOST_REASONS]
    but = [words for words, is_but in told if is_but]
    title = ngettext("%(n)s reason for %(name)s", "%(n)s reasons for %(name)s", len(why))
    if fit.call.invites_us:
        title = _("A coordinator invites %(name)s")
    codes = [(str(code), str(words)) for code, words in NotForThem.Reason.choices]
    buttons = not_for_us(FORM, fit.call.slug, fit.call.title, codes) if decides(us) else ""
    return foryou(title % {"n": len(why), "name": us.name}, why, but, buttons)
