"""What is asked when a problem is brought: five fields are enough."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges import pasting
from challenges.house_terms import answer_days
from challenges.models import Challenge, Helper, Step
from challenges.models.bringers import GONE, bringers_of
from challenges.models.challenge import LONGEST, SUBJECTS
from challenges.models.step import FIELDS, stands
from challenges.subjects import GOALS, THEMES, subject
from challenges.where import PlaceNow, today_of
from factory import clock
from factory.fields import EuroField
from factory.files.fields import UploadField
from factory.files.kinds import DOCX, PDF
from factory.forms import DateField, plain
from factory.me.forms import PHONE
from factory.templatetags.words import day, euro, moment
from factory.working_days import after
from partners.forms import Refused
from partners.models import Membership, Organisation, Person

FIVE = ("problem", "document", "region", "envelope_cents", "hoped_start_date", "phone")


class PastedField(forms.CharField):
    """Words that may come from a text document: lists stay, the rest of the mark-up goes."""

    def __init__(self, rows=6, **kwargs):
        kwargs.setdefault("max_length", LONGEST)
        widget = forms.Textarea(attrs={"rows": rows, "data-pastes": ""})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value):
        return pasting.plain(super().to_python(value))


class BringForm(Refused):
    """The problem in one's own words or a file, where, about how much, when, and a number to ring."""

    organisation = forms.ModelChoiceField(None, label=_("For which organisation?"))
    problem = PastedField(
        label=_("What is the problem?"),
        help_text=_(
            "In your own words; half a page is plenty. You can paste from Word. What is not a solution yet "
            "is fine: that is for others to find."
        ),
        required=False,
        rows=9,
    )
    document = UploadField(
        label=_("Or do you have it on paper already?"),
        help_text=_("A memo or a note, as PDF or Word. Only your colleagues and we read it."),
        kinds=(PDF, DOCX),
        required=False,
    )
    region = PlaceNow(label=_("Where is it?"), help_text=_("The municipality."))
    envelope_cents = EuroField(
        label=_("About how much money is there?"),
        help_text=_("Without VAT. You do not know yet? Leave it open; we look at it together."),
        required=False,
    )
    hoped_start_date = DateField(
        label=_("When do you hope to start?"), required=False, earliest=clock.today
    )
    phone = forms.CharField(
        label=_("On which number can we ring you?"),
        max_length=30,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    copied_from = forms.SlugField(max_length=140, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = bringers_of(self.by)
        self.fields["organisation"].queryset = mine
        if len(mine) < 2:
            self.fields["organisation"].widget = forms.HiddenInput()
        first = self.thing.organisation if self.thing.organisation_id else None
        self.initial.setdefault("organisation", first and first.pk)
        self.initial.setdefault("region", first and self._place(first))
        self.initial.setdefault("phone", self.by.phone)

    def _place(self, organisation):
        region = today_of(organisation.region)
        return region.name if region.kind == region.Kind.MUNICIPALITY else ""

    def clean_copied_from(self):
        """An earlier challenge that everybody may read, or nothing."""
        asked = self.cleaned_data["copied_from"]
        return Challenge.objects.public().filter(slug=asked).first() if asked else None

    def clean(self):
        data = super().clean()
        document = data.get("document")
        if document and document.kind is DOCX and not data.get("problem"):
            data["problem"] = pasting.words_of_document(document.content)[:LONGEST]
        if (
            not data.get("problem")
            and not document
            and not {"problem", "document"} & set(self.errors)
        ):
            self.add_error(
                "problem", _("Write what the problem is, or choose a file that says it.")
            )
        said = data.get("problem") or (document.name.rpartition(".")[0] if document else "")
        data["title"] = pasting.title_of(said)
        return data


LABELS = {
    "title": _("What do you call it?"),
    "sentence": _("The problem in one sentence"),
    "problem": _("The problem in your own words"),
    "sufferers": _("Who suffers, and where?"),
    "causes": _("What causes it, as far as you know?"),
    "themes": THEMES,
    "goals": GOALS,
    "tried": _("What was tried, and what failed?"),
    "success": _("What is different once it is solved?"),
    "baseline": _("How is it now, in figures?"),
    "data": _("Which data is there?"),
    "bounds": _("What must be, and what must not?"),
    "envelope_cents": _("How much money is there?"),
    "co_funders": _("Who else pays, and on what condition?"),
    "hoped_start_date": _("When do you hope to start?"),
    "deputy": _("Who takes over if you leave?"),
    "budget_holder": _("Who may say yes to this amount?"),
    "budget_holder_job": _("What is their job?"),
    "mandate": _("Where does it say that they may?"),
    "explores_only": _("This is an exploration: no follow-up is promised"),
    "adoption_by": _("Who could buy it or run it afterwards?"),
    "adoption_budget": _("From which budget line?"),
    "adoption_due_date": _("By which date do you decide?"),
}
HELP = {
    "title": _("Short, so that people recognise it."),
    "sentence": _("Who has trouble with what, and where? No solution yet."),
    "sufferers": _(
        "How many people, in which neighbourhoods? Their own words are welcome, their names are not."
    ),
    "tried": _("Also what did not work. It saves others the same road."),
    "baseline": _(
        "Such as: 300 of 1,200 residents miss an appointment each year. Without it nobody can say "
        "later whether it helped."
    ),
    "data": _("And who may use it, on what condition."),
    "bounds": _("Laws, agreements, and what has been settled already."),
    "envelope_cents": _("Without VAT, all together. Not sure? The lowest amount that is certain."),
    "deputy": _(
        "A colleague who may decide here too. Many a trial stops because one person changes jobs."
    ),
    "budget_holder": _("A name. This is somebody else than who sends it in."),
    "mandate": _("Such as the register of mandates, with year and row."),
    "explores_only": _("It then says so on the public page, and nobody expects more."),
    "adoption_by": _("A department, an organisation, several municipalities together."),
    "adoption_due_date": _(
        "On that date you decide in public. Silence is shown as overdue, with the name of your organisation."
    ),
}
LONG = ("problem", "sufferers", "causes", "tried", "success", "bounds", "data", "co_funders")
FURTHEST = timedelta(days=5 * 366)


class IntakeForm(Refused):
    """One step of the intake. Nothing is required: what is missing is told on the page of the challenge."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        for name in FIELDS[step]:
            self.fields[name] = self._field(name)
            self.initial.setdefault(name, stands(self.thing, name))

    def _field(self, name):
        if name in SUBJECTS:
            return subject(name)
        said = {"label": LABELS[name], "help_text": HELP.get(name, ""), "required": False}
        if name in LONG:
            return PastedField(**said)
        special = {
            "envelope_cents": EuroField,
            "hoped_start_date": DateField,
            "adoption_due_date": lambda **kw: DateField(
                earliest=clock.today, latest=lambda: clock.today() + FURTHEST, **kw
            ),
            "explores_only": forms.BooleanField,
            "deputy": lambda **kw: forms.ModelChoiceField(
                colleagues_of(self.thing), empty_label=_("Not known yet"), **kw
            ),
        }
        if name in special:
            return special[name](**said)
        longest = Challenge._meta.get_field(name).max_length
        return forms.CharField(max_length=longest, validators=[plain], **said)

    def clean_title(self):
        """Without one it is derived anew from the problem."""
        said = self.cleaned_data["title"]
        return said or pasting.title_of(self.data.get("problem") or self.thing.problem)

    @property
    def facts(self):
        """What was typed and is right, by the names of the challenge."""
        data = self.cleaned_data
        return {
            name: list(data[name]) if name in SUBJECTS else data[name]
            for name in FIELDS[self.step]
            if name in data
        }


def colleagues_of(challenge):
    """Who decides for the organisation, besides the owner."""
    deciders = Membership.objects.who_decide().filter(organisation=challenge.organisation_id)
    found = Person.objects.filter(pk__in=deciders.values("person"), is_active=True)
    return found.exclude(pk=challenge.owner_id).order_by("name", "pk")


class AskForMoreForm(Refused):
    """What is missing, and until when it can be answered."""

    question = forms.CharField(
        label=_("What is missing?"),
        help_text=_("Whoever brought it reads these words in a mail."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer_by = DateField(
        label=_("Until when can they answer?"),
        earliest=lambda: clock.today() + timedelta(days=1),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = answer_days()
        words = gettext("Usually %(n)s working days. They get a reminder two days before.")
        self.fields["answer_by"].help_text = words % {"n": days}
        self.initial.setdefault("answer_by", after(clock.today(), days))


class RightForm(Refused):
    """Which step is right."""

    step = forms.ChoiceField(label=_("Which step?"), choices=Step.Name)


class HelperForm(Refused):
    """Who helped, with what and when."""

    who = forms.CharField(
        label=_("Who helped?"),
        help_text=_(
            "The name of the organisation, as it stands here among the partners, or of a person."
        ),
        max_length=120,
    )
    what = forms.ChoiceField(label=_("With what?"), choices=Helper.What.choices[1:])
    on = DateField(label=_("On which day?"), latest=clock.today, initial=clock.today)

    def clean(self):
        data = super().clean()
        who = data.pop("who", "")
        found = Organisation.objects.visible_to(self.by).filter(name__iexact=who)
        data["organisation"] = found.exclude(state__in=GONE).order_by("pk").first() if who else None
        data["name"] = "" if data["organisation"] else who
        return data


def said_in_words(name, value):
    """What stands in a field of the intake, for people."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return euro(value) if name.endswith("_cents") else str(value)
