"""What PostgreSQL holds about organisations that became one: nothing points at the one that is gone."""

import pgtrigger

FUNCTION = """
IF TG_OP = 'UPDATE' AND NEW.{column} = OLD.{column} THEN RETURN NEW; END IF;
SELECT o.state INTO found FROM partners_organisation o WHERE o.id = NEW.{column} FOR KEY SHARE;
IF found = 'merged' THEN
    RAISE EXCEPTION 'nothing points at an organisation that was merged' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def points_at_nobody_merged(column="organisation_id"):
    """A trigger for a table that belongs to organisations. ``FOR KEY SHARE`` waits for a merge that is
    being made (which holds the row ``FOR UPDATE``), and for nothing else.
    """
    return pgtrigger.Trigger(
        name=f"not_merged_{column.removesuffix('_id')}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(column),
        declare=[("found", "text")],
        func=FUNCTION.format(column=column),
    )


def leaves_nothing_behind(*tables):
    """A trigger for organisations: whoever is merged has no rows in ``(table, column)`` at commit."""
    rows = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} t WHERE t.{column} = NEW.id)"  # noqa: S608 - our own names
        for table, column in tables
    )
    return pgtrigger.Trigger(
        name="merged_leaves_nothing",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.UpdateOf("state"),
        func=f"IF NEW.state = 'merged' AND ({rows}) THEN RAISE EXCEPTION "
        "'an organisation that was merged leaves nothing behind' USING ERRCODE = 'check_violation'; "
        "END IF; RETURN NULL;",
    )
