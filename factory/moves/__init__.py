"""A move is the only way a thing changes state.

    moves = Moves(Match)

    @moves.add(State.SUGGESTED, to=State.APPROVED, may=is_coordinator, tells=[asks(suppliers, "accept")])
    def approve(match, *, by):
        \"\"\"A coordinator vouches for the match.\"\"\"

``approve(match, by=cleo)`` in one transaction: lock the row, look whether the move is possible from here
(else :class:`NotNow`), whether Cleo may (else ``PermissionDenied``) and whether something is still missing
(else :class:`Missing`); run the body; save; write the journal; write the notices; run what follows.
All of it or none of it. The function's name is the button, the URL and the journal's verb.
"""

from factory.moves.before import itself
from factory.moves.errors import Already, Busy, Missing, NotNow
from factory.moves.many import begin_many
from factory.moves.move import STAYS, FactoryMove, Move, is_the_factory, the_factory, way_in
from factory.moves.registry import Moves, make_due_moves, moves_of, registry
from factory.moves.standing_in import may_stand_in, whenever_represented
from factory.moves.taking_back import BACK
from factory.moves.token import Token, pairs

__all__ = [
    "BACK",
    "STAYS",
    "Already",
    "Busy",
    "FactoryMove",
    "Missing",
    "Move",
    "Moves",
    "NotNow",
    "Token",
    "begin_many",
    "is_the_factory",
    "itself",
    "make_due_moves",
    "may_stand_in",
    "moves_of",
    "pairs",
    "registry",
    "the_factory",
    "way_in",
    "whenever_represented",
]
