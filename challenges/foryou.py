"""For you: the open challenges that fit the reader's own organisation, each with its true reasons."""

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.answerers import ASKED_OTHERWISE, WEIGHTS, parts
from challenges.explaining import in_words, is_about_it, true_reasons
from challenges.models import Challenge, Invited, NotForThem
from factory.meaning.wording import MOST_SHARED
from factory.templatetags.parts import foryou
from factory.templatetags.refusing import Refusing, not_for_us
from factory.templatetags.words import moment
from partners.scoring import score
from partners.whose import decides, organisation_of

FORM = "not-for-us-call"
MOST_WEIGHED = 40  # open calls, the newest
MOST = 3
MOST_REASONS = 3


def desk_foryou(person):
    """What stands on my desk; None for who belongs to nobody that answers calls."""
    us = organisation_of(person) if person.roles else None
    if us is None or us.kind in ASKED_OTHERWISE:
        return None
    refused = list(_refused_by(us))
    found = fitting(us, [one.challenge_id for one in refused])[:MOST]
    buttons = not_for_us if decides(us) else lambda *_facts: ""
    items = [_item(challenge, reasons, us, buttons) for challenge, reasons in found]
    return {"items": items, "refusing": _refusing(us, refused)}


def fitting(us, refused):
    """``[(challenge, reasons)]``: open calls of others that fit, those one is invited to first, then the best."""
    invited = Exists(Invited.objects.filter(organisation=us, challenge=OuterRef("pk")))
    calls = Challenge.objects.open().exclude(Q(organisation=us) | Q(pk__in=refused))
    calls = calls.select_related("region", "province").prefetch_related("themes", "goals")
    calls = calls.defer("search_nl", "search_en").order_by("-published_at", "-pk")
    calls = list(calls.annotate(invites_us=invited)[:MOST_WEIGHED])
    if calls:
        prefetch_related_objects([us], "themes", "goals", "works_in")
        us.theme_keys = [one.pk for one in us.themes.all()]
        us.goal_keys = [one.pk for one in us.goals.all()]
    weighed = []
    for call in calls:
        reasons = true_reasons(call, us)
        if call.invites_us or any(map(is_about_it, reasons)):
            weighed.append(
                (not call.invites_us, -_score(call, us, reasons), call.pk, call, reasons)
            )
    return [(call, reasons) for *_order, call, reasons in sorted(weighed, key=lambda row: row[:3])]


def _score(call, us, reasons):
    shared = next((one["words"] for one in reasons if one["code"] == "shared_words"), ())
    return score(parts(call, us, text=len(shared) / MOST_SHARED), WEIGHTS)


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


def _item(challenge, reasons, us, buttons):
    told = in_words([one for one in reasons if one["code"] != "newcomer"])
    why = [words for words, is_but in told if not is_but][:MOST_REASONS]
    but = [words for words, is_but in told if is_but]
    title = ngettext("%(n)s reason for %(name)s", "%(n)s reasons for %(name)s", len(why))
    if challenge.invites_us:
        title = _("A coordinator invites %(name)s")
    codes = [(str(code), str(words)) for code, words in NotForThem.Reason.choices]
    return {
        "title": challenge.title,
        "lang": challenge.language,
        "url": challenge.get_absolute_url(),
        "meta": _("Challenge · plans until %(moment)s") % {"moment": moment(challenge.deadline_at)},
        "box": foryou(
            title % {"n": len(why), "name": us.name},
            why,
            but,
            buttons(FORM, challenge.slug, challenge.title, codes),
        ),
    }
