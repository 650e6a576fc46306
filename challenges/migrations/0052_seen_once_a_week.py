"""A call is seen once a week on a desk and once on its page; the index is made while people look, and takes the old one's place.

Two visits at the same time may have left two rows of one week: the last stays, as it holds what was said of the call.
"""

from datetime import UTC, datetime, timedelta

from django.db import migrations, models

KEY = "(organisation_id, challenge_id, (rank IS NULL), date_bin('7 days', shown_at, '2001-01-01T00:00Z'))"
TWICE = """DELETE FROM challenges_callimpression one USING challenges_callimpression later
    WHERE later.id > one.id AND later.organisation_id = one.organisation_id AND later.challenge_id = one.challenge_id
    AND date_bin('7 days', later.shown_at, '2001-01-01T00:00Z') = date_bin('7 days', one.shown_at, '2001-01-01T00:00Z')"""
ONCE = f"CREATE UNIQUE INDEX CONCURRENTLY call_impression_once_a_week ON challenges_callimpression {KEY}"
OLD = """CREATE INDEX CONCURRENTLY call_impression_of
    ON challenges_callimpression (organisation_id, challenge_id, shown_at)"""
FORWARDS = [ONCE, "DROP INDEX CONCURRENTLY call_impression_of"]
BACKWARDS = [OLD, "DROP INDEX CONCURRENTLY call_impression_once_a_week"]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("challenges", "0051_rows_of_the_desk")]

    operations = [
        migrations.AlterField(
            model_name="callimpression",
            name="rank",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.RunSQL(TWICE, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARDS, BACKWARDS)],
            state_operations=[
                migrations.RemoveIndex(model_name="callimpression", name="call_impression_of"),
                migrations.AddConstraint(
                    model_name="callimpression",
                    constraint=models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("challenge"),
                        models.ExpressionWrapper(models.Q(rank=None), models.BooleanField()),
                        models.Func(
                            models.Value(timedelta(days=7)),
                            models.F("shown_at"),
                            models.Value(datetime(2001, 1, 1, tzinfo=UTC)),
                            function="date_bin",
                            output_field=models.DateTimeField(),
                        ),
                        name="call_impression_once_a_week",
                    ),
                ),
            ],
        ),
    ]
