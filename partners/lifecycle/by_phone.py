"""What follows when somebody says that a coordinator noted the wrong thing for them."""

from django.utils.translation import gettext as _

from factory.coordination.answers import when_denied
from partners.lifecycle.giving_back import give_back
from partners.lifecycle.joining import claim
from partners.lifecycle.organisation import apply, ask_to_join, leave, moves

moves.by_phone(apply, ask_to_join, claim)


@when_denied("organisation.apply")
def the_application_goes(organisation, event):
    leave(organisation, by=event.whose)


@when_denied("organisation.ask_to_join")
def the_membership_goes(organisation, event):
    organisation.memberships.filter(person=event.whose).delete()


@when_denied("organisation.claim")
def the_name_is_only_listed_again(organisation, event):
    give_back(organisation, by=event.whose, note=_("What was told by phone is not right."))
