from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The board counts round a place from the index alone; the new one is there before the old one goes."""

    atomic = False
    dependencies = [("market", "0009_saved_lists")]
    operations = [
        AddIndexConcurrently(
            "listing",
            models.Index(
                fields=["kind", "sector", "province"],
                include=["organisation", "region", "hides_name", "nationwide", "reach_km"],
                condition=models.Q(state="live"),
                name="listing_counted",
            ),
        ),
        RemoveIndexConcurrently("listing", "listing_facets"),
    ]
