"""One quote of a match stands in each round; the index is made while people write, and then takes the old one's place."""

from django.db import migrations, models

NEW = """CREATE UNIQUE INDEX CONCURRENTLY quote_stands_once_a_round ON market_quote (match_id, round)
    WHERE withdrawn_at IS NULL"""
OLD = """CREATE UNIQUE INDEX CONCURRENTLY quote_one_stands ON market_quote (match_id)
    WHERE withdrawn_at IS NULL"""
FORWARDS = [NEW, "DROP INDEX CONCURRENTLY quote_one_stands"]
BACKWARDS = [OLD, "DROP INDEX CONCURRENTLY quote_stands_once_a_round"]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("market", "0023_answering")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARDS, BACKWARDS)],
            state_operations=[
                migrations.RemoveConstraint(model_name="quote", name="quote_one_stands"),
                migrations.AddConstraint(
                    model_name="quote",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("match", "round"),
                        name="quote_stands_once_a_round",
                    ),
                ),
            ],
        )
    ]
