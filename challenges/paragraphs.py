"""A challenge read in paragraphs, each with what was remarked about it."""

import re

from django.utils.translation import gettext as _

from challenges.intake_forms import LABELS, said_in_words
from challenges.models import Step
from challenges.models.step import FIELDS, stands

GAP = re.compile(r"\n\s*\n")
ALL = {name for names in FIELDS.values() for name in names}


def paragraphs_of(challenge, name):
    """The paragraphs of one field, in words; empty if nothing stands there."""
    value = stands(challenge, name)
    return GAP.split(said_in_words(name, value)) if value else []


def parts(challenge):
    """``[{"title", "fields": [{"label", "name", "paragraphs": [{"number", "words", "remarks"}]}]}]``."""
    remarks = {}
    for remark in challenge.remarks.select_related("guest", "person", "resolved_by"):
        remarks.setdefault((remark.field, remark.paragraph), []).append(remark)
    return [_part(challenge, step, names, remarks) for step, names in FIELDS.items()]


def _part(challenge, step, names, remarks):
    return {
        "title": Step.Name(step).label,
        "name": step,
        "fields": [_field(challenge, name, remarks) for name in names],
    }


def _field(challenge, name, remarks):
    words = paragraphs_of(challenge, name) or [""]
    last = len(words) - 1
    return {
        "name": name,
        "label": LABELS[name],
        "paragraphs": [
            {
                "number": number,
                "words": said or _("Nothing stands here yet."),
                "empty": not said,
                "remarks": _about(remarks, name, number, last),
            }
            for number, said in enumerate(words)
        ],
    }


def _about(remarks, name, number, last):
    """Of the last paragraph also what was said of paragraphs that are gone."""
    found = remarks.get((name, number), [])
    if number == last:
        found = found + [
            r for (n, at), rows in remarks.items() if n == name and at > last for r in rows
        ]
    return found
