"""What changed in a challenge after it was published: why, when, and word by word."""

from django.http import Http404
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from challenges.differing import differences
from challenges.models import Challenge
from challenges.setup_forms.rectification import TEXTS
from challenges.setup_forms.rules import LABELS
from factory.templatetags.words import euro, moment


def changes(request, slug):
    """All rectifications, the newest first."""
    seen = Challenge.objects.visible_to(request.user).select_related("organisation")
    challenge = seen.filter(slug=slug).first()
    if challenge is None:
        raise Http404
    rows = [
        {"rectification": row, "texts": [shown(change) for change in row.changes]}
        for row in challenge.rectifications.all()
    ]
    context = {"challenge": challenge, "rows": rows}
    return render(request, "challenges/change_list.html", context)


def shown(change):
    """``(label, [(kind, words)])`` of one change."""
    name = change["name"]
    if name in LABELS:
        old, new = (moment(parse_datetime(change[side])) if change[side] else "" for side in SIDES)
        return LABELS[name], [("gone", old), ("added", new)]
    if name == "costs_cents":
        old, new = (euro(change[side] or None) for side in SIDES)
        return _("What do finalists get for their costs?"), [("gone", old), ("added", new)]
    label = TEXTS.get(name) or _("Criteria")
    return label, differences(change["old"], change["new"])


SIDES = ("old", "new")
