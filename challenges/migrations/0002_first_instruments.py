"""The instruments and terms the platform starts with, and what only PostgreSQL can say in SQL."""

from datetime import date

from django.db import migrations

PURCHASING = "Aanbestedingswet 2012"
AWB = "Algemene wet bestuursrecht"
FIRST_DAY = date(2013, 4, 1)

# slug, Dutch, English, term, disclosure, a lawyer looks, built, source
INSTRUMENTS = [
    ("prize", "Prijsvraag", "Prize contest", "standstill", "anonymous", True, True, f"{PURCHASING}, art. 2.33"),
    ("subsidy", "Subsidie", "Subsidy", "objection", "private", True, True, f"{AWB}, titel 4.2"),
    ("order", "Opdracht aan een partij", "Order to one party", "none", "private", False, False, f"{PURCHASING}, art. 1.4"),
    ("quotes", "Meerdere offertes", "Several quotes", "none", "private", True, False, f"{PURCHASING}, art. 1.13"),
    ("national", "Nationale openbare procedure", "National open procedure", "standstill", "private", True, False, f"{PURCHASING}, deel 1"),
    ("partnership", "Innovatiepartnerschap", "Innovation partnership", "standstill", "private", True, False, f"{PURCHASING}, art. 2.31a"),
    ("sbir", "SBIR", "SBIR", "standstill", "private", True, False, f"{PURCHASING}, art. 2.24"),
    ("private", "Contract van een bedrijf", "Private contract", "none", "private", False, False, "Burgerlijk Wetboek, boek 6"),
]
TERMS = [
    ("standstill-days", 20, f"{PURCHASING}, art. 2.127"),
    ("objection-days", 42, f"{AWB}, art. 6:7"),
]
SAME_CHALLENGE = """
ALTER TABLE challenges_award ADD CONSTRAINT award_of_an_entry_of_the_challenge
    FOREIGN KEY (entry_id, challenge_id) REFERENCES challenges_entry (id, challenge_id)
    DEFERRABLE INITIALLY DEFERRED
"""


def lay(apps, schema_editor):
    instruments = apps.get_model("challenges", "Instrument")
    for order, (slug, nl, en, period, disclosure, lawyer, ready, source) in enumerate(INSTRUMENTS):
        instruments.objects.create(
            slug=slug,
            name_nl=nl,
            name_en=en,
            period=period,
            disclosure=disclosure,
            wants_lawyer=lawyer,
            is_ready=ready,
            valid_from=FIRST_DAY,
            source=source,
            order=order,
        )
    norms = apps.get_model("knowledge", "Norm")
    for code, days, source in TERMS:
        norms.objects.create(code=code, value=days, unit="days", valid_from=FIRST_DAY, source=source)


class Migration(migrations.Migration):
    dependencies = [("challenges", "0001_challenges"), ("knowledge", "0002_first_norms")]
    operations = [
        migrations.RunPython(lay, migrations.RunPython.noop),
        migrations.RunSQL(
            SAME_CHALLENGE,
            "ALTER TABLE challenges_award DROP CONSTRAINT award_of_an_entry_of_the_challenge",
        ),
    ]
