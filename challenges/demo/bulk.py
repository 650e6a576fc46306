"""Challenges by the hundred: the demo's texts, of other organisations, in every state that is public."""

import json
from pathlib import Path

from django.utils.translation import gettext as _

from challenges.demo import bulk_jury
from challenges.models import Challenge, Criterion, Entry
from challenges.models.rule_set import RuleSet, norms_on
from factory import clock
from factory.bulk import first_free, insert, move_sequence, run, seed
from factory.demo import facts

HERE = Path(__file__).parent
LISTINGS = 100  # a challenge for so many
SOURCE = """generate_series({first}, {last}) g
    JOIN bulk_challenge seed ON seed.no = (g * 7) %% {seeds}
    JOIN bulk_owner owner ON owner.no = (g * 13) %% {owners}
    CROSS JOIN LATERAL (SELECT id FROM challenges_instrument ORDER BY "order" OFFSET g %% 4 LIMIT 1) how"""
OWNERS = """CREATE TEMP TABLE bulk_owner AS
    SELECT row_number() OVER (ORDER BY o.id) - 1 AS no, o.id, o.region_id, o.province_id, m.person_id
    FROM partners_organisation o JOIN LATERAL (SELECT person_id FROM partners_membership
        WHERE organisation_id = o.id AND confirmed_at IS NOT NULL ORDER BY person_id LIMIT 1) m ON true
    WHERE o.state = 'active' AND o.kind = 'municipality'"""
# Criteria come before the approval; so the rows are drafts until theirs are there. What is decided wants a
# decision, so none of these is.
OPENED = """UPDATE challenges_challenge SET published_at = deadline_at - interval '65 days',
    reason = CASE WHEN id %% 10 > 7 THEN 'No plan was safe enough.' ELSE '' END,
    state = CASE WHEN id %% 10 < 6 THEN 'open' WHEN id %% 10 < 8 THEN 'closed' ELSE 'unsuccessful' END
    WHERE id >= %s"""
DEADLINE = (
    "now() + make_interval(days => CASE WHEN g %% 10 < 6 THEN 3 + g %% 60 ELSE -30 - g %% 900 END)"
)


def load(listings):
    """As many public challenges as belong to this many listings; two of them with a jury at work."""
    bulk_jury.load(listings)
    wanted = listings // LISTINGS - Challenge.objects.public().count()
    if wanted > 0:
        _load(wanted)
    counted = {"challenges": Challenge.objects.public().count(), "entries": Entry.objects.count()}
    return _("%(challenges)s public challenges, %(entries)s entries") % counted, counted


def _load(wanted):
    rows = [row for row in facts(HERE / "challenges.json") if row.get("sentence")]
    kept = ("title", "sentence", "problem")
    seeds = seed("bulk_challenge", [{name: row[name] for name in kept} for row in rows])
    run("DROP TABLE IF EXISTS bulk_owner")
    run(OWNERS)
    owners = run("SELECT count(*) FROM bulk_owner")[0]
    start = first_free(Challenge)
    insert(
        Challenge,
        SOURCE.format(first=start, last=start + wanted - 1, seeds=seeds, owners=owners),
        id="g",
        state="'draft'",
        organisation_id="owner.id",
        owner_id="owner.person_id",
        region_id="owner.region_id",
        province_id="owner.province_id",
        instrument_id="how.id",
        title="seed.title",
        slug="'challenge-' || g",
        sentence="seed.sentence",
        problem="seed.problem",
        explores_only="true",
        envelope_cents="(20 + g %% 30) * 1000000",
        deadline_at=DEADLINE,
        approved_by_id="owner.person_id",
        approver="'Mandate'",
        approval_number="'B-' || g",
        approved_date=f"({DEADLINE} - interval '80 days')::date",
    )
    move_sequence(Challenge)
    _criteria(start)
    _rules(start)
    run(OPENED, [start])
    run(TAGS.format(table=Challenge.themes.through._meta.db_table, tag="theme", start=start))
    run(TAGS.format(table=Challenge.goals.through._meta.db_table, tag="goal", start=start))


def _criteria(start):
    """Three for each, that make 100."""
    insert(
        Criterion,
        f"challenges_challenge c CROSS JOIN generate_series(1, 3) g WHERE c.id >= {start}",
        challenge_id="c.id",
        title="'Criterion ' || g",
        weight="CASE g WHEN 1 THEN 50 ELSE 25 END",
        position="g",
    )


def _rules(start):
    """What holds today, beside each."""
    today = clock.today()
    run(RULES.format(table=RuleSet._meta.db_table), [today, json.dumps(norms_on(today)), start])


RULES = """INSERT INTO {table} (challenge_id, date, values, kept_at)
    SELECT id, %s, %s, now() FROM challenges_challenge WHERE id >= %s"""
TAGS = """INSERT INTO {table} (challenge_id, {tag}_id) SELECT c.id, t.id FROM challenges_challenge c
    JOIN LATERAL (SELECT id FROM partners_{tag} ORDER BY (id * 31 + c.id) % 11, id LIMIT 2) t ON true
    WHERE c.id >= {start}"""
