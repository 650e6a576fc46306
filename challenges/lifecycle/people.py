"""Who hears of what around a challenge. The names are part of the notices' templates."""

from django.db.models import Q

from partners.models import Person, coordinators_of


def owner_and_deputy(thing):
    """Whoever answers for the challenge, and who replaces them."""
    challenge = getattr(thing, "challenge", thing)
    return [person for person in (challenge.owner, challenge.deputy) if person]


def who_takes_over(challenge):
    """Who answers for it from now on; not who left."""
    return [person for person in owner_and_deputy(challenge) if person != challenge.left]


def the_owner(thing):
    """Whoever answers for the challenge."""
    return [getattr(thing, "challenge", thing).owner]


def those_who_brought_it(challenge):
    """The owner, the deputy, and who sent it in."""
    people = [*owner_and_deputy(challenge), challenge.submitted_by]
    return list({person.pk: person for person in people if person}.values())


def coordinators(thing):
    """Who answers today for the province of the challenge."""
    return coordinators_of([getattr(thing, "challenge", thing).province_id])


def who_may_open_too(challenge):
    """Who can open the entries within the day: whoever else answers for the province, or else any other."""
    found = coordinators(challenge).exclude(pk=challenge.asked_to_open_by_id)
    if found.exists():
        return found
    return Person.objects.coordinators().exclude(pk=challenge.asked_to_open_by_id)


def deciders(organisation_id):
    """The owners and editors of an organisation."""
    return Person.objects.filter(**deciding_for([organisation_id])).order_by("pk")


def entrants(entry):
    """Those who decide for the organisation that enters; of an award, an objection or a talk too."""
    return deciders(getattr(entry, "entry", entry).organisation_id)


def jurors(challenge):
    """Everybody on the jury."""
    return [seat.person for seat in challenge.jury.select_related("person")]


def those_who_decide(thing):
    """The owners and editors of the organisation whose challenge it is."""
    return deciders(getattr(thing, "challenge", thing).organisation_id)


def followers(challenge):
    """Everybody who follows the challenge."""
    return Person.objects.filter(follows__challenge=challenge.pk).order_by("pk")


def all_who_pay_along(challenge):
    """Those who decide for the organisations that pay along."""
    along = challenge.co_owners.filter(leads=False).values_list("organisation", flat=True)
    return [person for key in along for person in deciders(key)]


def owners_side(challenge):
    """Who brought it and answers for it, and who decides for the organisations that pay along."""
    people = [*those_who_brought_it(challenge), *all_who_pay_along(challenge)]
    return list({person.pk: person for person in people}.values())


def invited_jurors(challenge):
    """Everybody who sits in the jury or was asked to, and does not hear it as the owner's side."""
    known = {person.pk for person in owners_side(challenge)}
    seats = challenge.jury.standing().select_related("person")
    return [seat.person for seat in seats if seat.person_id not in known]


def other_followers(challenge):
    """Who follows it or ever wrote for it, and does not hear of its end as owner or juror.

    One audience, as in :func:`drafters_and_followers`: a name that is missing in the log of the mail tells nothing.
    Who entered hears it by a move of their entry too, which is sealed.
    """
    known = [*owners_side(challenge), *invited_jurors(challenge)]
    known += [*exploring_teams(challenge), *coaches_of_finalists(challenge)]
    writing = Person.objects.filter(**deciding_for(challenge.entries.values("organisation")))
    either = Q(pk__in=writing.values("pk")) | Q(follows__challenge=challenge.pk)
    found = Person.objects.filter(either).exclude(pk__in=[person.pk for person in known])
    return found.distinct().order_by("pk")


def those_entering(challenge):
    """The keys of the organisations that write an entry or sent one in."""
    gone = ["withdrawn", "unsent"]
    return challenge.entries.exclude(state__in=gone).values("organisation")


def deciding_for(organisations):
    """How to find the owners and editors of these organisations among people."""
    return {
        "memberships__organisation__in": organisations,
        "memberships__role__in": ["owner", "editor"],
        "memberships__confirmed_at__isnull": False,
    }


def followers_of_all(challenge):
    """Everybody who wants to hear of every challenge that opens."""
    return Person.objects.filter(follows__challenge=None, follows__isnull=False).order_by("pk")


def the_asker(question):
    """Whoever asked it."""
    return [question.asker]


def winners(thing):
    """Those who decide for the organisations that got an award."""
    challenge = getattr(thing, "challenge", thing)
    awards = challenge.awards.final().select_related("entry")
    return [person for award in awards for person in deciders(award.entry.organisation_id)]


def contractors(contract):
    """Those who decide for the organisation of the contract."""
    return deciders(contract.organisation_id)


def both_sides(contract):
    """Everybody at the table."""
    return [*owner_and_deputy(contract), *contractors(contract)]


def the_recipient(letter):
    """Whom a letter is for."""
    return [letter.recipient]


def those_just_asked(challenge):
    """Whoever was asked for the jury by this very move."""
    return challenge.just_asked


def those_just_released(challenge):
    """Whoever does not sit in the jury any more, by this very move."""
    return challenge.just_released


def those_not_asked_any_more(challenge):
    """Whoever was asked for the jury, had not answered, and is not asked any more by this very move."""
    return getattr(challenge, "just_unasked", [])


def those_just_invited(challenge):
    """Those who decide for the organisation that was just invited to the call."""
    return deciders(challenge.just_invited.pk)


def those_who_pay_along(challenge):
    """Those who decide for the organisation that was just asked to pay along."""
    return deciders(challenge.just_added.organisation_id)


def drafters_and_followers(thing):
    """Everybody who follows it, and everybody who decides for an organisation that enters or writes.

    One audience, so that the log of the mail does not tell who enters; who asked a question hears of it otherwise.
    """
    challenge, asker = getattr(thing, "challenge", thing), getattr(thing, "asker_id", None)
    entering = Person.objects.filter(**deciding_for(those_entering(challenge)))
    either = Q(pk__in=entering.values("pk")) | Q(follows__challenge=challenge.pk)
    return Person.objects.filter(either).exclude(pk=asker).distinct().order_by("pk")


def coached_entrants(challenge):
    """Those who decide for the finalists that are coached; of one whose coach was named anew, for that one."""
    one = getattr(challenge, "just_coached", None)
    found = [one] if one else challenge.coachings.select_related("entry")
    return [person for coaching in found for person in deciders(coaching.entry.organisation_id)]


def just_named_coaches(challenge):
    """Whoever was named as a coach by this very move, each once."""
    return list({person.pk: person for person in challenge.just_named}.values())


def explorers(challenge):
    """Those who decide for the teams that explore."""
    rows = challenge.explorations.select_related("entry")
    return [person for row in rows for person in deciders(row.entry.organisation_id)]


def exploring_teams(challenge):
    """Who decides for the teams that explore, if the day on which that is due was just changed."""
    return explorers(challenge) if "explored_by" in days_just_changed(challenge) else []


def coaches_of_finalists(challenge):
    """Who coaches, if the day of the pitch was just changed; not who hears it as the owner's side."""
    if "pitch_at" not in days_just_changed(challenge):
        return []
    known = [person.pk for person in owners_side(challenge)]
    found = Person.objects.filter(coachings__challenge=challenge.pk).exclude(pk__in=known)
    return found.distinct().order_by("pk")


def days_just_changed(challenge):
    """The names of the days of the calendar that this very move changed in public."""
    return [change["name"] for change in getattr(challenge, "just_changed", ())]


def the_paid_team(challenge):
    """Those who decide for the team that just got its fee."""
    return deciders(challenge.just_paid.entry.organisation_id)
