"""Files with an entry while it is written: put with it, and taken away again."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from challenges.drafting import typed_of
from challenges.models import Attachment, Entry
from challenges.models.entry import TYPED_IN
from factory.files.checking import check
from factory.files.keeping import keep
from factory.files.kinds import ATTACHMENTS
from factory.moves import Missing

ACCEPT = ",".join(f".{kind.extension}" for kind in ATTACHMENTS) + ",.jpeg"


def change_files(entry, posted, files, by):
    """Do what the form asks with its files; why a file was not taken, in words, or ""."""
    try:
        with transaction.atomic():
            if (chosen := posted.get("drop", "")).isdecimal():
                take_away(entry, int(chosen))
            if upload := files.get("upload"):
                put_with(entry, check(upload, ATTACHMENTS), by)
    except ValidationError as refused:
        return " ".join(refused.messages)
    except Missing as missing:
        return " ".join(str(reason) for reason in missing.reasons)
    except (IntegrityError, Entry.DoesNotExist):  # at the deadline itself
        return ""
    finally:
        if upload := files.get("upload"):
            upload.seek(0)
    return ""


@transaction.atomic
def put_with(entry, checked, by):
    """Keep the file; the same one twice is there once."""
    held = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk, state__in=TYPED_IN)
    same = {"file__sha256": checked.sha256, "file__name": checked.name}
    if held.attachments.drafted().filter(**same).exists():
        return
    attach(held, checked, by)
    differs_from_what_was_sent(held)


@transaction.atomic
def take_away(entry, pk):
    """Not with it any more; gone for good unless it was sent in once."""
    held = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk, state__in=TYPED_IN)
    if one := held.attachments.drafted().filter(pk=pk).first():
        if one.was_sent:
            Attachment.objects.filter(pk=pk).update(drafted=False)
        else:
            one.delete()
            one.file.discard()
        differs_from_what_was_sent(held)


def differs_from_what_was_sent(entry):
    """There is something newer than what was sent in, though no word of it changed."""
    if entry.receipt and not entry.typed:
        Entry.objects.filter(pk=entry.pk).update(typed=typed_of(entry))


def attach(entry, checked, by):
    """Keep the file with the entry, in the transaction that locks it."""
    file = keep(checked, by=by, holder=entry)
    file.attach(Attachment.objects.create(entry=entry, file=file))
