from django.db import migrations

from factory.knowledge.norms import lay


def forwards(apps, schema_editor):
    lay(apps.get_model("knowledge", "Norm"))


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0007_draft_norms")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
