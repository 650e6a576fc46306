"""Help while a problem is written: one line at a time, after saving, that nobody has to heed."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from challenges.models import Challenge

# Words by which a solution slips into a problem, in Dutch and English; compounds end or begin with them.
SOLUTIONS = (
    "app", "apps", "applicatie", "platform", "platforms", "website", "site", "portal", "portaal", "tool",
    "dashboard", "software", "systeem", "cursus", "cursussen", "training", "trainingen", "workshop",
    "campagne", "folder", "loket", "chatbot", "course", "courses", "campaign", "system", "application",
    "leaflet",
)  # fmt: skip
TAILS = ("app", "platform", "website", "cursus", "training", "campagne", "loket", "portaal", "tool")
ALIKE = 0.3  # trigram similarity (0 to 1) from which two titles may be about the same
LEAST_RANK = 0.05
FEW = 3


@dataclass(frozen=True)
class Hint:
    """One line; ``links`` are earlier challenges it speaks of."""

    words: str
    links: tuple = ()


def solution_in(text):
    """The first word that names a solution rather than a problem, or an empty text."""
    for word in re.findall(r"[\w-]+", text):
        small = word.lower()
        if small in SOLUTIONS or (len(small) > 8 and small.endswith(TAILS)):
            return word
    return ""


def similar_to(challenge, person):
    """Earlier public challenges about the same, most alike first."""
    words = " ".join(filter(None, [challenge.title, challenge.sentence]))
    name, config = (
        ("search_en", "english") if challenge.language == "en" else ("search_nl", "dutch")
    )
    asked = SearchQuery(
        " OR ".join(re.findall(r"\w{4,}", words)), config=config, search_type="websearch"
    )
    found = Challenge.objects.public().exclude(pk=challenge.pk)
    found = found.annotate(
        likeness=Greatest(TrigramSimilarity("title", challenge.title), SearchRank(F(name), asked)),
    )
    alike = Q(title__trigram_similar=challenge.title) | Q(**{name: asked}, likeness__gte=LEAST_RANK)
    found = found.filter(alike).select_related("organisation").defer("search_nl", "search_en")
    return found.order_by("-likeness", "-pk")[:FEW]


def hints(challenge, step, person):
    """All lines for a step; the page shows one at a time."""
    if step == "problem":
        yield from _of_the_problem(challenge, person)
    elif step == "success" and not challenge.baseline:
        yield Hint(
            _("How would you know next year that it went better? One figure of now is enough.")
        )
    elif step == "tried" and not challenge.tried:
        yield Hint(
            _(
                "Whom could you ring who tried this before? One sentence on what failed helps everybody."
            )
        )
    elif step == "adoption" and not challenge.explores_only:
        yield Hint(_("Who sits at the table on that day, and who would say no? Ask them now."))


def _of_the_problem(challenge, person):
    if word := solution_in(f"{challenge.sentence} {challenge.title}"):
        words = _(
            "“%(word)s” sounds like a solution. What is the trouble that it should take away?"
        )
        yield Hint(words % {"word": word})
    if earlier := tuple(similar_to(challenge, person)):
        yield Hint(_("Others brought something like this before. What can you take over?"), earlier)
    yield Hint(_("What happens if nobody does anything? Put it in a sentence if it is bad."))
