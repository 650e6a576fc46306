"""The registry's models."""

from partners.models.credential import Credential
from partners.models.deputy import Deputy, answering, coordinators_of, provinces_of
from partners.models.importing import Import, ImportLine
from partners.models.invitation import Invitation
from partners.models.kvk_number import KvkNumber
from partners.models.mail_domain import MailDomain
from partners.models.membership import Membership
from partners.models.organisation import Organisation
from partners.models.person import Person
from partners.models.picture import Picture
from partners.models.purchase_limit import PurchaseLimit
from partners.models.region import Region
from partners.models.searches import Pace, SavedSearch, SearchHit, SearchNews
from partners.models.taxonomy import Goal, Sector, Theme

__all__ = [
    "Credential",
    "Deputy",
    "Goal",
    "Import",
    "ImportLine",
    "Invitation",
    "KvkNumber",
    "MailDomain",
    "Membership",
    "Organisation",
    "Pace",
    "Person",
    "Picture",
    "PurchaseLimit",
    "Region",
    "SavedSearch",
    "SearchHit",
    "SearchNews",
    "Sector",
    "Theme",
    "answering",
    "coordinators_of",
    "provinces_of",
]
