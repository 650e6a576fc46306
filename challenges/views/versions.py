"""The versions of a challenge, and what changed between two of them."""

from django.http import Http404
from django.shortcuts import render
from django.utils.dateparse import parse_date, parse_datetime

from challenges.differing import differences
from challenges.intake_forms import said_in_words
from challenges.models import Challenge, Version
from challenges.models.version import OPEN_TEXTS, OWN_TEXTS
from challenges.rules import writes_the_problem


def versions(request, slug):
    """All that this person may see, newest first; ``?from=1&to=3`` chooses two, else the last two."""
    seen = Challenge.objects.visible_to(request.user).select_related("organisation")
    challenge = seen.filter(slug=slug).first()
    if challenge is None:
        raise Http404
    kept = Version.objects.visible_to(request.user).filter(challenge=challenge)
    rows = list(kept.select_related("by").order_by("number"))
    one, other = chosen(rows, request.GET)
    inside = request.user.is_authenticated and (
        request.user.is_staff or writes_the_problem.test(request.user, challenge)
    )
    context = {
        "challenge": challenge,
        "versions": rows,
        "before": one,
        "after": other,
        "changes": changes(one, other, inside) if other else [],
    }
    return render(request, "challenges/version_list.html", context)


def chosen(rows, asked):
    """The two versions to compare; (None, the only one) if there is but one."""
    by_number = {str(row.number): row for row in rows}
    last = rows[-1] if rows else None
    before = rows[-2] if len(rows) > 1 else None
    one = by_number.get(asked.get("from", ""), before)
    other = by_number.get(asked.get("to", ""), last)
    return one, other


def changes(one, other, inside):
    """``[(label, [(kind, words)])]`` for each text that differs."""
    names = (*OPEN_TEXTS, *OWN_TEXTS) if inside else OPEN_TEXTS
    before = one.texts if one else {}
    return [
        (
            Challenge._meta.get_field(name).verbose_name,
            differences(in_words(name, before.get(name)), in_words(name, other.texts.get(name))),
        )
        for name in names
        if before.get(name) != other.texts.get(name)
    ]


def in_words(name, kept):
    """A text as a version keeps it, for people."""
    if kept in (None, ""):
        return ""
    if kept and name.endswith("_date"):
        return said_in_words(name, parse_date(kept))
    if kept and name in ("questions_until", "answers_by", "deadline_at"):
        return said_in_words(name, parse_datetime(kept))
    return said_in_words(name, kept)
