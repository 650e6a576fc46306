"""Notices and preferences."""

from factory.notices.models.notice import LEASE, Notice
from factory.notices.models.preference import Preference, Urgency

__all__ = ["LEASE", "Notice", "Preference", "Urgency"]
