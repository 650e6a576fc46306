"""The coordinators' market desk."""

from market.admin.listing import ListingAdmin, ReportAdmin
from market.admin.match import MatchAdmin

__all__ = ["ListingAdmin", "MatchAdmin", "ReportAdmin"]
