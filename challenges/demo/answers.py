"""The words of the demo's entries."""

ASKED = {
    "nl": [
        ("Wie merkt er iets van, en hoe weet je dat?", 120),
        ("Wat gebeurt er na de proef?", 120),
    ],
    "en": [
        ("Who will notice, and how do you know?", 120),
        ("What happens after the trial?", 120),
    ],
}
ANSWERS = {
    "nl": [
        (
            "De mensen uit de eerste alinea. We bellen ze elke maand en vragen drie dingen, steeds dezelfde.",
            "Dan betaalt wie er geld mee bespaart. We hebben daar in het voorjaar al over gesproken.",
        ),
        (
            "Honderd mensen in twee buurten. Een student van de hogeschool telt mee en schrijft het op.",
            "We gaan door met de helft van de uren, betaald uit wat we verkopen.",
        ),
    ],
    "en": [
        (
            "A hundred people in two quarters. We ring them every month and ask the same three things.",
            "Then whoever saves money by it pays. We spoke about that in spring already.",
        )
    ],
}
LINES = {
    "nl": ("Mensen", "Ruimte en materiaal", "Meten en vertellen"),
    "en": ("People", "Room and materials", "Measuring and telling"),
}
OUTSIDE = {"nl": "Bewonersgroep De Brug", "en": "Residents' group The Bridge"}
