from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether the model in use may have missed something while another stood in for it."""

    dependencies = [("meaning", "0004_organisations_are_searched")]
    operations = [
        migrations.AddField("readermodel", "behind", models.BooleanField(default=False, db_default=False)),
    ]
