"""What a listed name said of itself before somebody came to act for it, so that it can say that again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.checked import Checked

# What whoever acts for it may type; the name and the numbers are the coordinators'.
WORDS = (
    "mission", "description", "website", "email", "phone", "street", "postcode", "town", "invoices",
)  # fmt: skip
MANY = ("sectors", "themes", "goals", "works_in")


class Listed(Checked):
    """An organisation whose name the Factory may list before anybody of it joins."""

    listed_at = models.DateTimeField(_("listed by us"), null=True, blank=True, editable=False)
    as_listed = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def gets_people(self):
        """Somebody comes to act for it: keep how it was, and nothing of whoever came before is asked or answered."""
        self.as_listed = {name: getattr(self, name) for name in (*WORDS, "size")}
        self.as_listed |= {"region": self.region_id}
        for name in MANY:
            self.as_listed[name] = sorted(getattr(self, name).values_list("pk", flat=True))
        self.nothing_is_asked()
        self.answer, self.answered_at = "", None

    def says_again(self):
        """What was typed since goes. Returns what points at other rows, for :meth:`relate`."""
        was, self.as_listed = self.as_listed or {}, None
        facts = {name: was.get(name, "") for name in WORDS}
        places = type(self)._meta.get_field("region").related_model.objects
        if "region" in was:
            facts["region"] = places.select_related("province").get(pk=was["region"])
        self.fill(**facts, size=was.get("size"))
        return {name: was.get(name, []) for name in MANY}

    @property
    def is_only_claimed(self):
        """Whether somebody acts for a listed name of whom nobody checked yet that they may."""
        return self.state in (self.State.APPLIED, self.State.IN_CHECK) and bool(self.listed_at)

    @property
    def is_vouched_for(self):
        """Whether its own people may let others in: it is active, or it came with its own application.

        Who claims a name that stood here already is checked first: until then they may not be of it at all.
        """
        waits = self.state in (self.State.APPLIED, self.State.IN_CHECK)
        return self.state == self.State.ACTIVE or (waits and not self.is_only_claimed)
