"""What follows when somebody says that a coordinator noted the wrong thing for them."""

from factory.coordination.answers import when_denied
from partners.lifecycle.organisation import apply, ask_to_join, leave, moves

moves.by_phone(apply, ask_to_join)


@when_denied("organisation.apply")
def the_application_goes(organisation, event):
    leave(organisation, by=event.whose)


@when_denied("organisation.ask_to_join")
def the_membership_goes(organisation, event):
    organisation.memberships.filter(person=event.whose).delete()
