"""Forms of the desk by which one looks first what would change: nothing is saved, and the page says it."""

from django import forms

PREVIEW = "_preview"


class LooksFirst:
    """Mixed into a form: with "look first" nothing is saved, and ``looked_at`` says what would change."""

    looked_at, looked_at_rows = "", ()

    @property
    def only_looks(self):
        """Whether that button was pressed, and nothing else is wrong."""
        return PREVIEW in self.data and not self.errors

    def look(self, words, rows=()):
        """Keep from saving. It is no fault of who typed, so the page does not show it as one."""
        self.looked_at, self.looked_at_rows = words, rows
        raise forms.ValidationError(words)


class ShowsWhatWouldChange:
    """Mixed into an admin whose form :class:`LooksFirst`."""

    def render_change_form(self, request, context, *args, **kwargs):
        """The page says what would change, above what was typed."""
        form = context["adminform"].form
        if getattr(form, "looked_at", ""):
            context |= {"errors": None, "looked_at": form.looked_at, "rows": form.looked_at_rows}
        return super().render_change_form(request, context, *args, **kwargs)
