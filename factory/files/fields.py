"""The field by which a form takes a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from factory.files.checking import check
from factory.files.kinds import PAPERS


class UploadField(forms.FileField):
    """A file of one of ``kinds``; cleaned to a :class:`~factory.files.checking.Checked`, or None.

    ``longest`` and ``drawing`` say how a picture is drawn anew.
    """

    widget = forms.FileInput
    default_error_messages = {"required": _("Choose a file.")}

    def __init__(self, *, kinds=PAPERS, drawing=False, longest=None, **kwargs):
        self.kinds = kinds
        self.how = {"drawing": drawing, **({"longest": longest} if longest else {})}
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{kind.extension}" for kind in kinds) + ",.jpeg"

    def to_python(self, data):
        """The checked file; an empty one is told by us, and a long name is only made shorter."""
        if data in self.empty_values:
            return None
        return check(data, self.kinds, **self.how)
