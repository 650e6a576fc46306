"""What the challenges contribute to home, the impact page and the site map."""

from challenges.figures.home import home_tiles, sitemaps
from challenges.figures.impact import impact_figures

__all__ = ["home_tiles", "impact_figures", "sitemaps"]
