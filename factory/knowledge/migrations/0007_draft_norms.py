from django.db import migrations

from factory.knowledge.norms import lay


def forwards(apps, schema_editor):
    lay(apps.get_model("knowledge", "Norm"))


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0006_words_of_the_desk")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
