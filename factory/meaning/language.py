"""Whether a text is Dutch or English, from its small words and its spelling; nobody is asked."""

import re

from django.utils.translation import get_language

WORD = re.compile(r"[^\W\d_]+")
SMALL = {
    "nl": (
        "de het een en van voor met op te in dat die dit deze wij we ons onze onze jullie je jij u uw zij ze hun er is "
        "zijn was waren wordt worden werd heeft hebben had kan kunnen mag moet moeten zal zullen zou wil willen graag "
        "ook niet geen nog wel al als dan door aan bij om uit over onder tussen naar tot tijdens zonder tegen per elke "
        "ieder iedere alle alles veel meer minder zelf ook maar of want omdat zodat waar waarin waarmee hoe wie welke "
        "zoeken zoekt leveren levert maken maakt werken werkt mensen ongeveer euro dagen dag uur maand jaar weken keer"
    ),
    "en": (
        "the a an and of for with on to in that this these those we us our you your they their there is are was were "
        "be been has have had can could may must shall should will would wants want like also not no yet still as than "
        "by at from over under between into until during without against each every all much more less themselves but "
        "or because so where which who how what looking look seek need needs offer make makes work works people about "
        "around euros days day hours hour month months year years weeks times it its any some other only"
    ),
}
SMALL = {language: frozenset(words.split()) for language, words in SMALL.items()}
SHARED = SMALL["nl"] & SMALL["en"]
SPELT = {
    "nl": re.compile(
        r"ij|aa|uu|oe|ui|sch|ieu|eeu|heid|atie|lijk|[^aeiou]en$|eren$|je$|^ge[^an]|^ver|cht|(?<!c)k|z|v[aeo]r|eur$|eel$"
    ),
    "en": re.compile(
        r"^th|th$|wh|sh|[^l]ing$|tion|ness|[^e]ment$|ould|ough|[^i]ly$|ee[dknt]|ay|ow|ck|ph|^y|y$|ea|ous$"
    ),
}
A_SMALL_WORD = 3
SURE = 2  # the spelling of one word says little: "begeleiding" and "training" end alike


def language_of(text, otherwise="nl"):
    """``"nl"`` or ``"en"``; ``otherwise`` where the text does not say."""
    words = WORD.findall(text.casefold())
    nl, en = (_weight(words, language) for language in ("nl", "en"))
    if abs(nl - en) < SURE:
        return otherwise
    return "nl" if nl > en else "en"


def before_it_says(thing):
    """The language a text is thought to be in where it does not say: as it was, and a new one as its page is."""
    return thing.language if thing.pk else of_the_page()


def of_the_page():
    """The language in which somebody reads and types now."""
    return (get_language() or "nl")[:2]


def _weight(words, language):
    small = SMALL[language] - SHARED
    spelt = SPELT[language]
    return sum(A_SMALL_WORD if word in small else bool(spelt.search(word)) for word in words)
