"""The challenges' share of the demo: from a problem just put down to a pilot that ended."""

from challenges.demo.making import make_challenges

steps = (make_challenges,)
