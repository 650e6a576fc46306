"""What the market contributes to home, the desk, the impact page and the site map."""

from market.figures.desk import desk_figures, desk_queues
from market.figures.home import home_tiles, sitemaps
from market.figures.impact import impact_figures

__all__ = ["desk_figures", "desk_queues", "home_tiles", "impact_figures", "sitemaps"]
