"""What an objection keeps from happening, whatever the move."""

from django.utils.translation import gettext as _

from challenges.models import Objection


def somebody_objects(challenge):
    """Reasons why it does not go on: an entrant objects, or was found right and nothing was done about it yet."""
    if Objection.objects.in_the_way().filter(challenge=challenge).exists():
        yield _("An entrant objects. Decide on that first.")
