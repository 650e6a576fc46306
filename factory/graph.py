"""The states a thing can be in, and the only ways between them: in Python once, and held by the database."""

from dataclasses import dataclass, field

import pgtrigger
from django.db import models

REFUSE = "RAISE EXCEPTION '%s' USING ERRCODE = 'check_violation';"


@dataclass(frozen=True)
class Graph:
    """``first``: the states a thing may be born in. ``edges``: {state: [states it may move to]}.

    ``back``: edges that are walked only to take a move back, while how things were is kept.
    """

    label: str
    first: tuple
    edges: dict
    back: dict = field(default_factory=dict)

    def pairs(self):
        """Every legal (from, to), without the moves that stay."""
        return _pairs(self.edges) | _pairs(self.back)

    def triggers(self):
        """What PostgreSQL refuses: a wrong birth, a wrong step, a deletion, a step nobody wrote down."""
        return [
            pgtrigger.Trigger(
                name="state_begins",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"IF NEW.state NOT IN ({_listed(self.first)}) THEN "
                f"{REFUSE % f'{self.label} cannot begin there'} END IF; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="state_moves_along_edges",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                func=f"IF OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN "
                f"({_listed(f'{a}>{b}' for a, b in sorted(_pairs(self.edges)))}){self._nor_back()} THEN "
                f"{REFUSE % f'{self.label} cannot move there'} END IF; RETURN NEW;",
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="state_is_journalled",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                func="IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NULL; END IF; "
                "IF NOT EXISTS (SELECT 1 FROM journal_event e WHERE "
                f"e.thing_type = '{self.label}' AND e.thing_id = NEW.id "
                "AND e.xact = txid_current() AND e.to_state = NEW.state) THEN "
                f"{REFUSE % f'{self.label} moved without a journal entry'} END IF; RETURN NULL;",
            ),
        ]

    def _nor_back(self):
        if not self.back:
            return ""
        ways = _listed(f"{a}>{b}" for a, b in sorted(_pairs(self.back)))
        undone = being_taken_back(self.label, "NEW.id", "e.from_state = NEW.state")
        return f" AND NOT (OLD.state || '>' || NEW.state IN ({ways}) AND {undone})"

    def check(self, choices):
        """The named CHECK that no other state exists."""
        return models.CheckConstraint(
            condition=models.Q(state__in=[str(c) for c in choices]),
            name=f"{self.label.replace('.', '_')}_state_is_known",
        )


def being_taken_back(label, key, more="true"):
    """SQL that holds while a move of this thing can be taken back; ``more`` about its event ``e``."""
    return (
        "EXISTS (SELECT 1 FROM factory_undoable u JOIN journal_event e ON e.id = u.event_id "
        f"WHERE e.thing_type = '{label}' AND e.thing_id = {key} AND {more})"
    )


def _pairs(edges):
    return {(str(a), str(b)) for a, targets in edges.items() for b in targets}


def _listed(values):
    return ", ".join(f"'{value}'" for value in values)


class Moving(models.Model):
    """A thing with a state. Only a move changes it; ``locks_first`` names what must be locked before it."""

    state = models.CharField(max_length=20, editable=False, db_index=False)
    graph = None

    class Meta:
        abstract = True

    def get_state_display(self):
        """The state in words."""
        return self.State(self.state).label

    def locks_first(self):
        """Querysets to lock before this row, in the house's lock order."""
        return ()

    @classmethod
    def label(cls):
        """The thing's name in the journal, such as ``market.match``."""
        return cls._meta.label_lower
