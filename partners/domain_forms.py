"""Input about the mail domains of an organisation."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.forms import Refused, refuse
from partners.models import MailDomain
from partners.models.free_mail import FREE_MAIL
from partners.models.mail_domain import DOMAIN


def names_in(text):
    """What stands in a field with a name a line, once each and in small letters."""
    return list(dict.fromkeys(text.lower().replace(",", " ").split()))


def lines_of(rows):
    """Mail domains as such a field shows them."""
    return "\n".join(rows.order_by("domain").values_list("domain", flat=True))


class SourceForm(Refused):
    """Where a coordinator saw whose a mail domain is."""

    source = forms.CharField(
        label=_("Where did you see that?"),
        help_text=_("Such as the contact page of their website, with its address."),
        max_length=280,
    )


class MailDomainsForm(SourceForm):
    """On which mail domains the people of an organisation have their addresses."""

    domains = forms.CharField(
        label=_("Mail domains"),
        help_text=_(
            "One a line, such as lekstede.nl. Whoever has a verified address there joins at once; "
            "a sub-domain counts only if it stands here too."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shared = forms.CharField(
        label=_("Which of these do other organisations use too?"),
        help_text=_(
            "Such as that of a shared service of several municipalities. "
            "Whoever has an address there chooses for which of them they work."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["domains", "shared", "source"])
        known = self.thing.mail_domains.current()
        self.initial.setdefault("domains", lines_of(known))
        self.initial.setdefault("shared", lines_of(known.filter(shared=True)))

    def clean_domains(self):
        """The domains as a list; every one that cannot be is named."""
        found = names_in(self.cleaned_data["domains"])
        wrong = [name for name in found if len(name) > 190 or not re.match(DOMAIN, name)]
        refuse(wrong, _("This is not a mail domain: %(names)s."))
        free = [name for name in found if name in FREE_MAIL]
        refuse(free, _("Anybody can take an address here: %(names)s."))
        refuse(
            self._of_others(found, shared=False),
            _(
                "Another organisation has this domain: %(names)s. "
                "If they share it, note that there first."
            ),
        )
        return found

    def clean_shared(self):
        """Those that others use too: among the domains, and all that others say they share."""
        found, domains = names_in(self.cleaned_data["shared"]), self.cleaned_data.get("domains")
        if domains is None:
            return found
        refuse(
            [name for name in found if name not in domains],
            _("This does not stand among the mail domains: %(names)s."),
        )
        alone = [name for name in domains if name not in found]
        refuse(
            self._of_others(alone, shared=True),
            _("Other organisations use this domain too: %(names)s. Name it here."),
        )
        return found

    def _of_others(self, names, shared):
        others = MailDomain.objects.current().exclude(organisation=self.thing)
        theirs = others.filter(domain__in=names, shared=shared)
        return list(theirs.order_by("domain").values_list("domain", flat=True).distinct())
