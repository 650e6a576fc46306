"""Phone numbers as people write them become links that work."""

import pytest

from factory.templatetags.phones import tel, whatsapp

MOBILES = [
    "06 12 34 56 78",
    "+31 6 12345678",
    "0031612345678",
    "06-12345678",
    "+31 (0)6 12 34 56 78",
]


@pytest.mark.parametrize("written", MOBILES)
def test_a_dutch_mobile_opens_whatsapp(written):
    assert whatsapp(written) == "https://wa.me/31612345678"


@pytest.mark.parametrize(
    "written", ["030 234 56 78", "+32 470 12 34 56", "0800 1234", "", None, "612345678", "06 1234"]
)
def test_no_other_number_does(written):
    assert whatsapp(written) == ""


def test_a_number_is_called_without_its_spaces_and_signs():
    assert tel("+31 (0)30 - 234 56 78") == "tel:+31302345678"
    assert tel('"><script>') == ""
