"""What the market contributes to home, the desk, the impact page, the call list and the search."""

from market.figures.calls import call_list
from market.figures.desk import desk_figures, desk_queues
from market.figures.home import home_tiles, search_sources, sitemaps
from market.figures.impact import impact_figures

__all__ = [
    "call_list",
    "desk_figures",
    "desk_queues",
    "home_tiles",
    "impact_figures",
    "search_sources",
    "sitemaps",
]
