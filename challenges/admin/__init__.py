"""The coordinators' desk for challenges."""

from challenges.admin.challenge import ChallengeAdmin
from challenges.admin.closures import ClosureAdmin, InstrumentAdmin
from challenges.admin.holidays import HolidayAdmin
from challenges.admin.weighing import CallWeighingAdmin

__all__ = [
    "CallWeighingAdmin",
    "ChallengeAdmin",
    "ClosureAdmin",
    "HolidayAdmin",
    "InstrumentAdmin",
]
