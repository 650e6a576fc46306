from django.db import migrations

from partners.places import lay


def forwards(apps, schema_editor):
    names = ("Region", "Sector", "Theme", "Goal")
    lay(*(apps.get_model("partners", name) for name in names))


class Migration(migrations.Migration):
    """The provinces, municipalities, sectors, themes and goals."""

    dependencies = [("partners", "0002_registry")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
