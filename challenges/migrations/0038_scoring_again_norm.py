"""How long a jury gets where an entry came back after the day for scores: a rule of the house, in working days."""

from datetime import date

from django.db import migrations

HOUSE = "Rule of the house"


def lay(apps, schema_editor):
    facts = {"value": 10, "unit": "days", "source": HOUSE}
    norms = apps.get_model("knowledge", "Norm").objects
    norms.get_or_create(code="scoring-again-days", valid_from=date(2016, 1, 1), defaults=facts)


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0037_words_of_three_fields"),
        ("knowledge", "0007_draft_norms"),
    ]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
