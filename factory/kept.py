"""What somebody was typing when their session had ended: it waits in the new session until they are back.

Only the one who typed it gets it back, told by the signed name that the form carries.
"""

from django.core import signing

KEY = "typed"
TYPIST = "typist"
MOST = 200_000  # characters; no form of ours takes more


def signed(person):
    """Who is typing, for a hidden field of the form."""
    return signing.Signer(salt=TYPIST).sign(str(person.pk))


def keep(request, path):
    """Keep what was posted for the page at ``path``."""
    said = {k: v for k, v in request.POST.lists() if k != "csrfmiddlewaretoken"}
    if sum(len(text) for texts in said.values() for text in texts) <= MOST:
        request.session[KEY] = {"path": path, "said": said}


def take(request, path):
    """What this person typed on that page, as ``{name: [values]}``; it is handed out once."""
    waiting = request.session.get(KEY)
    if not waiting or waiting["path"] != path:
        return {}
    del request.session[KEY]
    said = waiting["said"]
    mine = said.pop(TYPIST, [""])[0] == signed(request.user)
    return said if mine else {}


class KeepsTyped:
    """For a view with a form: whose session ended while they typed finds their words back after signing in.

    ``kept`` is what was kept of them, as :func:`take` gives it.
    """

    kept = {}

    def handle_no_permission(self):
        """Keep what was sent, and ask to sign in."""
        if self.request.method == "POST":
            keep(self.request, self.request.path)
        return super().handle_no_permission()

    def form(self, data=None, files=None):
        """The form; with what was typed before, if it was kept."""
        form = super().form(data, files)
        if data is None:
            form.initial |= self.begins_with()
            self.kept = take(self.request, self.request.path)
            form.initial |= as_initial(form, self.kept)
        return form

    def begins_with(self):
        """What stands in the form at first, besides what it knows itself."""
        return {}

    def asked(self, form, status=200, **extra):
        """The page with the form knows who types, and whether they came back."""
        about = {TYPIST: signed(self.request.user), "came_back": bool(self.kept)}
        return super().asked(form, status, **about, **extra)


def as_initial(form, said):
    """Posted values as a form's initial ones: lists stay lists where the field takes several."""
    many = {name for name, field in form.fields.items() if hasattr(field, "_check_values")}
    return {
        name: values if name in many else values[-1]
        for name, values in said.items()
        if name in form.fields and values
    }
