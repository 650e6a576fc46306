"""Who reads what is typed in the form of a move, and from when: the page says it beside its heading.

What depends on who the other side is, the page of a match says itself.
"""

from django.utils.translation import gettext_lazy as _

from factory.texts import read_by

STAFF = _("Only the coordinators.")

read_by(
    {
        "listing.revise": _("Everybody sees your new words at once, if this is on the market."),
        "listing.pause": _(
            "Until that day only you see this, and nobody new is asked. Who was asked already can still "
            "answer, and who you met you still meet."
        ),
        "listing.take_down": _(
            "The organisation reads your reason. Visitors see the page no more."
        ),
        "listing.report": _(
            "Only the coordinators read this. The organisation does not see who wrote it."
        ),
        "listing.ask_prices": _("Whoever is asked for a price, and the coordinators."),
        "listing.ask_prices_again": _("Whoever is asked for a price, and the coordinators."),
        "listing.note": STAFF,
        "match.note": STAFF,
        "match.choose": _(
            "The supplier that you choose and the coordinators, at once. Each other supplier reads only its own "
            "reason. What you write may become public."
        ),
        "match.recommend": _(
            "The supplier and the coordinators at once; everybody, if you say that it may be shown."
        ),
        "match.take_down_sentence": _("The buyer, by mail at once, and the coordinators."),
    }
)
