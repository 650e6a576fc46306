"""Partners join, are checked and let their colleagues in, each on a day of their own."""

from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from factory.demo import DAYS, Calendar, chance, facts, lines, play
from partners.demo.people import domain, people_for, phone
from partners.lifecycle import (
    activate,
    admit,
    apply,
    ask_to_join,
    check,
    join,
    leave,
    name_owner,
    revise,
    set_domains,
    suspend,
)
from partners.models import Goal, Membership, Organisation, Person, Region, Sector, Theme

HERE = Path(__file__).parent
FOUNDING = 6  # one in so many enterprises was there from the start
SOURCE = "de contactpagina van hun website"
LIMIT_CENTS = 2_000_000
KVK_BEGINS = 481_519  # any start in the middle, so that no number is mostly zeros
SUSPENDED = "De website noemt een ander adres en niemand neemt op. Bel ons, dan kijken we samen."


def make_organisations():
    """All partners, in the order in which they joined."""
    rows = lines(HERE / "organisations.csv")
    people, words, days = people_for(rows, chance("people")), Words(), Calendar()
    play(joining(row, n, people[row["name"]], words, days) for n, row in enumerate(rows))
    give_limits()
    return _("%(count)s partners with their people") % {"count": len(rows)}


def joining(row, number, people, words, days):
    """A partner applies, is checked and becomes public; its colleagues follow."""
    by = chance(row["name"])
    applied = days_ago(row, number, by)
    if row["kind"] in ("municipality", "province"):
        yield from joining_what_is_listed(row, number, people, words, applied, days, by)
        return
    organisation = Organisation()
    yield days.at(applied, by)
    apply(organisation, by=people[0], **words.about(row, number, by))
    if row["state"] == "applied":
        return
    coordinator = words.coordinator_of(organisation)
    yield days.at(applied - 1, by)
    check(organisation, by=coordinator)
    if row["state"] == "in_check":
        return
    yield days.at(max(applied - 3, 0), by)
    activate(organisation, by=coordinator)
    for colleague in people[1:]:
        yield days.at(max(applied - 5, 0), by)
        let_in(organisation, colleague, people[0])
    yield from going(row["state"], organisation, applied, people[0], coordinator, days, by)


def joining_what_is_listed(row, number, people, words, applied, days, by):
    """A municipality or province stands here already: its first colleague joins by mail and is made owner."""
    organisation = Organisation.objects.listed().get(name=row["name"])
    yield days.at(applied, by)
    owner, facts = people[0], words.about(row, number, by)
    coordinator = words.coordinator_of(organisation)
    known = organisation.mail_domains.current().values_list("domain", flat=True)
    set_domains(organisation, by=coordinator, domains=[*known, domain(row["name"])], source=SOURCE)
    verify(people)
    join(organisation, by=owner)
    yield days.at(applied - 1, by)
    named = {"membership": organisation.memberships.get(person=owner), "reason": "nobody"}
    name_owner(organisation, by=coordinator, **named)
    yield days.at(max(applied - 3, 0), by)
    revise(organisation, by=owner, **facts)
    for colleague in people[1:]:
        yield days.at(max(applied - 5, 0), by)
        let_in(organisation, colleague, owner)


def verify(people):
    """The addresses with which these people join; who has an account verified theirs already."""
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people),
        ignore_conflicts=True,
    )


def days_ago(row, number, by):
    """Buyers and some enterprises came first, the others over the years, those in check just now."""
    if row["state"] in ("applied", "in_check"):
        return by.randrange(2, 6)
    if row["kind"] != "enterprise" or number % FOUNDING == 0:
        return DAYS + by.randrange(90, 150)
    return int(DAYS * by.betavariate(2.2, 1.1)) + 45


def let_in(organisation, colleague, owner):
    ask_to_join(organisation, by=colleague)
    asked = Membership.objects.get(organisation=organisation, person=colleague)
    role = Membership.Role.VIEWER if "stag" in colleague.job else Membership.Role.EDITOR
    admit(organisation, by=owner, membership=asked, role=role)


def going(state, organisation, applied, owner, coordinator, days, by):
    """The few that are no longer there."""
    if state == "suspended":
        yield days.at(12, by)
        suspend(organisation, by=coordinator, note=SUSPENDED)
    if state == "left":
        yield days.at(applied // 2, by)
        leave(organisation, by=owner)


def give_limits():
    """Up to what buyers order one-to-one, and what their people may decide."""
    buyers = Organisation.objects.filter(kind__in=["municipality", "province", "business"])
    for buyer in buyers.exclude(active_since=None):
        buyer.purchase_limits.create(
            cents=LIMIT_CENTS,
            valid_from=buyer.active_since - timedelta(days=365),
            policy_url=f"https://{domain(buyer.name)}/inkoopbeleid",
        )
        buyer.memberships.who_decide().update(mandate_cents=LIMIT_CENTS)


class Words:
    """What is known of places, kinds of work and coordinators, read once."""

    def __init__(self):
        self.sectors = {row.slug: row for row in Sector.objects.all()}
        self.themes = {row.slug: row for row in Theme.objects.all()}
        self.goals = {row.order: row for row in Goal.objects.all()}
        self.stories = facts(HERE / "descriptions.json")
        self.places = {}
        for place in Region.objects.current().municipalities().select_related("province"):
            for name in (*place.aliases, place.name.lower()):
                self.places[name] = place
        staff = Person.objects.coordinators().prefetch_related("regions")
        self.coordinators = {region.pk: one for one in staff for region in one.regions.all()}

    def coordinator_of(self, organisation):
        return self.coordinators[organisation.province_id]

    def about(self, row, number, by):
        """One line of the file as the facts of a partner."""
        place = self.places[row["place"].lower()]
        return {
            "kind": row["kind"],
            "name": row["name"],
            "legal_form": row["legal_form"],
            "kvk": f"00{(number * 7919 + KVK_BEGINS) % 10**6:06}",  # no real number begins with two zeros
            "mission": row["mission"],
            "description": self.story(row, by),
            "website": f"https://{domain(row['name'])}",
            "email": f"hallo@{domain(row['name'])}",
            "phone": phone(number + 500),
            "town": row["place"],
            "region": place,
            "size": int(row["size"]) if row["size"] else None,
            "sectors": picked(self.sectors, row["sectors"]),
            "themes": picked(self.themes, row["themes"]),
            "goals": [self.goals[int(one)] for one in filter(None, row["goals"].split(";"))],
            "works_in": [place.province],
        }

    def story(self, row, by):
        said = [by.choice(pool) for pool in self.stories[row["kind"]]]
        return " ".join(said).format(place=row["place"], size=row["size"])


def picked(known, slugs):
    return [known[slug] for slug in filter(None, slugs.split(";"))]
