"""Sectors in which much of the same work is done, to begin with. A coordinator adds, changes and removes them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

PAIRS = [
    ("catering", "events", 50), ("events", "workspace", 50), ("catering", "workspace", 30),
    ("cleaning", "repair", 30), ("cleaning", "green", 30), ("circular", "repair", 50),
    ("circular", "textiles", 50), ("gifts", "print", 40), ("gifts", "textiles", 40),
    ("advice", "ict", 30), ("circular", "logistics", 30),
]  # fmt: skip


def lay(apps, editor):
    keys = dict(apps.get_model("partners", "Sector").objects.values_list("slug", "pk"))
    rows = [(sorted([keys[a], keys[b]]), fit) for a, b, fit in PAIRS if a in keys and b in keys]
    SectorPair = apps.get_model("market", "SectorPair")
    SectorPair.objects.bulk_create(
        SectorPair(one_id=one, other_id=other, fit=fit) for (one, other), fit in rows
    )


class Migration(migrations.Migration):
    dependencies = [
        ("market", "0029_rounds_of_suggestions"),
        ("partners", "0017_words_of_the_desk"),
    ]

    operations = [
        migrations.CreateModel(
            "SectorPair",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fit",
                    models.PositiveSmallIntegerField(
                        default=50, verbose_name="how close, in percent of the same sector"
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        "partners.sector",
                        django.db.models.deletion.CASCADE,
                        related_name="+",
                        verbose_name="sector",
                        db_index=False,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        "partners.sector",
                        django.db.models.deletion.CASCADE,
                        related_name="+",
                        verbose_name="and sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair of sectors",
                "verbose_name_plural": "pairs of sectors",
                "constraints": [
                    models.UniqueConstraint(fields=["one", "other"], name="sector_pair_once"),
                    models.CheckConstraint(
                        condition=Q(one__lt=F("other")), name="sector_pair_in_order"
                    ),
                    models.CheckConstraint(
                        condition=Q(fit__gte=1, fit__lte=99), name="sector_pair_fits_partly"
                    ),
                ],
            },
        ),
        migrations.RunPython(lay, migrations.RunPython.noop),
    ]
