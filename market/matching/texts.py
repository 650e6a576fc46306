"""What of the market can be read for its meaning: needs that ask, and offers that may be found."""

from factory.meaning.reading import Readable
from market.models import Listing


def of_listing(listing):
    """Title and text; the title once, where the text begins with it."""
    title, text = listing.title.strip(), listing.text.strip()
    return text if text.startswith(title) else f"{title}. {text}"


def readable():
    """The kinds of text, each with the rows that count."""
    live = Listing.objects.live
    return [
        Readable("need", lambda: live().needs(), of_listing, asks=True),
        Readable("offer", lambda: live().offers(), of_listing),
    ]
