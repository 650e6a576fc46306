"""Puts matches together in groups of which only the sum becomes public.

The public figures give each match an equal part of its group's sum. All that anybody can compute from them,
over any tables and any days, is a sum over whole groups: so no single amount, and no sum of two.
"""

from dataclasses import dataclass, replace

FEWEST = 3


@dataclass(frozen=True)
class Note:
    """The latest amount of a match. ``group`` and ``share`` are 0 until it has been counted."""

    value: int
    match: int
    cents: int | None
    year: int
    province: int
    sector: int
    group: int = 0
    share: int = 0


@dataclass(frozen=True)
class Part:
    """What a closing changes for one match: it comes in (1), goes out (-1) or its part changes (0)."""

    note: Note
    group: int
    number: int
    cents: int


def parts_of(fresh, standing, fewest=FEWEST):
    """The parts of one closing, for one measure; none while fewer than ``fewest`` matches are new.

    ``fresh``: notes of matches that were never counted. ``standing``: every note of the groups in which an
    amount was changed or taken off, with the new amounts. Such a group is joined with a new one, so that
    the change cannot be told from the new amounts that come with it.
    """
    if len(fresh) < fewest:
        return []
    groups = grouped(fresh, fewest)
    for old in by_group(standing):
        home = next((group for group in groups if _alike(group, old)), groups[0])
        home.extend(old)
    return [part for group in groups for part in shared(group)]


def grouped(fresh, fewest=FEWEST):
    """Groups of ``fewest`` notes, the last one larger; from one province and sector where that can be."""
    rows = sorted(fresh, key=lambda note: (note.province, note.sector, note.value))
    cuts = [fewest * turn for turn in range(len(rows) // fewest)]
    return [
        rows[start : end if end else len(rows)]
        for start, end in zip(cuts, [*cuts[1:], None], strict=True)
    ]


def by_group(notes):
    """The notes of each group that stands."""
    found = {}
    for note in notes:
        found.setdefault(note.group, []).append(note)
    return list(found.values())


def _alike(group, old):
    return {note.province for note in group} & {note.province for note in old}


def shared(notes):
    """Equal parts of what the group is worth together; the cents that are left go to the first ones."""
    staying = [note for note in notes if note.cents is not None]
    group = min(note.value for note in staying if not note.group)
    whole, left = divmod(sum(note.cents for note in staying), len(staying))
    parts = [
        Part(note, group, 0 if note.group else 1, whole + (turn < left) - note.share)
        for turn, note in enumerate(staying)
    ]
    gone = [note for note in notes if note.cents is None]
    return parts + [Part(replace(note, cents=0), group, -1, -note.share) for note in gone]
