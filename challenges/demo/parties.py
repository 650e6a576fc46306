"""Who brings, enters and judges the challenges of the demo."""

from challenges.models import Juror
from factory import clock
from partners.demo.accounts import juror
from partners.models import Membership, Organisation, Person

EXPERTISE = {
    "nl": (
        "Woont in de wijk waar het om gaat",
        "Werkt in het veld en kent de praktijk",
        "Rekent plannen door",
        "Heeft zelf een sociale onderneming gehad",
    ),
    "en": (
        "Lives in the neighbourhood it is about",
        "Works in the field and knows the practice",
        "Checks the sums of plans",
        "Has run a social enterprise",
    ),
}
MANDATE_CENTS = 30_000_000


class Parties:
    """The active partners of the demo, with who decides for them, read once."""

    def __init__(self):
        self.people = {}
        for seat in Membership.objects.who_decide().select_related("person").order_by("pk"):
            self.people.setdefault(seat.organisation_id, []).append(seat.person)
        self.by_name = {one.name: one for one in self._active().filter(kind="municipality")}
        self.entrants = list(
            self._active().filter(kind="enterprise").order_by("active_since", "pk")
        )
        staff = Person.objects.coordinators().prefetch_related("regions").order_by("pk")
        self.staff, self.juror = list(staff), juror()
        self.coordinators = {region.pk: one for one in staff for region in one.regions.all()}

    def _active(self):
        return Organisation.objects.active().select_related("region", "province")

    def deciders(self, organisation):
        """The owner first, then who replaces them."""
        return self.people[organisation.pk]

    def coordinator(self, organisation):
        return self.coordinators[organisation.province_id]

    def second(self, coordinator):
        """Another coordinator, as entries are opened by two."""
        return next(one for one in self.staff if one != coordinator)

    def may_decide(self, organisation):
        """Give the owner a mandate that is large enough."""
        owner = self.deciders(organisation)[0]
        organisation.memberships.filter(person=owner).update(mandate_cents=MANDATE_CENTS)
        return owner

    def known(self, day):
        """The enterprises that were here before that day."""
        return [one for one in self.entrants if one.active_since < day and one.pk in self.people]

    def who_work_on(self, themes, those):
        """Of those, who work on one of the themes."""
        rows = Organisation.themes.through.objects.filter(theme__in=themes)
        here = set(rows.values_list("organisation", flat=True))
        return [one for one in those if one.pk in here]

    def who_enters(self, row, day, by):
        """As many of them as there are plans, and drafts besides."""
        return by.sample(self.known(day), len(row["plans"]) + row.get("drafts", 0))

    def who_judges(self, challenge, entrants, number, by):
        """People of other organisations, and one who belongs to none; the first of them chairs."""
        apart = {challenge.organisation_id, *(one.pk for one in entrants)}
        known = [people[0] for pk, people in self.people.items() if pk not in apart]
        known = [one for one in known if not one.is_staff]
        words = EXPERTISE[challenge.language]
        for place, person in enumerate([*by.sample(known, number)[:-1], self.juror]):
            seat = {"challenge": challenge, "person": person, "chairs": place == 0}
            Juror.objects.create(
                **seat, expertise=words[place % len(words)], said_yes_at=clock.now()
            )
