"""What the jurors of a large jury declared and gave, by the thousand."""

from challenges.models import Assessment, Interest, Score
from factory.bulk import insert, run

PAIRS = """challenges_juror j JOIN challenges_entry e ON e.challenge_id = j.challenge_id
    WHERE j.id = {juror}"""
GIVEN = """challenges_assessment a JOIN challenges_criterion c ON c.challenge_id = a.challenge_id
    JOIN challenges_entry e ON e.id = a.entry_id WHERE a.juror_id = {juror} AND e.number <= {until}"""
LOCK = """UPDATE challenges_assessment a SET state = 'locked', locked_at = now() FROM challenges_entry e
    WHERE e.id = a.entry_id AND a.juror_id = %s AND e.number <= %s"""


def assess(challenge, until):
    """Everybody is free of every interest and reads every entry; those up to a number are scored and locked.

    Juror by juror, so that no statement takes long; PostgreSQL holds of each row what it holds of any.
    """
    run("ANALYZE partners_membership, challenges_juror, challenges_entry, challenges_criterion")
    for seat in challenge.jury.all():
        every = PAIRS.format(juror=seat.pk)
        both = {"juror_id": "j.id", "entry_id": "e.id"}
        insert(Interest, every, conflicted="false", declared_by_id="j.person_id", **both)
        facts = {"state": "'open'", "challenge_id": "e.challenge_id", "round": "'text'"}
        insert(Assessment, every, **both, **facts)
        insert(
            Score,
            GIVEN.format(juror=seat.pk, until=until),
            assessment_id="a.id",
            criterion_id="c.id",
            points="1 + (e.number * 7 + a.juror_id * 3 + c.id * 5 + e.number * c.position) %% 10",
            motivation="'The plan says how, and by whom.'",
        )
        run(LOCK, [seat.pk, until])
