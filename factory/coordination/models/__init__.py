"""Notes, and what was noted for others."""

from factory.coordination.models.note import Note
from factory.coordination.models.on_behalf import OnBehalf

__all__ = ["Note", "OnBehalf"]
