"""The coordinators' desk for challenges."""

from challenges.admin.challenge import ChallengeAdmin
from challenges.admin.closures import ClosureAdmin, InstrumentAdmin
from challenges.admin.holidays import HolidayAdmin

__all__ = ["ChallengeAdmin", "ClosureAdmin", "HolidayAdmin", "InstrumentAdmin"]
