"""What the entries of the demo hold beside their plan: answers, a budget, partners, and with some a drawing."""

from challenges.attaching import put_with
from challenges.demo.answers import ANSWERS, ASKED, LINES, OUTSIDE
from challenges.models import FormQuestion
from factory.files.checking import check
from partners.demo.proof import drawn, workplace

PARTS = (60, 30)  # of a hundred; the last line is the rest


def ask(challenge, language):
    """The questions of its form."""
    for position, (text, most) in enumerate(ASKED[language]):
        FormQuestion.objects.create(
            challenge=challenge, text=text, most_words=most, position=position
        )


def parts(challenge, language, number, cents, partner):
    """What the entry with this number holds. ``partner``: an organisation of ours, for the first of them."""
    told = ANSWERS[language][number % len(ANSWERS[language])]
    asked = challenge.questions_asked.all()
    facts = {
        "answers": [
            {"question": one.pk, "asked": one.text, "answer": answer}
            for one, answer in zip(asked, told, strict=True)
        ],
        "budget": budget(language, cents),
    }
    if number == 0 and partner:
        one = {"name": partner.name, "share": 30, "organisation": partner.pk}
        facts |= {"own_share": 70, "partners": [one]}
    elif number == 1:
        one = {"name": OUTSIDE[language], "share": 20, "organisation": None}
        facts |= {"own_share": 80, "partners": [one]}
    return facts


def budget(language, cents):
    """Three lines that make the amount."""
    first, second = (cents * part // 100 for part in PARTS)
    amounts = (first, second, cents - first - second)
    return [
        {"label": label, "cents": amount}
        for label, amount in zip(LINES[language], amounts, strict=True)
    ]


def draw(entry, by):
    """A drawing of where it happens."""
    put_with(entry, check(drawn(workplace(by)), drawing=True), entry.contact)
