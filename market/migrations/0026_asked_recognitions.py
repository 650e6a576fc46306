"""Which recognitions a need asks for. The column comes without a rewrite; what stands is looked through while people write."""

import django.contrib.postgres.fields
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

PROOFS = [
    ("code", "Code Sociale Ondernemingen"),
    ("pso", "PSO"),
    ("pso30", "PSO 30+"),
    ("bcorp", "B Corp"),
    ("anbi", "ANBI"),
    ("regional", "Regional recognition"),
    ("sw", "Social work company"),
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("market", "0025_offers_that_left"), ("partners", "0017_words_of_the_desk")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="asked_proofs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=PROOFS, max_length=10),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="recognitions asked for",
            ),
        ),
        AddConstraintNotValid(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_proofs__contained_by", [proof for proof, _words in PROOFS]),
                    models.Q(("kind", "need"), ("asked_proofs", []), _connector="OR"),
                ),
                name="listing_asks_known_proofs",
            ),
        ),
        ValidateConstraint("listing", "listing_asks_known_proofs"),
    ]
