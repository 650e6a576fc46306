"""Over how long small state aid adds up: three years, by the regulation."""

from datetime import date

from django.db import migrations

AID = "Verordening (EU) 2023/2831 (de minimis), art. 3"


def lay(apps, schema_editor):
    facts = {"value": 3 * 365, "unit": "days", "valid_to": date(2030, 12, 31), "source": AID}
    norms = apps.get_model("knowledge", "Norm").objects
    norms.get_or_create(code="de-minimis-days", valid_from=date(2024, 1, 1), defaults=facts)


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0038_scoring_again_norm"),
        ("knowledge", "0007_draft_norms"),
    ]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
