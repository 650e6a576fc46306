"""What two texts say for each other by themselves: reasons as codes, and the same in words."""

from django.utils.translation import gettext as _

from factory.meaning.alike import alike_words
from factory.meaning.nearness import SAME_SUBJECT
from factory.meaning.wording import shared_words


def of_words(asked, answer, names, aside=""):
    """The words that stand in both, else those of the two ``names`` that are written alike; none of ``aside``.

    In long texts some words are always alike; what a thing is called says what it is about.
    """
    if words := shared_words(asked, answer, aside=aside):
        yield {"code": "shared_words", "words": words}
    elif pairs := alike_words(*names, aside=aside):
        yield {"code": "written_alike", "pairs": pairs}


def of_subject(asks, answers, near, said):
    """By what was read of both as they are now; what was changed since says nothing. ``said`` is quoted."""
    if near is not None and near >= SAME_SUBJECT and asks.read_at and answers.read_at:
        yield {"code": "same_subject", "said": said, "near": round(near, 1)}


def quoted(words):
    """‘One’, ‘other’."""
    return ", ".join(f"‘{word}’" for word in words)


SENTENCES = {
    "shared_words": lambda r: _("Both speak of %(words)s") % {"words": quoted(r["words"])},
    "written_alike": lambda r: (
        _("Written alike: %(pairs)s")
        % {"pairs": ", ".join(_("‘%s’ and ‘%s’") % (one, other) for one, other in r["pairs"])}
    ),
    "same_subject": lambda r: (
        _("About the same subject, even in other words: “%(said)s”") % {"said": r["said"]}
    ),
}
