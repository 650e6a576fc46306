"""When a suggestion was made and when somebody saw it are two moments; what fits an offer, and what was seen of it."""

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    ValidateConstraint,
)
from django.db import migrations, models

import factory.clock

# Until now the moment of seeing was written when a suggestion was made.
MADE = """UPDATE market_impression SET made_at = shown_at,
    shown_at = CASE WHEN shown_to_id IS NOT NULL THEN shown_at END"""
SHOWN = "UPDATE market_impression SET shown_at = made_at WHERE shown_at IS NULL"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("market", "0027_prices_decide"), ("partners", "0017_words_of_the_desk")]

    operations = [
        # In two steps: with its default at once, the column would get one in PostgreSQL and lose it again.
        migrations.AddField(
            "impression", "made_at", models.DateTimeField(null=True, editable=False)
        ),
        migrations.AlterField(
            "impression",
            "made_at",
            models.DateTimeField(default=factory.clock.now, null=True, editable=False),
        ),
        migrations.AddField(
            "impression",
            "shown_for",
            models.ForeignKey(
                "partners.organisation",
                models.CASCADE,
                related_name="+",
                null=True,
                db_index=False,
            ),
        ),
        migrations.AddField("shelf", "answers", models.JSONField(default=dict, db_default={})),
        migrations.AddField("shelf", "shown", models.JSONField(default=dict, db_default={})),
        migrations.AlterField(
            "impression", "shown_at", models.DateTimeField(null=True, blank=True)
        ),
        migrations.RunSQL(MADE, SHOWN),
        AddIndexConcurrently(
            "impression",
            models.Index(
                fields=["shown_for", "made_at"],
                condition=models.Q(shown_for__isnull=False),
                name="impression_of_a_reader",
            ),
        ),
        AddConstraintNotValid(
            "impression",
            models.CheckConstraint(
                condition=models.Q(shown_at__isnull=False)
                | models.Q(shown_to=None, shown_for=None),
                name="impression_is_seen_at_a_moment",
            ),
        ),
        ValidateConstraint("impression", "impression_is_seen_at_a_moment"),
    ]
