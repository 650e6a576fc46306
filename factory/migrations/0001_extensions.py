from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    """What PostgreSQL must know before any table is made."""

    initial = True
    operations = [TrigramExtension(), UnaccentExtension(), BtreeGistExtension()]
