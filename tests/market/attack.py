"""What somebody can compute who has every public figure of every day, and knows which matches are in which.

Each figure is a weighted sum of amounts that nobody knows. Weights are found by letting the platform count
one amount at a time. A sum over few amounts can be computed from the figures exactly when it is orthogonal to
all histories that would have given the same figures (the null space), so that is what is looked at.
"""

from math import lcm

from market.counting.groups import Note, parts_of
from market.figures.amounts import tables

PRIME = 2**61 - 1
UNIT = lcm(*range(1, 60))  # can be shared out by any group without a rest


def published(history, amounts, fewest=3, fold=True):
    """Every public figure of every month. ``history``: months of (match, version or None, year, province,
    sector); ``amounts``: what each (match, version) is worth.
    """
    figures, counted, rows, number = [], {}, [], 0
    for month in history:
        latest = {}
        for match, version, *place in month:
            number += 1
            cents = None if version is None else amounts[match, version]
            latest[match] = Note(number, match, cents, *place)
        close(latest, counted, rows, fewest)
        figures += [cell.cents for cell in seen(rows, fold)]
    return figures


def close(latest, counted, rows, fewest):
    """One month, as ``market.counting.closing`` does it with the database."""
    waiting = counted.setdefault("waiting", {})
    waiting |= latest
    fresh = [n for m, n in waiting.items() if m not in counted and n.cents is not None]
    changed = {m for m in waiting if m in counted}
    groups = {counted[m].group for m in changed}
    standing = [
        changed_note(waiting.get(m), note)
        for m, note in counted.items()
        if m != "waiting" and note.group in groups
    ]
    for part in parts_of(fresh, standing, fewest):
        note = part.note
        rows.append(("realised", note.year, note.province, note.sector, part.number, part.cents))
        share = note.share + part.cents
        kept = Note(note.value, note.match, note.cents, note.year, note.province, note.sector)
        counted[note.match] = changed_note(kept, Note(*vars(kept).values()), part.group, share)
        waiting.pop(note.match, None)
        if part.number < 0:
            del counted[note.match]


def changed_note(new, old, group=None, share=None):
    """The newer amount in the group and with the share of the older note."""
    note = new or old
    return Note(
        note.value, note.match, note.cents, old.year, old.province, old.sector,
        old.group if group is None else group, old.share if share is None else share,
    )  # fmt: skip


def seen(rows, fold):
    """The cells of all tables as the page and the downloads show them, with totals."""
    for table in tables(rows, fold).values():
        yield table.total("realised")
        yield table.rest("realised")
        cells = [table.cell(key, "realised") for key in table.cells]
        yield from (cell for cell in cells if cell)


def recovered(history, **guards):
    """The amounts, or pairs of them, of which somebody can compute the value or a weighted sum."""
    unknown = sorted(
        {(m, version) for month in history for m, version, *_ in month if version is not None}
    )
    columns = [
        published(history, {one: UNIT if one == this else 0 for one in unknown}, **guards)
        for this in unknown
    ]
    matrix = [[cell % PRIME for cell in figure] for figure in zip(*columns, strict=True)]
    free = null_space(matrix, len(unknown))
    found = [(one,) for one, row in zip(unknown, free, strict=True) if not any(row)]
    for n, one in enumerate(unknown):
        found += [(one, unknown[k]) for k in range(n) if parallel(free[n], free[k])]
    return found


def null_space(matrix, width):
    """For each column its coordinates in a basis of the null space, modulo a prime."""
    pivots, done = [], []
    for row in matrix:
        for pivot, base in zip(pivots, done, strict=True):
            if row[pivot]:
                row = [(a - row[pivot] * b) % PRIME for a, b in zip(row, base, strict=True)]
        pivot = next((n for n, value in enumerate(row) if value), None)
        if pivot is None:
            continue
        inverse = pow(row[pivot], -1, PRIME)
        row = [value * inverse % PRIME for value in row]
        done = [
            [(a - base[pivot] * b) % PRIME for a, b in zip(base, row, strict=True)] for base in done
        ]
        pivots.append(pivot)
        done.append(row)
    loose = [n for n in range(width) if n not in pivots]
    rows = {n: [int(n == one) for one in loose] for n in loose}
    for pivot, base in zip(pivots, done, strict=True):
        rows[pivot] = [-base[one] % PRIME for one in loose]
    return [rows[n] for n in range(width)]


def parallel(one, other):
    """Whether two vectors that are not zero point the same way."""
    if not (any(one) and any(other)):
        return False
    first = next(n for n, value in enumerate(one) if value)
    return all(
        (a * other[first] - b * one[first]) % PRIME == 0 for a, b in zip(one, other, strict=True)
    )
