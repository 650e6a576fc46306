"""What people of the demo are still typing."""

from market.drafting import begun

DRAFTS = [
    (
        "Gemeente Utrecht",
        "need",
        "Lunch voor de opening van het wijkhuis",
        "Ongeveer 45 mensen, en",
    ),
    ("Gemeente Utrecht", "need", "Zaal voor een trainingsdag met 20 mensen", ""),
    ("Soep van Zuilen", "offer", "Soepfiets voor buurtfeesten", "Wij komen met de bakfiets en"),
]


def half_written(board):
    """Drafts on the desks of the demo's buyer and supplier."""
    for number, (name, kind, title, text) in enumerate(DRAFTS):
        partner = board.parties.by_name[name]
        typed = {"title": title, "text": text, "region": str(partner.region_id)}
        author = board.parties.decider(partner)
        begun(author, f"demo-{number}", kind=kind, organisation=partner, typed=typed)
