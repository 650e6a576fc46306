"""Who is signed in, with what every page asks of them, in one query that is put together once.

An app names in its ``apps.py`` what the pages ask of a reader (``reader_facts``): ``{name: expression}`` on a
person. Whoever came into a page in another way (seen as by a coordinator, say) has none of them, and is asked
about by the ordinary queries.
"""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.db import connection

from factory.contributions import gather


class ReaderBackend(AuthenticationBackend):
    """Signs in as django-allauth does; the person of a session comes with the facts."""

    def get_user(self, user_id):
        """The person of a session, or None."""
        people = get_user_model().objects.raw(reader_sql(), [user_id])
        person = next(iter(people), None)
        return person if person and self.user_can_authenticate(person) else None


@cache
def reader_sql():
    """The statement that finds one person by their number; its own values stand in it."""
    facts = {name: fact for named in gather("reader_facts") for name, fact in named().items()}
    people = get_user_model()._base_manager.annotate(**facts)
    sql, values = people.query.sql_with_params()
    with connection.cursor() as cursor:
        found = cursor.mogrify(sql, values).decode().replace("%", "%%")
    return f"{found} WHERE {people.model._meta.db_table}.id = %s"
