"""The recess of councils is an estimate: each council sets its own, usually within the school holidays."""

from django.db import migrations

SOURCE = "Gebruikelijk zomerreces; je eigen raad bepaalt de dagen"


def mark(apps, schema_editor):
    apps.get_model("challenges", "Closure").objects.filter(kind="recess", source=SOURCE).update(
        is_estimated=True
    )


class Migration(migrations.Migration):
    dependencies = [("challenges", "0033_back_to_the_jury")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
