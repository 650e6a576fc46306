"""How far the intake is, step by step."""

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Step
from challenges.models.challenge import SUBJECTS
from challenges.models.step import FIELDS, is_begun, is_complete


def rows(challenge, now=""):
    """Rows for the ``steps`` part: each step with how far it is, and who filled it in."""
    prefetch_related_objects([challenge], *SUBJECTS)
    saved = {step.name: step for step in challenge.steps.select_related("saved_by")}
    return [_row(challenge, name, saved.get(name), name == now) for name in FIELDS]


def _row(challenge, name, step, is_now):
    complete = is_complete(challenge, name)
    return {
        "name": name,
        "text": Step.Name(name).label,
        "url": reverse("challenges:step", args=[challenge.slug, name]),
        "complete": complete,
        "state": "now" if is_now else "done" if complete else "later",
        "note": _note(challenge, name, step, complete),
        "waits": step if step and step.right_at is None else None,
    }


def _note(challenge, name, step, complete):
    if step and step.right_at is None:
        return _("Filled in by %(name)s. Is it right?") % {"name": step.saved_by.name}
    if complete:
        return _("Done")
    return _("Begun") if is_begun(challenge, name) else _("Not begun yet")
