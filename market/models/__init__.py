"""The market's models."""

from market.models.draft import Draft
from market.models.listing import Listing
from market.models.match import Match
from market.models.message import Message, Report
from market.models.suggestion import Impression

__all__ = ["Draft", "Impression", "Listing", "Match", "Message", "Report"]
