"""The holidays the platform starts with. Another day is a new row with its source, never a change here."""

from datetime import date

from factory.knowledge.holidays import OFFICES, TERMS

ATW = "Algemene termijnenwet, art. 3"
ATW_URL = "https://wetten.overheid.nl/BWBR0002448/"
KING = "Algemene termijnenwet, art. 3; de verjaardag wordt sinds 2014 op 27 april gevierd"
HOUSE = "Rule of the house: offices are closed on it once in five years"
DECREES = {
    "Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en 30 mei 2025 "
    "met een algemeen erkende feestdag": [
        (2023, 4, 28), (2023, 5, 19), (2024, 5, 10), (2024, 12, 27), (2025, 5, 30),
    ],
    "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028 "
    "met een algemeen erkende feestdag": [
        (2026, 1, 2), (2026, 5, 15), (2027, 5, 7), (2028, 4, 28), (2028, 5, 26),
    ],
}  # fmt: skip
SINCE = date(1981, 1, 1)
BOTH = {TERMS: True, OFFICES: True}
TERM_ONLY, OFFICES_ONLY = {TERMS: True, OFFICES: False}, {TERMS: False, OFFICES: True}

# code, how it falls, for what it counts, since when, source
FIRST = [
    ("new-year", {"month": 1, "day": 1}, BOTH, SINCE, ATW),
    ("good-friday", {"from_easter": -2}, TERM_ONLY, SINCE, ATW),
    ("easter-monday", {"from_easter": 1}, BOTH, SINCE, ATW),
    ("kings-birthday", {"month": 4, "day": 27, "sunday_moves": -1}, BOTH, date(2014, 1, 1), KING),
    ("liberation-day", {"month": 5, "day": 5}, TERM_ONLY, SINCE, ATW),
    ("liberation-day-off", {"month": 5, "day": 5, "every": 5}, OFFICES_ONLY, SINCE, HOUSE),
    ("ascension-day", {"from_easter": 39}, BOTH, SINCE, ATW),
    ("whit-monday", {"from_easter": 50}, BOTH, SINCE, ATW),
    ("christmas", {"month": 12, "day": 25}, BOTH, SINCE, ATW),
    ("boxing-day", {"month": 12, "day": 26}, BOTH, SINCE, ATW),
]


def lay(model):
    """Make the rows that are not there yet; ``model`` is Holiday, also as a migration knows it."""
    for code, falls, counts, since, source in FIRST:
        url = ATW_URL if source != HOUSE else ""
        facts = {**falls, **counts, "source": source, "source_url": url}
        model.objects.get_or_create(code=code, valid_from=since, defaults=facts)
    for source, days in DECREES.items():
        for day in (date(*one) for one in days):
            facts = {"date": day, **TERM_ONLY, "source": source, "source_url": ATW_URL}
            model.objects.get_or_create(code=f"equal-{day}", valid_from=day, defaults=facts)
