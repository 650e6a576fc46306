"""What the pages ask of who is signed in: how much they were told and have not read."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef

from factory.notices.models import Notice


def reader_facts():
    """``unread_told``: how many lines of the inbox are new."""
    new = Notice.objects.inbox(OuterRef("pk")).unread().order_by().values("pk")
    return {
        "unread_told": Func(ArraySubquery(new), function="cardinality", output_field=IntegerField())
    }
