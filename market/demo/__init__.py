"""The market's share of the demo: needs, offers and what became of them."""

from market.demo.making import close_the_books, make_market
from market.demo.talks import make_talks

steps = (make_market, close_the_books, make_talks)
