"""Whatever a test needs, made in one line, through the moves wherever a thing has a state."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from itertools import count

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from factory import clock
from factory.files.checking import check
from factory.moves import the_factory
from market.lifecycle import asking_again, quoting
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Draft, Listing, Match
from partners import lifecycle as organisations
from partners.lifecycle import credential as credentials
from partners.models import Credential, Membership, Organisation, Person, Region, Sector
from tests.worlds import kept

number = count(1)
PASSWORD = "correct horse battery staple"


@kept
def person(name="", **facts):
    """Somebody who can sign in with PASSWORD."""
    n = next(number)
    name = name or f"Person {n}"
    facts.setdefault("email", f"{name.split()[0].lower()}.{n}@mail.example")
    facts.setdefault("terms_version", settings.TERMS_VERSION)
    made = Person.objects.create_user(password=PASSWORD, name=name, **facts)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@kept
def coordinator(name="", **facts):
    """A coordinator of every region."""
    return person(name, is_staff=True, **facts)


def region(name="Utrecht"):
    """A municipality by its name."""
    return Region.objects.current().municipalities().get(name=name)


def sector(slug="catering"):
    """A sector by its slug."""
    return Sector.objects.get(slug=slug)


@kept
def organisation(name="", kind="enterprise", state="active", owner=None, place="Utrecht", **facts):
    """An organisation with an owner, moved to ``state``."""
    name = name or f"Organisation {next(number)}"
    if state == "listed":
        return listed(name, kind, place, **facts)
    owner = owner or person(f"Owner of {name}")
    made = Organisation()
    organisations.apply(made, by=owner, name=name, kind=kind, region=region(place), **facts)
    made.refresh_from_db()
    for move in PATHS_OF_ORGANISATIONS[state]:
        getattr(organisations, move)(made, by=_cleo(), **DETAILS.get(move, {}))
    if state == "merged":
        organisations.merge(made, by=_cleo(), into=organisation(kind=kind, place=place))
    made.owner = owner
    return made


def listed(name="", kind="municipality", place="Utrecht", domains=(), **facts):
    """An organisation of which only the name is there, with the mail domains of its people."""
    made = Organisation()
    name = name or f"Organisation {next(number)}"
    organisations.enter(made, by=_cleo(), name=name, kind=kind, region=region(place), **facts)
    if domains:
        organisations.set_domains(made, by=_cleo(), domains=list(domains), source=SEEN)
    made = Organisation.objects.get(pk=made.pk)
    made.owner = _cleo()  # nobody of it has joined
    return made


SEEN = "their contact page"
PATHS_OF_ORGANISATIONS = {
    "applied": [],
    "in_check": ["check"],
    "active": ["check", "activate"],
    "suspended": ["check", "activate", "suspend"],
    "left": ["check", "turn_down"],
    "merged": ["check", "activate"],
}
DETAILS = {
    "suspend": {"note": "Not reachable."},
    "turn_down": {"note": "Not in the Netherlands."},
    "take_down": {"because": "It is an advertisement."},
    "dismiss": {"reason": "no_fit"},
}


@kept
def member(organisation, role="editor", name="", confirmed=True, **facts):
    """Somebody in an organisation."""
    somebody = person(name, **facts)
    joined = organisation.created_at if confirmed else None
    Membership.objects.create(
        organisation=organisation, person=somebody, role=role, confirmed_at=joined
    )
    return somebody


def leaves(somebody):
    """They leave their organisations, each with another owner."""
    for membership in somebody.memberships.select_related("organisation"):
        member(membership.organisation, "owner")
    somebody.memberships.all().delete()


@kept
def listing(kind="need", by=None, state="live", **facts):
    """A need or an offer of an active organisation (a new one by default), moved to ``state``."""
    by = by or organisation(kind="municipality" if kind == "need" else "enterprise")
    made = Listing(kind=kind, organisation=by)
    facts = {"title": f"{kind} {next(number)}", "text": "", "sector": sector()} | facts
    facts.setdefault("region", by.region)
    listings.post(made, by=_owner(by), keep_as_draft=state == "draft", **facts)
    made = Listing.objects.get(pk=made.pk)
    for move in PATHS_OF_LISTINGS[state]:
        step = getattr(listings, move)
        who = {"by": _cleo() if move == "take_down" else _owner(by)}
        who = {} if move == "expire" else who
        if move == "expire":
            Listing.objects.filter(pk=made.pk).update(expires_at=made.live_at)
        step(made, **who, **details_of(move))
    return made


def details_of(move):
    """What a move asks for; a pause lasts a week."""
    if move == "pause":
        return {"until": clock.today() + timedelta(days=7)}
    return DETAILS.get(move, {})


PATHS_OF_LISTINGS = {
    "draft": [],
    "live": [],
    "paused": ["pause"],
    "expired": ["expire"],
    "filled": ["fill"],
    "withdrawn": ["withdraw"],
    "taken_down": ["take_down"],
}


def need(**facts):
    """A live need."""
    return listing("need", **facts)


def offer(**facts):
    """A live offer."""
    return listing("offer", **facts)


def draft(by=None, kind="need", **typed):
    """What the owner of an organisation is still typing."""
    by = by or organisation(kind="municipality")
    who = {"author": _owner(by), "saved_by": _owner(by)}
    token = f"draft {next(number)}"
    return Draft.objects.create(kind=kind, organisation=by, token=token, typed=typed, **who)


@kept
def match(state="suggested", need=None, supplier=None, offer=None, cents=100_000, **facts):
    """A match between a need and a supplier, moved to ``state``."""
    need = need or listing("need")
    supplier = supplier or (offer.organisation if offer else organisation())
    made = Match(need=need, organisation=supplier, offer=offer, **facts)
    matches.suggest(made, by=the_factory())
    for step in PATHS_OF_MATCHES[state]:
        _step(made, step, cents)
    return Match.objects.get(pk=made.pk)


MEET = ["approve", "supplier accept", "buyer accept"]
PATHS_OF_MATCHES = {
    "suggested": [],
    "dismissed": ["dismiss"],
    "approved": ["approve"],
    "declined": ["approve", "supplier decline"],
    "lapsed": ["approve", "lapse"],
    "introduced": MEET,
    "agreed": [*MEET, "buyer agree"],
    "disputed": [*MEET, "buyer confirm", "supplier confirm more"],
    "completed": [*MEET, "buyer confirm", "supplier confirm"],
    "cancelled": [*MEET, "buyer cancel"],
}


@kept
def credential(state="valid", by=None, days=400, evidence=None, **facts):
    """A PSO certificate of an organisation, checked a while ago, moved to ``state``."""
    by, today = by or organisation(), clock.today()
    facts = {"proof": "pso", "level": "2", "valid_from": today - timedelta(days=300)} | facts
    facts.setdefault("valid_until", today + timedelta(days=days))
    facts |= {"evidence": evidence, "register_url": "https://register.example/1"}
    made = Credential(organisation=by)
    credentials.claim(made, by=_owner(by), **facts)
    for move in PATHS_OF_CREDENTIALS[state]:
        who = {"by": _owner(by) if move in {"withdraw", "say_renewing"} else _cleo()}
        details = {"note": "We cannot read it."} if move == "refuse" else {}
        if move in {"run_out", "await_renewal"}:
            yesterday, who = today - timedelta(days=1), {}
            Credential.objects.filter(pk=made.pk).update(valid_until=yesterday)
        getattr(credentials, move)(made, **who, **details)
    return Credential.objects.get(pk=made.pk)


def put_picture(organisation, place="photo"):
    """A photo on the page of an organisation, or its logo."""
    content = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(content, "PNG")
    shown = {"picture": check(SimpleUploadedFile("photo.png", content.getvalue()))}
    if place == "logo":
        organisations.picture.set_logo(organisation, by=_owner(organisation), **shown)
    else:
        organisations.picture.add_photo(
            organisation, by=_owner(organisation), alt="Orange", **shown
        )
    return organisation.pictures.filter(place=place).last()


PATHS_OF_CREDENTIALS = {
    "claimed": [],
    "valid": ["vouch"],
    "refused": ["refuse"],
    "withdrawn": ["withdraw"],
    "expired": ["vouch", "run_out"],
    "renewing": ["vouch", "say_renewing", "await_renewal"],
}


def _step(match, step, cents):
    side, _space, rest = step.rpartition(" ") if " more" not in step else step.partition(" ")
    name = rest.removesuffix(" more")
    if name == "lapse":
        Match.objects.filter(pk=match.pk).update(lapse_at=match.created_at)
        return matches.lapse(match)
    if side == "buyer" and name == "accept" and match.buyer_agreed_at:
        return None
    who = {"buyer": match.buyer, "supplier": match.organisation}.get(side)
    by = _owner(who) if who else _cleo()
    amounts = {"cents": cents + (1000 if step.endswith("more") else 0)}
    details = {
        "agree": amounts | {"chosen_for": "fit"},
        "confirm": amounts,
        "decline": {"reason": "capacity"},
    }
    details |= {"cancel": {"reason": "timing"}}
    return getattr(matches, name)(match, by=by, **details.get(name, DETAILS.get(name, {})))


def _owner(organisation):
    return organisation.memberships.who_decide().order_by("pk").first().person


def _cleo():
    return Person.objects.filter(is_staff=True).order_by("pk").first() or coordinator("Cleo")


@contextmanager
def days_ago(days):
    """As if it were so many days ago; what happens then is replayed, as in the demo."""
    if not days:
        yield
        return
    with clock.replay(clock.now() - timedelta(days=days)):
        yield


def asks_prices(need, closed=False):
    """A need that asks for prices until in a week, or until yesterday."""
    with days_ago(5 if closed else 0):
        closes_at = clock.now() + timedelta(days=4 if closed else 7)
        quoting.ask_prices(need, by=_owner(need.organisation), closes_at=closes_at)
    return need


def asks_prices_again(need, invited=()):
    """A need whose round has closed asks for prices again, until in a week."""
    need = Listing.objects.get(pk=need.pk)
    closes_at = clock.now() + timedelta(days=7)
    by = _owner(need.organisation)
    asking_again.ask_prices_again(need, by=by, closes_at=closes_at, invited=invited)
    return need


def quote(need, cents, supplier=None, closed=False, **facts):
    """A match whose supplier gave a price, before the closing time."""
    with days_ago(3 if closed else 0):
        made = match("approved", need=need, supplier=supplier)
        quoting.quote(made, by=_owner(made.organisation), cents=cents, **facts)
    return Match.objects.get(pk=made.pk)
