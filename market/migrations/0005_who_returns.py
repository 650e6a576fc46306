from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What rests is found by its day; the index is made while people write."""

    atomic = False
    dependencies = [("market", "0004_drafts_pauses_and_hidden_names")]
    operations = [
        AddIndexConcurrently(
            "listing",
            models.Index(
                fields=["paused_until"],
                condition=models.Q(state="paused"),
                name="listing_returning",
            ),
        )
    ]
