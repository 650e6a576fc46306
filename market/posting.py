"""The form by which a need or an offer is posted and changed. Amounts come in as euros and leave as cents."""

import re
from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import EuroField
from factory.forms import DateField, PlainTextMixin
from market.hiding import gives_away
from market.models import Listing
from partners.models import Credential, Organisation, Region, Sector
from partners.proposing import ProposalForm

FURTHEST = timedelta(days=3 * 365)
LONGEST, MOST_CHOSEN = (
    6000,
    50,
)  # characters of one field, and boxes of one; more than any form takes
ONE = (
    "organisation", "title", "text", "region", "needed_by_date", "value_cents", "unit", "sector",
    "nationwide", "reach_km", "hides_name", "ask_me_first", "several",
)  # fmt: skip
ASKED_ONCE = ("ask_prices",)  # asked when it is posted, and no field of a listing
MANY = ("themes", "asked_proofs")
FRONT = (
    "organisation",
    "title",
    "text",
    "region",
    "needed_by_date",
    "value_cents",
    "unit",
)
LABELS = {
    "need": {
        "title": _("What do you need?"),
        "text": _("Tell a little more"),
        "region": _("Where?"),
    },
    "offer": {
        "title": _("What can you deliver?"),
        "text": _("Tell a little more"),
        "region": _("From where do you work?"),
    },
}
HINTS = {
    "need": _("In one line, such as: lunch for 60 people, every first Thursday."),
    "offer": _("In one line, such as: lunches from a kitchen where people learn a trade."),
}


NAMING = {
    "hides_name": _(
        "Others read only what kind of organisation you are and in which province. The supplier "
        "hears your name when both of you have said yes."
    ),
    "ask_me_first": _("You say yes or no to every supplier first. Until then we hide your name."),
}


class ListingForm(PlainTextMixin, forms.ModelForm):
    """A need or an offer: what, where, when, about how much; the rest stands in a fold."""

    value_cents = EuroField(label=_("About how much, without VAT?"), required=False)
    needed_by_date = DateField(
        label=_("When is it needed?"),
        required=False,
        help_text=_("Leave it open if there is no date."),
    )
    reach_km = forms.IntegerField(
        label=_("Delivers within how many kilometres?"), required=False, min_value=1, max_value=400
    )
    asked_proofs = forms.MultipleChoiceField(
        label=_("Which recognitions must a supplier have?"),
        help_text=_("Only if you need it: we suggest nobody who does not have all of them today."),
        choices=Credential.Proof,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ask_prices = forms.BooleanField(
        label=_("Ask suppliers for a price by a closing time"),
        help_text=_("Above your purchase limit we always do. You read the prices side by side."),
        required=False,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Listing
        fields = [
            "organisation", "title", "text", "region", "needed_by_date", "value_cents", "unit",
            "sector", "nationwide", "reach_km", "hides_name", "ask_me_first", "several", "asked_proofs",
            "themes",
        ]  # fmt: skip
        labels = {"organisation": _("For which organisation?"), "unit": _("How often?")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "themes": forms.CheckboxSelectMultiple,
        }

    theirs = ()  # what a colleague wrote meanwhile, where it differs

    def __init__(self, *args, thing=None, by=None, **kwargs):
        self.by = by
        super().__init__(*args, instance=thing, **kwargs)
        self._offer_what_there_is(thing)
        self._speak_of(thing.kind)
        if not self.initial.get("region") and thing.organisation_id:
            self.initial["region"] = thing.organisation.region_id
        if thing.pk:
            self.initial["version"] = thing.version

    def _offer_what_there_is(self, thing):
        mine = Organisation.objects.filter(
            pk__in=self.by.memberships.who_write().values("organisation")
        )
        self.fields["organisation"].queryset = mine
        self.fields["region"].queryset = Region.objects.current().municipalities()
        self.fields["sector"].queryset = Sector.objects.all()
        needless = ("reach_km", "nationwide")
        if not thing.is_need:
            needless = ("several", "hides_name", "ask_me_first", "needed_by_date", "asked_proofs")
        once = ["organisation"] if thing.pk else ["version"]
        for name in (*needless, *once):
            del self.fields[name]
        if thing.pk or not thing.is_need:
            del self.fields["ask_prices"]
        if not thing.pk and len(mine) == 1:
            self.initial["organisation"] = mine[0].pk
            self.fields["organisation"].widget = forms.HiddenInput()

    def _speak_of(self, kind):
        for name, label in LABELS[kind].items():
            self.fields[name].label = label
        self.fields["title"].help_text = HINTS[kind]
        for name, hint in NAMING.items():
            if name in self.fields:
                self.fields[name].help_text = hint
        self.fields["sector"].required = False
        self.fields["sector"].label = _("What kind of product or service is it?")
        self.fields["sector"].empty_label = _("Let the words above decide")

    @property
    def front(self):
        """What is asked first: what, where, when, about how much."""
        return [self[name] for name in FRONT if name in self.fields]

    @property
    def fold(self):
        """What can be told too."""
        return [self[name] for name in self.fields if name not in FRONT]

    @property
    def fold_is_open(self):
        return any(field.errors for field in self.fold)

    def clean_needed_by_date(self):
        day = self.cleaned_data["needed_by_date"]
        if day and day != self.initial.get("needed_by_date"):
            if day < clock.today():
                raise forms.ValidationError(_("This date has passed. Choose today or later."))
            if day > clock.today() + FURTHEST:
                raise forms.ValidationError(_("Choose a date within three years."))
        return day

    def clean(self):
        data = super().clean()
        self._over_nothing_unseen(data)
        if not data.get("sector") and "sector" not in self.errors:
            data["sector"] = sector_of(data.get("title", ""), data.get("text", ""))
            if data["sector"] is None:
                self.add_error(
                    "sector", _("We cannot tell from your words. Choose the kind yourself.")
                )
        if data.get("hides_name") or data.get("ask_me_first"):
            self._stays_hidden(data)
        return data

    def _over_nothing_unseen(self, data):
        """A colleague may have changed it since this page was opened: then both texts are shown."""
        there = self.instance.version
        if not self.instance.pk or data.get("version") in (None, there):
            return
        self.theirs = differences(self, typed_in(self.data), typed_of(self.instance))
        self.data = self.data.copy()
        self.data["version"] = data["version"] = there
        if self.theirs:
            words = _("Somebody changed this meanwhile. Look at both texts, and save it again.")
            self.add_error(None, words)

    def _stays_hidden(self, data):
        """Words in the text by which everybody would know who hides."""
        whose = data.get("organisation") or self.instance.organisation
        if data.get("hides_name") and whose.kind == Organisation.Kind.PROVINCE:
            self.add_error("hides_name", _("There is one province here, so everybody would know."))
        for name in ("title", "text"):
            if word := gives_away(whose, data.get(name, "")):
                words = _("You hide your name, but this says “%(word)s”. Take one of the two away.")
                self.add_error(name, words % {"word": word})


def sector_of(title, text):
    """The sector whose keywords the words hold most often (the title counts three times), or None."""
    words = re.findall(r"\w+", f"{title} {title} {title} {text}".lower())
    best = max(Sector.objects.all(), key=lambda sector: _heard(sector, words), default=None)
    return best if best and _heard(best, words) else None


def _heard(sector, words):
    keywords = set(sector.keywords)
    return sum(2 if word in keywords else _is_compound(word, keywords) for word in words)


def _is_compound(word, keywords):
    """Dutch glues words together: "vergaderlunch" is about lunch."""
    return any(len(keyword) > 3 and word.endswith(keyword) for keyword in keywords)


def typed_in(posted):
    """The form's own fields as they were typed (a QueryDict), no longer than any form takes."""
    typed = {name: posted[name][:LONGEST] for name in (*ONE, *ASKED_ONCE) if posted.get(name)}
    chosen = {name: posted.getlist(name)[:MOST_CHOSEN] for name in MANY}
    return typed | {name: [one[:20] for one in rows] for name, rows in chosen.items() if rows}


def typed_of(listing):
    """A listing as its form would be typed."""
    facts = {name: getattr(listing, listing._meta.get_field(name).attname) for name in ONE}
    facts["value_cents"] = EuroField().prepare_value(facts["value_cents"])
    typed = {name: "on" if value is True else str(value) for name, value in facts.items() if value}
    themes = [str(theme.pk) for theme in listing.themes.all()]
    many = {"themes": themes, "asked_proofs": listing.asked_proofs}
    return typed | {name: chosen for name, chosen in many.items() if chosen}


def differences(form, mine, theirs):
    """``[(label, what the other wrote)]`` for each field in which two versions of a form differ."""
    names = [name for name in form.fields if name in (*ONE, *ASKED_ONCE, *MANY)]
    apart = [name for name in names if mine.get(name) != theirs.get(name)]
    return [(form[name].label, _said(form.fields[name], theirs.get(name))) for name in apart]


def _said(field, value):
    """What was typed or chosen, in words."""
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(field, forms.BooleanField):
        labels = {"on": gettext("yes")}
    values = value if isinstance(value, list) else [value or ""]
    return ", ".join(labels.get(one, one) for one in values) or "–"


class ListingProposals(ProposalForm):
    """What the words of a need or an offer tell of it."""

    names = ("themes",)

    def text(self):
        return f"{self.thing.title} {self.thing.text}"
