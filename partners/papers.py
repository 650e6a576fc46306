"""One page about an organisation, for whoever chooses: nothing on it that its public page does not show."""

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from factory import clock, pdf
from factory.contributions import gather

LONGEST = 800  # characters of the description, so that it stays one page


def profile_paper(organisation):
    """The page, in the language of the reader; ``organisation`` carries its words (``with_words``)."""
    parts = []
    if organisation.description:
        parts = [pdf.heading(_("What they do")), pdf.text(_short(organisation.description))]
    parts += [part for tell in gather("profile_paper") for part in tell(organisation)]
    more = {
        "shape": organisation.sector_shape,
        "lead": organisation.mission,
        "side": _side(organisation),
    }
    return pdf.Paper(organisation.name, parts, organisation.get_kind_display(), "profile", more)


def _short(text):
    return Truncator(" ".join(text.split())).chars(LONGEST)


def _side(organisation):
    place = {"place": organisation.region.name, "province": organisation.province.name}
    rows = [
        (_("Place"), _("%(place)s, province of %(province)s") % place),
        (_("Works in the province of"), ", ".join(organisation.area_names)),
        (_("Delivers or buys"), ", ".join(organisation.sector_names)),
        (_("What changes"), ", ".join(organisation.theme_names)),
        (_("Global goals"), ", ".join(organisation.goal_names)),
        (_("Recognitions"), _recognitions(organisation)),
        (_("People at work"), organisation.size),
        (_("Legal form"), organisation.legal_form and organisation.get_legal_form_display()),
        (_("KvK number"), organisation.kvk),
        (_("Website"), organisation.website),
        (_("Partner since"), organisation.active_since and organisation.active_since.year),
        (_("Get in touch"), _contact(organisation)),
    ]
    return [[str(word), Truncator(str(value)).chars(160)] for word, value in rows if value]


def _recognitions(organisation):
    held = organisation.credentials.valid_on(clock.today())
    return ", ".join(str(one) for one in held.order_by("proof", "pk"))


def _contact(organisation):
    """Names and numbers follow after an introduction, here as on the site."""
    desk = settings.FRONT_DESK
    said = {"phone": desk["phone"], "email": desk["email"]}
    words = _("Ask for an introduction: %(phone)s, %(email)s") % said
    return f"{words}\n{settings.SITE_URL}{organisation.get_absolute_url()}"
