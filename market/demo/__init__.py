"""The market's share of the demo: needs, offers and what became of them."""

steps = ()
