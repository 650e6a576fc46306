"""Which instruments allow a changed plan after the deadline, and what the house promises in working days."""

from datetime import date

from django.db import migrations

# A subsidy is an answer to an application, which may be sharpened; an order to one party, a private contract and
# an innovation partnership are negotiated. A contest and the other tenders are judged on what was sent in.
ALLOW = ("subsidy", "order", "private", "partnership")
HOUSE = "Rule of the house"
FIRST_DAY = date(2016, 1, 1)
DAYS = {"ring-days": 2, "answer-days": 10}


def lay(apps, schema_editor):
    instruments = apps.get_model("challenges", "Instrument").objects
    instruments.filter(slug__in=ALLOW).update(allows_changes=True)
    norms = apps.get_model("knowledge", "Norm").objects
    for code, days in DAYS.items():
        facts = {"value": days, "unit": "days", "source": HOUSE}
        norms.get_or_create(code=code, valid_from=FIRST_DAY, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0040_coached_and_explored"),
        ("knowledge", "0007_draft_norms"),
    ]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
