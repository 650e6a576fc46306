"""How forms look and what their fields accept."""

from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from factory.fields import EuroField
from factory.forms import ChoicesWithHints, DateField, PlainTextMixin, summary


class NeedForm(PlainTextMixin, forms.Form):
    """One of each kind of field."""

    title = forms.CharField(label="What do you need?", help_text="In one line.", max_length=20)
    amount = EuroField(label="Amount", required=False)
    money = forms.ChoiceField(
        label="What kind of money",
        choices=[("order", "An order"), ("prize", "A prize")],
        widget=ChoicesWithHints(hints={"order": "An invoice follows."}),
    )
    themes = forms.MultipleChoiceField(
        label="Themes",
        choices=[("work", "Work")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sector = forms.ChoiceField(label="Sector", choices=[("food", "Food")], required=False)
    text = forms.CharField(label="More", widget=forms.Textarea, required=False)
    ask = forms.BooleanField(label="Ask me first", help_text="Else at once.", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def needed(**typed):
    """A bound form that is right but for what is given."""
    return NeedForm({"title": "Lunch", "money": "order", **typed})


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def test_every_control_carries_the_design_systems_class():
    html = str(NeedForm())
    assert 'class="utrecht-textbox utrecht-textbox--html-input"' in html
    assert 'class="utrecht-textarea utrecht-textarea--html-textarea"' in html
    assert 'class="utrecht-select utrecht-select--html-select"' in html
    assert html.count("utrecht-radio-button--html-input") == 2
    assert html.count("utrecht-checkbox--html-input") == 2


def test_a_hidden_field_has_no_class_and_no_label():
    html = str(NeedForm())
    assert '<input type="hidden" name="token" id="id_token">' in html
    assert 'for="id_token"' not in html


def test_label_hint_and_control_belong_together():
    html = str(NeedForm()["title"].as_field_group())
    assert 'for="id_title"' in html
    assert 'id="id_title_helptext">In one line.<' in html
    assert 'aria-describedby="id_title_helptext"' in html


def test_a_placeholder_does_not_say_the_label_again():
    class Signup(forms.Form):
        email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"placeholder": "E-mail"}))
        town = forms.CharField(widget=forms.TextInput({"placeholder": "Utrecht"}))

    assert str(Signup()).count("placeholder") == 1


def test_what_is_not_required_says_so():
    assert "(not required)" in NeedForm()["amount"].as_field_group()
    assert "(not required)" not in NeedForm()["title"].as_field_group()


def test_several_choices_stand_in_a_fieldset_with_a_legend():
    html = NeedForm()["money"].as_field_group()
    assert html.startswith("<fieldset")
    assert "<legend" in html
    assert "<small>An invoice follows.</small>" in html


def test_one_box_to_tick_has_its_label_behind_it():
    html = NeedForm()["ask"].as_field_group()
    assert html.index("<input") < html.index("Ask me first")
    assert '<small id="id_ask_helptext">' in html


def test_a_wrong_field_says_so_to_eyes_and_ears():
    html = needed(title="")["title"].as_field_group()
    assert "utrecht-textbox--invalid" in html
    assert "utrecht-form-field--invalid" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html


def test_the_summary_links_to_the_first_control_of_each_wrong_field():
    assert summary(needed(title="", money="")) == [
        ("id_title", "What do you need? This field is required."),
        ("id_money_0", "What kind of money: This field is required."),
    ]


def test_errors_of_the_whole_form_come_first_and_link_nowhere():
    form = needed(title="")
    form.add_error(None, "Something else.")
    form.add_error("token", "Sent before.")
    rows = summary(form)
    assert rows[0] == ("", "Something else.")
    assert rows[-1] == ("", "Token: Sent before.")


def test_a_form_with_errors_opens_with_its_summary_in_focus():
    html = str(needed(title=""))
    assert html.strip().startswith(
        '<div class="error-summary" role="alert" tabindex="-1" autofocus>'
    )
    assert "One thing is not right yet" in html
    assert '<a href="#id_title">' in html


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in str(needed())


def test_what_people_typed_is_shown_harmlessly():
    html = str(needed(title="<script>alert(1)</script>"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u202e", "\u2066"])
def test_invisible_characters_are_refused_in_words(sign):
    assert not needed(text=f"lunch{sign}nul").is_valid()


@pytest.mark.parametrize("text", ["Zoë 🥖", "مطبخ", "line\nline\ttab"])
def test_every_script_and_emoji_is_welcome(text):
    assert needed(text=text).is_valid()


def test_the_euro_sign_stands_before_an_amount():
    assert '<div class="money"><span aria-hidden="true">€</span>' in str(NeedForm()["amount"])


@pytest.mark.parametrize("typed", ["2028-03-01", "01-03-2028", "1-3-2028", "01/03/2028"])
def test_a_date_is_read_as_people_write_it(typed):
    assert DateField().clean(typed) == date(2028, 3, 1)


@pytest.mark.parametrize("typed", ["31-02-2028", "soon", "0000-00-00"])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValidationError, match="01-03-2028"):
        DateField().clean(typed)


def test_a_date_keeps_within_its_bounds():
    field = DateField(earliest=timezone.localdate, latest=date(2090, 1, 1))
    with pytest.raises(ValidationError, match="too early"):
        field.clean(str(timezone.localdate() - timedelta(days=1)))
    with pytest.raises(ValidationError, match="too late"):
        field.clean("02-01-2090")
    assert field.clean(str(timezone.localdate())) == timezone.localdate()


def test_an_empty_date_that_is_not_required_is_none():
    assert DateField(required=False, earliest=timezone.localdate).clean("") is None


@pytest.mark.parametrize(("length", "words"), [(21, "1 teken te lang"), (25, "5 tekens te lang")])
def test_a_text_that_is_too_long_says_by_how_much(length, words):
    with override("nl"):
        said = str(needed(title="x" * length).errors["title"][0])
    assert said == f"Dit is {words}. Maak het korter: er passen 20 tekens in."
    assert not needed(title="x" * 20).errors
