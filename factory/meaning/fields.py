"""pgvector's half-precision vectors as a column; numpy arrays in Python."""

from django.db import models

from factory.late import numpy

HEAD = 4  # bytes before the numbers: how many there are, and two unused


class HalfVectorField(models.Field):
    """A vector of any length in 16-bit floats. Lists and arrays go in; float32 arrays come out."""

    description = "vector"

    def db_type(self, connection):
        return "halfvec"

    def get_prep_value(self, value):
        return None if value is None else as_text(value)

    def get_placeholder(self, value, compiler, connection):
        return "%s::halfvec"

    def select_format(self, compiler, sql, params):
        # In binary: a thousand vectors as text would take longer to read than to compare.
        return f"halfvec_send({sql})", params

    def from_db_value(self, value, expression, connection):
        return None if value is None else from_bytes(value)


def as_text(vector):
    """The vector as PostgreSQL reads it."""
    return "[" + ",".join(f"{number:.6g}" for number in vector) + "]"


def from_bytes(sent):
    """The float32 array behind what ``halfvec_send`` gave."""
    return numpy.frombuffer(sent, dtype=">f2", offset=HEAD).astype(numpy.float32)
