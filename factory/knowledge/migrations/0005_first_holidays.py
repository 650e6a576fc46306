from django.db import migrations

from factory.knowledge.first_holidays import lay


def forwards(apps, schema_editor):
    lay(apps.get_model("knowledge", "Holiday"))


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_holidays")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
