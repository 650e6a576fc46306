"""Notes, what was noted for others, and looks at their pages."""

from factory.coordination.models.look import Look
from factory.coordination.models.note import Note
from factory.coordination.models.on_behalf import OnBehalf

__all__ = ["Look", "Note", "OnBehalf"]
