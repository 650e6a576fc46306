"""The guide proposes an instrument by fixed rules, and says where a lawyer must look."""

import pytest

from challenges.guide import LAWYER, REASONS, Limits, advise

NORMS = {
    "eu-sub-central": 21_600_000,
    "eu-central": 14_000_000,
    "eu-works": 540_400_000,
    "eu-social-services": 75_000_000,
    "de-minimis": 30_000_000,
}
LIMITS = Limits(NORMS, one=2_000_000, quotes=10_000_000)
PLAIN = {
    "buyer": "local", "aim": "buy", "novelty": "exists", "kind": "other", "suppliers": "some",
    "scale": "pilot", "border": "no", "aid": "little", "cents": 1_500_000,
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "proposal", "lawyer"),
    [
        ({"buyer": "private"}, "private", ["private-terms"]),
        ({"aim": "idea"}, "prize", []),
        ({"aim": "idea", "cents": 21_600_000}, "prize", ["european-contest"]),
        ({"aim": "idea", "cents": 15_000_000, "buyer": "central"}, "prize", ["european-contest"]),
        ({"aim": "idea", "scale": "on"}, "prize", ["order-after-prize"]),
        ({"aim": "support"}, "subsidy", []),
        ({"aim": "support", "cents": 30_000_001}, "subsidy", ["state-aid"]),
        ({"aim": "support", "aid": "much"}, "subsidy", ["state-aid"]),
        ({}, "order", []),
        ({"cents": 2_000_000}, "order", []),
        ({"cents": 2_000_001}, "quotes", []),
        ({"cents": 10_000_001, "border": "maybe"}, "national", ["cross-border"]),
        ({"cents": 21_599_999}, "national", []),
        ({"cents": 21_600_000}, "", ["european-tender"]),
        ({"cents": 74_999_999, "kind": "social"}, "national", []),
        ({"cents": 75_000_000, "kind": "social"}, "", ["european-tender"]),
        ({"suppliers": "one", "cents": 2_000_000}, "order", []),
        ({"suppliers": "one", "cents": 2_000_001}, "order", ["prove-one-supplier"]),
        ({"novelty": "research"}, "sbir", ["sbir"]),
        ({"novelty": "research", "scale": "on"}, "partnership", ["partnership"]),
    ],
)
def test_the_proposal_follows_from_the_answers(answers, proposal, lawyer):
    advice = advise(PLAIN | answers, LIMITS)
    assert (advice.proposal, advice.lawyer) == (proposal, lawyer)
    assert advice.reasons
    assert set(advice.reasons) <= set(REASONS)
    assert set(advice.lawyer) <= set(LAWYER)


def test_a_threshold_that_is_not_known_is_a_lawyers():
    advice = advise(PLAIN | {"cents": 50_000_000}, Limits({}, None, None))
    assert advice.proposal == "national"
    assert "threshold-unknown" in advice.lawyer
    assert {"one-limit-unknown", "quotes-limit-unknown"} <= set(advice.reasons)
