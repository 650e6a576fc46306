"""Reads the who-may-do-what tables: one row a role, one column a state, moves in the cells."""


def columns(table):
    """``[(state, {who: {moves}})]``."""
    head, *rows = [line.split("|") for line in table.strip("\n").splitlines()]
    names = [state.strip() for state in head[1:]]
    cells = {row[0].strip(): [set(cell.split()) for cell in row[1:]] for row in rows}
    return [(name, {who: row[i] for who, row in cells.items()}) for i, name in enumerate(names)]


def states(table):
    """The states that have a column."""
    return {state for state, _cells in columns(table)}


def open_to(moves, people, thing):
    """The same shape as a column: what each of ``people`` can do with ``thing``."""
    pressed = [move for move in moves.values() if not move.begins]
    return {
        who: {move.name for move in pressed if move.open_to(person, thing)}
        for who, person in people.items()
    }
