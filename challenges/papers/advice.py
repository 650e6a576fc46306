"""The advice on the instrument, for the buyer's file: what was answered, what holds, what follows from it."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.guide import LAWYER, REASONS
from challenges.setup_forms.instrument import GuideForm
from factory import pdf
from factory.templatetags.words import euro, moment

NORMS = {
    "eu-sub-central": gettext_lazy("European threshold, local public bodies"),
    "eu-central": gettext_lazy("European threshold, central government"),
    "eu-works": gettext_lazy("European threshold, works"),
    "eu-social-services": gettext_lazy("European threshold, social and other specific services"),
    "de-minimis": gettext_lazy("Small state aid, over three years"),
    "de-minimis-sgei": gettext_lazy("Small state aid for services of general interest"),
    "standstill-days": gettext_lazy("Standstill before the contract"),
    "objection-days": gettext_lazy("Term to object"),
    "rectification-days": gettext_lazy("Least time after a change that matters"),
    "local-one": gettext_lazy("Own limit for an order to one party"),
    "local-quotes": gettext_lazy("Own limit for several quotes"),
}


def advice_paper(guidance):
    """The paper about one walk through the guide, in the language of the reader."""
    challenge = guidance.challenge
    proposal = str(guidance.proposal or _("none that this site runs"))
    parts = [
        pdf.facts(
            [
                (_("Proposal"), proposal),
                (_("Chosen"), str(challenge.instrument or _("nothing yet"))),
                (_("Answered by"), guidance.by.name),
                (_("Answered on"), moment(guidance.at)),
            ]
        ),
        pdf.heading(_("Why")),
        pdf.points(REASONS[code] for code in guidance.reasons),
        *_for_the_lawyer(guidance),
        pdf.heading(_("What was answered")),
        pdf.facts(_answers(guidance.answers)),
        pdf.heading(_("What holds on that day")),
        _what_holds(guidance.norms),
        pdf.note(
            _(
                "This advice follows fixed rules from the answers above. It is no legal advice: the "
                "buyer stays responsible. A threshold counts for the whole amount without VAT, with "
                "options and extensions, and an order is not split to stay under it."
            )
        ),
    ]
    title = _("Advice on the instrument: %(title)s") % {"title": challenge.title}
    return pdf.Paper(title, parts, challenge.organisation.name)


def _for_the_lawyer(guidance):
    if guidance.lawyer:
        yield pdf.heading(_("Ask your lawyer"))
        yield pdf.points(LAWYER[code] for code in guidance.lawyer)


def _answers(answers):
    for name, field in GuideForm.base_fields.items():
        if name in answers:
            choices = dict(getattr(field, "choices", ()))
            said = answers[name]
            yield field.label, choices.get(said) or euro(said)


def _what_holds(norms):
    head = [_("Rule"), _("Value"), _("Holds"), _("Source")]
    rows = [
        [
            NORMS.get(code, code),
            euro(norm["value"]) if norm["unit"] == "cents" else _days(norm["value"]),
            _period(norm),
            norm["source"] or norm["url"] or _("own policy; no source was noted"),
        ]
        for code, norm in norms.items()
    ]
    caption = _("Amounts without VAT")
    return pdf.table(caption, head, rows, numbers=[1], widths=[4, 2, 3, 4])


def _days(number):
    return _("%(number)s days") % {"number": number}


def _period(norm):
    first = _date(norm["from"])
    if norm["to"]:
        return _("%(first)s to %(last)s") % {"first": first, "last": _date(norm["to"])}
    return _("since %(first)s") % {"first": first}


def _date(iso):
    return f"{date.fromisoformat(iso):%d-%m-%Y}"
