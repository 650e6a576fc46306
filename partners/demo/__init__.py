"""The registry's share of the demo: invented people and partners in real places."""

from partners.demo.accounts import make_accounts
from partners.demo.organisations import make_organisations

steps = (make_accounts, make_organisations)
