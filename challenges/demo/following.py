"""How an award of the demo is carried out: a contract in two payments, and the promised decision."""

from datetime import timedelta

from challenges.demo.judging import Judged
from challenges.lifecycle import contract as contracts
from challenges.lifecycle import following
from challenges.models import Adoption, Contract
from factory import clock

AT_ONCE = 80  # of a hundred, paid at the start
LASTS = timedelta(days=330)
STEPS = ("Start: mensen en plek zijn gevonden", "Eind: verslag met wat er is gemeten")
MEASURED = {"title": "Mensen die meedoen", "unit": "mensen", "baseline": 0, "target": 120}
CAME = {"actual": 134, "source": "Geteld door de deelnemers zelf"}
REACHED = "We zijn begonnen. Kom kijken."
WHY = "Het werkt en kost niet meer dan wat we deden. We nemen het over in onze gewone manier van werken."


class Followed(Judged):
    """One challenge of the demo from its award on."""

    def start_pilot(self):
        """Each winner has a contract, and is paid for the start."""
        for award in self.challenge.awards.final().select_related("entry__organisation"):
            made, today = Contract(award=award, challenge=self.challenge), clock.today()
            contracts.draw_up(made, by=self.owner, starts_date=today, ends_date=today + LASTS)
            first = award.cents * AT_ONCE // 100
            amounts, days = (first, award.cents - first), (today, today + LASTS)
            for title, cents, due in zip(STEPS, amounts, days, strict=True):
                step = {"title": title, "due_date": due, "cents": cents}
                contracts.add_milestone(made, by=self.owner, **step)
            contracts.add_indicator(made, by=self.owner, **MEASURED)
            contracts.sign(made, by=self.owner, signed_date=today)
            self.pay(made, made.milestones.order_by("pk")[:1])
        self.challenge.refresh_from_db()

    def pay(self, contract, steps):
        """Reached, seen to be right, and paid."""
        winner = self.parties.deciders(contract.award.entry.organisation)[0]
        for step in steps:
            contracts.deliver(contract, by=winner, row=step, told=REACHED)
            contracts.accept_milestone(contract, by=self.owner, row=step)
            contracts.note_payment(contract, by=self.owner, row=step, paid_date=clock.today())

    def finish(self):
        """Everything is measured and paid, and the owner says in public what becomes of it."""
        for made in self.challenge.contracts.select_related("award__entry__organisation"):
            self.pay(made, made.milestones.filter(paid_date=None))
            for row in made.indicators.all():
                contracts.measure(made, by=self.owner, row=row, **CAME, measured_date=clock.today())
            contracts.complete(made, by=self.owner)
        promised = Adoption.objects.get(challenge=self.challenge)
        following.decide(promised, by=self.owner, choice="adopt", reason=WHY)
