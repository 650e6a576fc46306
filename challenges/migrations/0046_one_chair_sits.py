"""One sits as the chair, and one is asked to; the indexes are made while people write, and then take the old one's place."""

from django.db import migrations, models

SITS = """CREATE UNIQUE INDEX CONCURRENTLY juror_one_sits_as_chair ON challenges_juror (challenge_id)
    WHERE chairs AND said_yes_at IS NOT NULL"""
ASKED = """CREATE UNIQUE INDEX CONCURRENTLY juror_one_asked_to_chair ON challenges_juror (challenge_id)
    WHERE chairs AND said_yes_at IS NULL"""
OLD = """CREATE UNIQUE INDEX CONCURRENTLY juror_one_chair ON challenges_juror (challenge_id) WHERE chairs"""
FORWARDS = [SITS, ASKED, "DROP INDEX CONCURRENTLY juror_one_chair"]
BACKWARDS = [
    OLD,
    "DROP INDEX CONCURRENTLY juror_one_asked_to_chair",
    "DROP INDEX CONCURRENTLY juror_one_sits_as_chair",
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("challenges", "0045_admitted_after_its_day")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARDS, BACKWARDS)],
            state_operations=[
                migrations.RemoveConstraint(model_name="juror", name="juror_one_chair"),
                migrations.AddConstraint(
                    model_name="juror",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("chairs", True), ("said_yes_at__isnull", False)),
                        fields=("challenge",),
                        name="juror_one_sits_as_chair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="juror",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("chairs", True), ("said_yes_at", None)),
                        fields=("challenge",),
                        name="juror_one_asked_to_chair",
                    ),
                ),
            ],
        )
    ]
