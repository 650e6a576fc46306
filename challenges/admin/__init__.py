"""The coordinators' desk for challenges."""

from challenges.admin.challenge import ChallengeAdmin

__all__ = ["ChallengeAdmin"]
