"""What the market contributes to home, the desk, the impact page and the site map."""

from market.figures.coordination import coordinator_figures
from market.figures.desk import desk_figures, desk_queues
from market.figures.home import home_tiles, home_ways, sitemaps
from market.figures.impact import impact_figures

__all__ = [
    "coordinator_figures",
    "desk_figures",
    "desk_queues",
    "home_tiles",
    "home_ways",
    "impact_figures",
    "sitemaps",
]
