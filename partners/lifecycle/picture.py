"""The moves by which an organisation's page gets its logo and photos, and loses them."""

from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.files.keeping import keep
from factory.moves import STAYS
from factory.texts import say
from partners.lifecycle.organisation import State, moves
from partners.models import Picture
from partners.models.picture import MOST_PHOTOS
from partners.proof_forms import DropPictureForm, LogoForm, PhotoForm
from partners.rules import decides_for, is_coordinator

HERE = (State.APPLIED, State.IN_CHECK, State.ACTIVE)


def put(organisation, by, checked, place, alt):
    """A picture on the page of the organisation, whose row the move holds locked."""
    file = keep(checked, by=by, holder=organisation)
    made = Picture.objects.create(
        organisation=organisation, place=place, file=file, alt=alt, put_at=clock.now()
    )
    file.attach(made)
    return {"picture": made.pk}


@moves.add(*HERE, to=STAYS, may=decides_for | is_coordinator, form=LogoForm)
def set_logo(organisation, *, by, picture):
    """The organisation shows its logo; the one before goes."""
    for before in organisation.pictures.filter(place=Picture.Place.LOGO):
        before.take_away()
    return put(organisation, by, picture, Picture.Place.LOGO, organisation.name)


def room_for_photos(organisation):
    """Reasons why no photo can be added."""
    if organisation.pictures.photos().count() >= MOST_PHOTOS:
        yield _("There are %(most)s photos on your page. Take one away first.") % {
            "most": MOST_PHOTOS
        }


@moves.add(
    *HERE, to=STAYS, may=decides_for | is_coordinator, form=PhotoForm, unless=room_for_photos
)
def add_photo(organisation, *, by, picture, alt):
    """The organisation shows what it is like there."""
    return put(organisation, by, picture, Picture.Place.PHOTO, alt)


@moves.add(*HERE, to=STAYS, may=decides_for | is_coordinator, form=DropPictureForm)
def drop_picture(organisation, *, by, picture):
    """A logo or photo goes, and its file with it."""
    gone = picture.pk
    picture.take_away()
    return {"picture": gone}


say(
    {
        "organisation.set_logo": (_("Set the logo"), _("Logo set")),
        "organisation.add_photo": (_("Add a photo"), _("Photo added")),
        "organisation.drop_picture": (_("Take a picture away"), _("Picture taken away")),
    }
)
