"""``pk__among={...}``: as ``__in`` for a set of whole numbers, sent as one array.

``__in`` makes a parameter of each, which costs more than the query where there are thousands. Django looks at every
member of a list, and at a set not at all.
"""

from django.db.models import BigIntegerField, Lookup


@BigIntegerField.register_lookup
class Among(Lookup):
    """The right side is a set of numbers; an empty one finds nothing."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", [*params, list(self.rhs)]
