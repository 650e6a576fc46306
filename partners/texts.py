"""What partners say of themselves, to be read for its meaning."""

from factory.meaning.reading import Readable
from partners.models import Organisation


def of_organisation(organisation):
    """What a profile says."""
    return f"{organisation.mission} {organisation.description}".strip()


def readable():
    """The profiles of who is active."""
    return [Readable("organisation", Organisation.objects.active, of_organisation)]
