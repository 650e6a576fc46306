"""What the page of a challenge says to who pays along; others find it where the challenge is set up."""

from challenges.lifecycle.bringing import moves

FOR_A_SHARE = ("ask_approval", "note_approval")


def share_of(person, thing):
    """What the organisation of this person pays along, with what they can do about its approval."""
    mine = person.memberships.confirmed().values("organisation")
    shares = thing.co_owners.filter(leads=False, organisation__in=mine)
    named = [moves[name] for name in FOR_A_SHARE]
    return {
        "part": shares.select_related("organisation").first(),
        "moves": [move for move in named if move.open_to(person, thing)],
    }
