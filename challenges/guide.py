"""Which award instrument fits: a few answers in, a proposal with its reasons out.

Pure: it gets the norms of the day and the limits of the house as data. Reasons and what a lawyer must look at
are codes, so that they can be kept and told in either language.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Buyer(models.TextChoices):
    MUNICIPALITY = "local", _("A municipality, province, water board or another local public body")
    CENTRAL = "central", _("A ministry or another body of central government")
    PRIVATE = "private", _("A company, a fund or another private party")


class Aim(models.TextChoices):
    IDEA = "idea", _("The best plan gets a prize; whether we buy it is decided later")
    SUPPORT = "support", _("Somebody does it as their own activity, and we help pay")
    BUY = "buy", _("We want to buy a solution")


class Novelty(models.TextChoices):
    EXISTS = "exists", _("It can be bought, perhaps with some changes")
    RESEARCH = "research", _("It must still be invented: research and development")


class Kind(models.TextChoices):
    OTHER = "other", _("Goods or other services")
    SOCIAL = "social", _("Social and other specific services, such as care and welfare")
    WORKS = "works", _("Works, such as building")


class Suppliers(models.TextChoices):
    ONE = "one", _("Only one, and we can show why")
    SOME = "some", _("More than one, or we do not know")


class Scale(models.TextChoices):
    PILOT = "pilot", _("A pilot; what comes after is open")
    ON = "on", _("If it works we want to go on buying it, without a new tender")


class Border(models.TextChoices):
    NO = "no", _("No, parties from abroad will not come for this")
    MAYBE = "maybe", _("Perhaps, or we do not know")


class Aid(models.TextChoices):
    LITTLE = "little", _("They stay under the limit with earlier aid, as far as we know")
    MUCH = "much", _("They may get more aid than the limit, or we do not know")


@dataclass
class Advice:
    """``proposal`` is the slug of an instrument, or empty when the house has none for this."""

    proposal: str = ""
    reasons: list = field(default_factory=list)
    lawyer: list = field(default_factory=list)

    def because(self, *codes):
        self.reasons += codes
        return self

    def ask(self, *codes):
        self.lawyer += codes
        return self


@dataclass(frozen=True)
class Limits:
    """Amounts in cents without VAT, or None where they are not known: ``norms`` by code, and the house's own."""

    norms: dict
    one: int | None  # up to here one supplier is enough
    quotes: int | None  # up to here a few quotes are enough

    def threshold(self, buyer, kind):
        """The European threshold for this buyer and kind, by code."""
        code = {"works": "eu-works", "social": "eu-social-services"}.get(kind)
        code = code or ("eu-central" if buyer == Buyer.CENTRAL else "eu-sub-central")
        return self.norms.get(code)


def advise(answers, limits):
    """The :class:`Advice` for ``{buyer, aim, novelty, kind, suppliers, scale, border, aid, cents}``."""
    advice = Advice()
    if answers["buyer"] == Buyer.PRIVATE:
        advice.proposal = "private"
        return advice.because("private-buyer").ask("private-terms")
    by_aim = {Aim.IDEA: _a_prize, Aim.SUPPORT: _a_subsidy, Aim.BUY: _an_order}
    by_aim[Aim(answers["aim"])](advice, answers, limits)
    return advice


def _a_prize(advice, answers, limits):
    advice.proposal = "prize"
    advice.because("aims-at-an-idea", "rules-fixed-at-start", "prize-not-an-order")
    if _is_european(advice, answers, limits):
        advice.because("contest-above-threshold").ask("european-contest")
    else:
        advice.because("contest-below-threshold")
    if answers["scale"] == Scale.ON:
        advice.ask("order-after-prize")
    if answers["aid"] == Aid.MUCH:
        advice.ask("state-aid")


def _a_subsidy(advice, answers, limits):
    advice.proposal = "subsidy"
    advice.because("own-activity", "subsidy-needs-a-rule", "objection-term")
    minimis = limits.norms.get("de-minimis")
    if answers["aid"] == Aid.MUCH or minimis is None or answers["cents"] > minimis:
        advice.because("above-de-minimis").ask("state-aid")
    else:
        advice.because("below-de-minimis")
    if answers["kind"] == Kind.SOCIAL:
        advice.ask("subsidy-or-order")


def _an_order(advice, answers, limits):
    if answers["novelty"] == Novelty.RESEARCH:
        return _research(advice, answers)
    european = _is_european(advice, answers, limits)
    if answers["suppliers"] == Suppliers.ONE:
        advice.proposal = "order"
        advice.because("one-supplier")
        if european or limits.one is None or answers["cents"] > limits.one:
            advice.ask("prove-one-supplier")
        return advice
    if european:
        return advice.because("above-threshold").ask("european-tender")
    return _below_the_threshold(advice, answers, limits)


def _research(advice, answers):
    advice.because("must-be-invented")
    if answers["scale"] == Scale.ON:
        advice.proposal = "partnership"
        return advice.because("buys-without-new-tender").ask("partnership")
    advice.proposal = "sbir"
    return advice.because("research-in-phases", "no-duty-to-buy").ask("sbir")


def _below_the_threshold(advice, answers, limits):
    cents = answers["cents"]
    advice.because("below-threshold")
    if limits.one is not None and cents <= limits.one:
        advice.proposal = "order"
        return advice.because("within-one-limit")
    advice.because("one-limit-unknown" if limits.one is None else "above-one-limit")
    if limits.quotes is not None and cents <= limits.quotes:
        advice.proposal = "quotes"
        advice.because("within-quotes-limit")
    else:
        advice.proposal = "national"
        advice.because("quotes-limit-unknown" if limits.quotes is None else "above-quotes-limit")
    if answers["border"] == Border.MAYBE:
        advice.ask("cross-border")
    return advice


def _is_european(advice, answers, limits):
    """Whether the whole amount reaches the threshold. One that is not known is a lawyer's."""
    threshold = limits.threshold(answers["buyer"], answers["kind"])
    if threshold is None:
        advice.ask("threshold-unknown")
        return False
    return answers["cents"] >= threshold


REASONS = {
    "private-buyer": _(
        "A private party chooses its own way; it is a contract between those who sign it."
    ),
    "aims-at-an-idea": _(
        "You reward a plan and do not buy something yet: that is a prize contest."
    ),
    "rules-fixed-at-start": _(
        "The rules are public and fixed before the first entry comes in, with criteria and jury."
    ),
    "prize-not-an-order": _(
        "A prize is not the price of an order: what you buy later is decided anew."
    ),
    "contest-above-threshold": _(
        "The prizes, with an order that may follow, reach the European threshold: the European rules "
        "for contests hold, and the jury reads without names."
    ),
    "contest-below-threshold": _(
        "The prizes, with an order that may follow, stay under the European threshold."
    ),
    "own-activity": _(
        "Who gets the money does it as their own activity and you buy nothing back: that is a subsidy."
    ),
    "subsidy-needs-a-rule": _(
        "A subsidy needs a legal basis: a regulation or a post in the budget, with a ceiling."
    ),
    "objection-term": _("The decision is open to objection; the term stands below."),
    "below-de-minimis": _("The amount stays under the limit for small state aid, in three years."),
    "above-de-minimis": _("The amount may be more than what is allowed as small state aid."),
    "must-be-invented": _(
        "What you look for does not exist yet: it takes research and development."
    ),
    "buys-without-new-tender": _(
        "You want to go on buying it without a new tender: an innovation partnership allows that."
    ),
    "research-in-phases": _("The research is done in phases, with a choice after each."),
    "no-duty-to-buy": _("You are free to buy or not to buy afterwards."),
    "one-supplier": _("You say that only one party can do it."),
    "above-threshold": _(
        "The whole amount reaches the European threshold and there is more than one party: a European "
        "tender is needed. This site does not run that."
    ),
    "below-threshold": _("The whole amount stays under the European threshold."),
    "within-one-limit": _("Your own policy allows an order to one party up to this amount."),
    "above-one-limit": _("It is more than your own policy allows to order from one party."),
    "one-limit-unknown": _("Your organisation has noted no limit for an order to one party."),
    "within-quotes-limit": _("Your own policy allows several quotes up to this amount."),
    "above-quotes-limit": _("It is more than your own policy allows with several quotes."),
    "quotes-limit-unknown": _("Your organisation has noted no limit for several quotes."),
}
LAWYER = {
    "private-terms": _("The terms of the contest and the contract that may follow."),
    "european-contest": _(
        "The notice, the rules and the anonymity of a European contest, and who may sit in the jury."
    ),
    "order-after-prize": _(
        "Whether the winner may get the order without a new procedure, and that the rules say so."
    ),
    "state-aid": _("Whether this is state aid, and which exemption holds."),
    "subsidy-or-order": _(
        "Whether this is a subsidy or an order after all: what is asked in return decides that."
    ),
    "prove-one-supplier": _(
        "Whether the reasons for one party stand up, and how that is made known."
    ),
    "european-tender": _("Which European procedure fits."),
    "partnership": _("The whole procedure: its phases, its terms and what is bought afterwards."),
    "sbir": _("That it is research and development at a fixed price and outside the tender rules."),
    "cross-border": _(
        "Whether parties from abroad may want this order: then it must be made known openly."
    ),
    "threshold-unknown": _(
        "Which threshold holds today: this site does not know one for this day."
    ),
}
