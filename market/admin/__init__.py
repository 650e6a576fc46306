"""The coordinators' market desk."""

from market.admin.listing import ListingAdmin, ReportAdmin
from market.admin.match import MatchAdmin
from market.admin.weighing import LearntAdmin, PairAdmin, SectorPairAdmin, WeighingAdmin

__all__ = [
    "LearntAdmin",
    "ListingAdmin",
    "MatchAdmin",
    "PairAdmin",
    "ReportAdmin",
    "SectorPairAdmin",
    "WeighingAdmin",
]
