"""``manage.py learn_ranking``: what decisions teach, and whether it would be better than the weights of now."""

from django.core.management.base import BaseCommand

from factory.moves import the_factory
from market.lifecycle.learning import learn as keep
from market.matching import learning
from market.matching.weights import in_force
from market.models import Learnt


class Command(BaseCommand):
    help = "Fits a ranking on logged decisions and tries it on later ones; a coordinator may switch it on."

    def handle(self, **options):
        decisions = learning.decided()
        report = learning.learn(decisions, in_force())
        if report is None:
            self.stdout.write(
                f"{len(decisions)} decisions are too few: {learning.FEWEST} later needs with a yes and a no are"
                " needed. Nothing was kept."
            )
            return
        learnt = Learnt(**vars(report))
        keep(learnt, by=the_factory())
        self.stdout.write(told(learnt))


def told(learnt):
    """The report in a few lines."""
    parts = " · ".join(f"{name} {weight}" for name, weight in learnt.weights.items())
    verdict = "better" if learnt.is_better else "not surely better"
    return (
        f"Fitted on {learnt.decisions} decisions, tried on {learnt.needs} later needs.\n"
        f"What was chosen stands first: formula {learnt.formula:.3f}, learnt {learnt.learnt:.3f}, difference"
        f" {learnt.better:+.3f} (95 %: {learnt.low:+.3f} to {learnt.high:+.3f}): {verdict}.\n"
        f"Weights: {parts}\n"
        f"Kept as number {learnt.pk}; a coordinator may switch it on under Learnt rankings."
    )
