"""What an entry holds, ready to be read: as it was sent in, or as it is typed so far."""

import re

from django.core.exceptions import ValidationError

from challenges.drafting import typed_of
from factory.fields import EuroField
from factory.templatetags.words import euro


def to_show(entry, said):
    """``contents`` of the entry, with its amounts in words and where its files are."""
    lines = [line | {"amount": euro(line["cents"])} for line in said.get("budget", [])]
    files = said.get("files", [])
    held = entry.attachments.filter(was_sent=True).select_related("file") if files else ()
    place = {one.file.sha256: one.get_absolute_url() for one in held}
    files = [file | {"url": place.get(file["sha256"], "")} for file in files]
    return said | {"amount": euro(said["amount_cents"]), "budget": lines, "files": files}


def drafted_files(entry):
    """The files that go along when it is sent in next."""
    return [
        {
            "pk": one.pk,
            "name": one.file.name,
            "size": one.file.size,
            "url": one.get_absolute_url(),
        }
        for one in entry.attachments.drafted()
    ]


def typed_to_show(entry):
    """The same of what is typed and was not sent in: amounts as they were typed."""
    typed = typed_of(entry)
    asked = entry.challenge.questions_asked.all()
    answers = [{"asked": q.text, "answer": typed.get(f"answer-{q.pk}")} for q in asked]
    return typed | {
        "amount": in_euros(typed.get("amount_cents")),
        "answers": answers,
        "files": drafted_files(entry),
        "budget": [
            {"label": label, "amount": in_euros(cents)}
            for label, cents in pairs(typed, "budget", "label", "cents")
        ],
        "partners": [
            {"name": name, "share": share}
            for name, share in pairs(typed, "partner", "name", "share")
        ],
    }


def pairs(typed, kind, first, second):
    """The lines of a kind as they were typed, in order."""
    numbers = {int(found[1]) for name in typed if (found := re.match(rf"{kind}(\d+)-", name))}
    for n in sorted(numbers):
        yield typed.get(f"{kind}{n}-{first}", ""), typed.get(f"{kind}{n}-{second}", "")


def in_euros(text):
    """An amount as it was typed, in euros if it is one."""
    try:
        return euro(EuroField(required=False).clean(text or "")) if text else ""
    except ValidationError:
        return text
