from django.db import migrations, models


class Migration(migrations.Migration):
    """Of which words of a need its shortlist was made; None where nobody knows."""

    dependencies = [("market", "0032_taken_back")]
    operations = [
        migrations.AddField(
            "listing",
            "searched_version",
            models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
    ]
