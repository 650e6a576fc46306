"""Notes."""

from factory.coordination.models.note import Note

__all__ = ["Note"]
