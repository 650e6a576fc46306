"""What the challenges contribute to home, the impact page and the site map."""

from challenges.figures.home import home_bands, home_tiles, home_ways
from challenges.figures.impact import impact_figures
from challenges.figures.site_map import sitemaps

__all__ = ["home_bands", "home_tiles", "home_ways", "impact_figures", "sitemaps"]
