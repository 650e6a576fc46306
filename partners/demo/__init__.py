"""The registry's share of the demo: invented people and partners in real places."""

from partners.demo.accounts import make_accounts
from partners.demo.organisations import make_organisations
from partners.demo.proof import make_proof
from partners.demo.stand_ins import make_stand_ins

steps = (make_accounts, make_organisations, make_proof, make_stand_ins)
