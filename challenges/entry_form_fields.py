"""Fields for long texts: how much room is left is counted live, and too long a text is refused, never cut off."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory.forms import plain


def long_text(label, most, rows, help_text=""):
    """A text whose length is counted live; in characters."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows, "data-most": most, "data-unit": "characters"}),
    )
    field.widget.attrs.pop("maxlength", None)
    return field


def words_in(text):
    """How many words a text has; the page counts the same way."""
    return len(text.split())


def answer_to(question):
    """The field of a question; an answer with too many words is refused, never cut off."""

    def short_enough(text):
        if words_in(text) > question.most_words:
            told = {"n": words_in(text), "most": question.most_words}
            raise forms.ValidationError(_("This has %(n)s words; at most %(most)s.") % told)

    most = ngettext("At most %(n)s word.", "At most %(n)s words.", question.most_words)
    looks = {"rows": 8, "data-most": question.most_words, "data-unit": "words"}
    return forms.CharField(
        label=question.text,
        help_text=f"{question.help} {most % {'n': question.most_words}}".strip(),
        required=question.is_required,
        validators=[short_enough, plain],
        widget=forms.Textarea(attrs=looks),
    )
