"""No rule of the database goes untested: each that has a name is named by a test."""

import re

import pytest
from django.apps import apps

from tests.shape.code import ROOT

APPS = """
    partners market challenges factory coordination journal notices files knowledge meaning
""".split()
# Rules that cannot be broken alone, and the tested one behind which they stand.
BEHIND = {
    "challenge_belongs_to_organisation": "challenges_challenge_pkey",  # a number is there once anyway
    "entry_belongs_to_challenge": "award_of_an_entry_of_the_challenge",  # the key it points at
    "listing_belongs_to_organisation": "match_supplier_posted_the_offer",  # the key it points at
    "match_realised_cents_in_range": "match_buyer_cents_in_range",  # both sides' amounts are equal to it
}
STATES = "_state_is_known"  # one for each lifecycle, behind the trigger that holds its edges
WORDS = 3  # of what a trigger says, in a row


def all_tests():
    """All tests but this one, as text."""
    files = (ROOT / "tests").rglob("*.py")
    return "\n".join(path.read_text() for path in files if path.name != "test_named_rules.py"
                     or path.parent.name != "shape")  # fmt: skip


def models():
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def constraints():
    return sorted({rule.name for model in models() for rule in model._meta.constraints})


def triggers():
    """``{label of the model: (name, what it says)}`` of each trigger."""
    for model in models():
        for trigger in getattr(model._meta, "triggers", []):
            said = re.search(r"RAISE EXCEPTION '([^']+)'", getattr(trigger, "func", "") or "")
            yield f"{model._meta.label}.{trigger.name}", said[1] if said else "Cannot delete"


def is_named(rule, text):
    """Whether a test names this constraint, or the one behind which it stands."""
    name = BEHIND.get(rule, rule)
    return (STATES if name.endswith(STATES) else name).removeprefix("_") in text


def is_said(key, said, text):
    """Whether a test names this trigger, or some of its words in a row."""
    words = said.split()
    rows = [" ".join(words[n : n + WORDS]) for n in range(max(1, len(words) - WORDS + 1))]
    return key.rpartition(".")[2] in text or any(row in text for row in rows)


@pytest.fixture(scope="module")
def text():
    return all_tests()


def test_every_named_constraint_is_named_by_a_test(text):
    assert [rule for rule in constraints() if not is_named(rule, text)] == []


def test_every_trigger_is_named_by_a_test_or_its_words_are(text):
    assert [key for key, said in triggers() if not is_said(key, said, text)] == []


def test_a_rule_that_no_test_names_is_found():
    assert not is_named("match_never_tested", "refused('match_is_between_two')")
    assert is_named("market_match_state_is_known", "refused('cannot move there|state_is_known')")
    assert not is_said("market.Match.unheard_of", "nobody ever says this", "says this")
