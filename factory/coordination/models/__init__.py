"""Notes, what was noted for others, looks at their pages, and lost second factors."""

from factory.coordination.models.look import Look
from factory.coordination.models.lost_factor import LostFactor
from factory.coordination.models.note import Note
from factory.coordination.models.on_behalf import OnBehalf

__all__ = ["Look", "LostFactor", "Note", "OnBehalf"]
