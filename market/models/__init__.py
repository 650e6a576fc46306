"""The market's models."""

from market.models.draft import Draft
from market.models.learnt import Learnt
from market.models.listing import Listing
from market.models.match import Match
from market.models.message import Message, Report
from market.models.prices import Choice, Prices, Quote, prices_decide, prices_of
from market.models.recommendation import Recommendation
from market.models.refusal import NotForUs
from market.models.rounds import EarlierRound
from market.models.saved import SavedItem, SavedList
from market.models.shelf import Shelf
from market.models.social_return import SocialReturn
from market.models.suggestion import Impression
from market.models.suggestion_round import RoundNeed, SuggestionRound
from market.models.value import Closing, Share, Value
from market.models.weighing import Pair, SectorPair, Weighing

__all__ = [
    "Choice",
    "Closing",
    "Draft",
    "EarlierRound",
    "Impression",
    "Learnt",
    "Listing",
    "Match",
    "Message",
    "NotForUs",
    "Pair",
    "Prices",
    "Quote",
    "Recommendation",
    "Report",
    "RoundNeed",
    "SavedItem",
    "SavedList",
    "SectorPair",
    "Share",
    "Shelf",
    "SocialReturn",
    "SuggestionRound",
    "Value",
    "Weighing",
    "prices_decide",
    "prices_of",
]
