"""What happens to memberships when somebody closes their account."""

from django.utils.translation import gettext as _

from factory.moves import Missing
from partners.models import Membership, Organisation


def stops(person):
    """The organisations that would be left without an owner, each in a sentence."""
    words = _("You are the only owner of %(name)s. Make a colleague owner first, or ask us.")
    return [words % {"name": organisation.name} for organisation in only_owned_by(person)]


def only_owned_by(person):
    """The organisations, not left yet, whose one owner this is."""
    owners = Membership.objects.confirmed().filter(role=Membership.Role.OWNER)
    mine = owners.filter(person=person).values("organisation")
    others = owners.exclude(person=person).values("organisation")
    still = Organisation.objects.filter(pk__in=mine).exclude(pk__in=others)
    return still.exclude(state=Organisation.State.LEFT).order_by("name")


def forget(person):
    """The person is nobody's colleague any more; of two owners who go at once the second is stopped."""
    mine = Organisation.objects.filter(memberships__person=person).order_by("pk")
    list(mine.select_for_update(no_key=True, of=("self",)))
    if reasons := stops(person):
        raise Missing(reasons)
    person.memberships.all().delete()
    person.saved_searches.all().delete()
