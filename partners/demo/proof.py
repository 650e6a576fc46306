"""What the demo's enterprises can show: certificates in every state, logos and drawings of their work."""

import math
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from factory import clock
from factory.demo import Calendar, chance, play
from factory.files.checking import check
from partners.demo.people import domain
from partners.lifecycle.credential import (
    await_renewal,
    claim,
    refuse,
    remind,
    run_out,
    say_renewing,
    vouch,
)
from partners.lifecycle.picture import add_photo, set_logo
from partners.models import Credential, Organisation, Person

KINDS = [
    ("pso", "2"),
    ("code", "full"),
    ("pso", "3"),
    ("bcorp", ""),
    ("pso30", "full"),
    ("pso", "basis"),
]
FATES = [
    "valid",
    "soon",
    "valid",
    "renewing",
    "valid",
    "claimed",
    "valid",
    "expired",
    "valid",
    "refused",
]
# How many days from now the last day is.
LEFT = {"valid": 430, "soon": 38, "renewing": -20, "expired": -60, "claimed": 600, "refused": 500}
SHOWN, WITH_PICTURES, EACH = 60, 16, 4
PERIOD, KNOWN = 725, 160
NOT_READ = "Op de foto is de einddatum niet te lezen. Stuur je de pdf?"
COLOURS = ["#6d1f5e", "#ffc64d", "#a5d0f3", "#f6a48d", "#9dd6b8", "#c9b8ef", "#f3b9d1"]


def make_proof():
    """Certificates, logos and photos of the enterprises that are active."""
    active = Organisation.objects.active().filter(kind="enterprise").select_related("province")
    coordinator = Person.objects.coordinators().order_by("pk").first()
    days = Calendar()
    known = active.filter(active_since__lt=days.day(KNOWN))
    shown = list(known.order_by("pk")[:SHOWN])
    play(proving(one, n, coordinator, days) for n, one in enumerate(shown))
    play(showing(one, n, days) for n, one in enumerate(shown[:WITH_PICTURES]))
    return _("%(count)s recognitions") % {"count": Credential.objects.count()}


def owner_of(organisation):
    return organisation.memberships.confirmed().filter(role="owner").order_by("pk").first().person


def proving(organisation, number, coordinator, days):
    """One certificate from the day it was sent in."""
    by = chance(f"proof {organisation.name}")
    fate, (proof, level) = FATES[number % len(FATES)], KINDS[number % len(KINDS)]
    last = days.today + timedelta(days=LEFT[fate] + number % 17)
    first = last - timedelta(days=PERIOD)
    owner = owner_of(organisation)
    sent = max(first, organisation.active_since) + timedelta(days=10)
    sent = days.day(4) if fate in ("claimed", "refused") else sent
    yield days.at((days.today - sent).days, by)
    credential = Credential(organisation=organisation)
    number = f"{first.year}-{1000 + by.randrange(9000)}"
    register = f"https://register.example/{domain(organisation.name)}"
    facts = {"proof": proof, "level": level, "valid_from": first, "valid_until": last}
    claim(credential, by=owner, number=number, register_url=register, **facts)
    if fate == "claimed":
        return
    yield days.at((days.today - sent).days - 1, by)
    if fate == "refused":
        refuse(credential, by=coordinator, note=NOT_READ)
        return
    vouch(credential, by=coordinator)
    yield from running_out(credential, fate, owner, days, by)


def running_out(credential, fate, owner, days, by):
    """The reminders that were due, and the end."""
    while credential.remind_on and credential.remind_on <= days.today:
        yield days.at(max((days.today - credential.remind_on).days - 5, 0), by)
        if clock.today() < credential.remind_on:
            return  # due over the weekend: the clock reminds by itself
        remind(credential)
    if fate not in ("renewing", "expired"):
        return
    if fate == "renewing":
        say_renewing(credential, by=owner)
    yield days.at((days.today - credential.valid_until).days - 5, by)
    (await_renewal if fate == "renewing" else run_out)(credential)


def showing(organisation, number, days):
    """A logo, and for some a drawing of the place where they work."""
    by, owner = chance(f"pictures {organisation.name}"), owner_of(organisation)
    yield days.at(20 + number, by)
    set_logo(organisation, by=owner, picture=check(drawn(logo(by)), drawing=True, longest=480))
    if number < EACH * 2:
        alt = f"Tekening van de werkplaats van {organisation.name}: een lange tafel onder lampen"
        add_photo(organisation, by=owner, picture=check(drawn(workplace(by))), alt=alt)


def drawn(image):
    """An image as somebody would send it."""
    out = BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile("drawing.png", out.getvalue())


def logo(by):
    """Two shapes that meet."""
    one, other = by.sample(COLOURS, 2)
    image = Image.new("RGB", (240, 240), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, 148, 148), fill=one)
    draw.ellipse((92, 92, 216, 216), fill=other)
    if by.random() < 0.5:
        draw.polygon([(92, 148), (148, 92), (148, 148)], fill="#241021")
    return image


def workplace(by):
    """A room with windows, lamps and a table on which things stand."""
    wall, table, thing = by.sample(COLOURS[1:], 3)
    image = Image.new("RGB", (960, 720), wall)
    draw = ImageDraw.Draw(image)
    for left in range(90, 900, 270):
        draw.rectangle((left, 90, left + 180, 300), fill="#faf6f2", outline="#241021", width=6)
        draw.line((left + 90, 0, left + 90, 60), fill="#241021", width=5)
        draw.pieslice((left + 45, 30, left + 135, 120), 180, 360, fill="#241021")
    draw.rectangle((60, 520, 900, 560), fill=table, outline="#241021", width=6)
    for place in range(5):
        height = 60 + 40 * abs(math.sin(place + by.random()))
        draw.ellipse((120 + place * 155, 520 - height, 220 + place * 155, 522), fill=thing)
    return image
