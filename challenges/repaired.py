"""What is different in an entry that was repaired: its words before the deadline beside those of the repair."""

import json

from django.utils.translation import gettext as _

from challenges.differing import differences
from challenges.models import Entry
from factory.journal.models import Event
from factory.templatetags.words import euro

WORDS = ("title", "summary", "plan", "blind")


def repaired(entry):
    """``[(label, [(kind, words)])]`` of what differs; empty if it was not repaired."""
    if not entry.repairs or not Event.objects.about(entry).filter(verb="entry.repair").exists():
        return []  # asked, but never sent: what came later is the changed plan of a finalist
    rows = list(entry.submissions.order_by("number"))
    sent = [row for row in rows if row.at <= entry.challenge.deadline_at]
    later = [row for row in rows if row.at > entry.challenge.deadline_at]
    if not (sent and later):
        return []
    before, after = (texts(json.loads(row.said)) for row in (sent[-1], later[0]))
    return [
        (label, differences(before.get(label, ""), after.get(label, "")))
        for label in dict.fromkeys([*before, *after])
        if before.get(label, "") != after.get(label, "")
    ]


def texts(said):
    """``{label: words}`` of everything that was sent in, but for the amount: no repair changes that."""
    told = {str(Entry._meta.get_field(name).verbose_name): said.get(name) or "" for name in WORDS}
    told |= {one["asked"]: one["answer"] for one in said.get("answers", [])}
    lines = {
        _("budget"): [f"{one['label']}: {euro(one['cents'])}" for one in said.get("budget", [])],
        _("partners"): [f"{one['name']}: {one['share']}%" for one in said.get("partners", [])],
        _("attachments"): [one["name"] for one in said.get("files", [])],
    }
    return told | {label: "\n".join(rows) for label, rows in lines.items()}
