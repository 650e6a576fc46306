"""A mail domain may be one that several organisations share; then it is shared of all of them."""

import django.contrib.postgres.constraints
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0027_invoice_address")]

    operations = [
        migrations.AddField(
            model_name="maildomain",
            name="shared",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="others use it too"
            ),
        ),
        migrations.AddConstraint(
            model_name="maildomain",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("until", None)),
                expressions=[
                    ("domain", "="),
                    (
                        django.db.models.functions.comparison.Cast(
                            "shared", models.IntegerField()
                        ),
                        "<>",
                    ),
                ],
                name="mail_domain_shared_by_all",
            ),
        ),
    ]
