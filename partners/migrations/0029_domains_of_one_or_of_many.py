"""A domain of one organisation stays its own, and each has a domain once; made while people write."""

from django.db import migrations, models

ONE = """CREATE UNIQUE INDEX CONCURRENTLY mail_domain_of_one_alone ON partners_maildomain (domain)
    WHERE until IS NULL AND NOT shared"""
EACH = """CREATE UNIQUE INDEX CONCURRENTLY mail_domain_once_each ON partners_maildomain (organisation_id, domain)
    WHERE until IS NULL"""
OLD = """CREATE UNIQUE INDEX CONCURRENTLY mail_domain_of_one ON partners_maildomain (domain)
    WHERE until IS NULL"""
FORWARDS = [
    ONE,
    EACH,
    "DROP INDEX CONCURRENTLY mail_domain_of_one",
]
BACKWARDS = [
    OLD,
    "DROP INDEX CONCURRENTLY mail_domain_once_each",
    "DROP INDEX CONCURRENTLY mail_domain_of_one_alone",
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0028_shared_domains")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARDS, BACKWARDS)],
            state_operations=[
                migrations.RemoveConstraint(model_name="maildomain", name="mail_domain_of_one"),
                migrations.AddConstraint(
                    model_name="maildomain",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("shared", False), ("until", None)),
                        fields=("domain",),
                        name="mail_domain_of_one_alone",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maildomain",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("organisation", "domain"),
                        name="mail_domain_once_each",
                    ),
                ),
            ],
        )
    ]
