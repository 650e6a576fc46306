"""The letter to one entrant: the outcome with its reasons, the same moment for all; and how it arrived."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.models import invariants_of_letters as invariants
from challenges.models.challenge import Challenge
from challenges.models.decision import Decision
from challenges.models.entry import Entry
from challenges.models.states import ARRIVED, LETTER, LetterState
from factory.fields import MOST_CENTS
from factory.graph import Moving
from factory.notices.models import Notice
from partners.models import Person

S = LetterState


class LetterQuerySet(models.QuerySet):
    """Letters in the domain's words."""

    def current(self):
        """Those of the decision that counts."""
        return self.filter(decision__ended_at=None)

    def astray(self):
        """Those that did not arrive: the mail server refused them, or they came back."""
        return self.filter(state__in=[S.REFUSED, S.RETURNED])

    def still_to_arrive(self):
        return self.exclude(state__in=ARRIVED)

    def with_mail(self):
        """With ``mail``: how the last mail of it stands; None if there was none."""
        to_them = Q(recipient=OuterRef("recipient")) | Q(instead_of=OuterRef("recipient"))
        mails = Notice.objects.mail().filter(
            to_them, event__thing_type="challenges.letter", event__thing_id=OuterRef("pk")
        )
        last = mails.order_by("-pk")
        return self.annotate(
            mail=Subquery(last.values("status")[:1]),
            mail_answer=Subquery(last.values("answer")[:1]),
        )

    def visible_to(self, person):
        """The entrant, the organisation that decided, and the staff."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(Q(entry__organisation__in=mine) | Q(challenge__organisation__in=mine))


class Letter(Moving):
    """What one entrant is told of a decision. ``said`` is the letter itself, as it was sent."""

    State = LetterState

    class Outcome(models.TextChoices):
        AWARDED = "awarded", _("award")
        RESERVE = "reserve", _("reserve")
        NOT_AWARDED = "not_awarded", _("no award")
        EXCLUDED = "excluded", _("excluded")

    graph = LETTER
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="letters")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="letters")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="letters")
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=11, choices=Outcome)
    cents = models.BigIntegerField(null=True, blank=True)
    said = models.JSONField()
    written_at = models.DateTimeField()  # the moment at which all of them went
    sent_at = models.DateTimeField()  # the last time that it was sent
    last_date = models.DateField(
        null=True, blank=True
    )  # the last day of the term, as the letter says
    out_at = models.DateTimeField(null=True, blank=True)
    handed_date = models.DateField(null=True, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["entry__number"]
        triggers = [
            *LETTER.triggers(),
            invariants.ALL_AT_ONCE,
            invariants.STANDS_AS_IT_WAS_SENT,
            invariants.TERM_WAITS_FOR_LETTERS,
        ]
        constraints = [
            LETTER.check(LetterState),
            models.UniqueConstraint(fields=["decision", "entry"], name="letter_one_an_entrant"),
            models.CheckConstraint(
                condition=Q(outcome__in=["awarded", "reserve", "not_awarded", "excluded"]),
                name="letter_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(cents__isnull=True) & ~Q(outcome="awarded")
                | Q(cents__isnull=False, cents__gt=0, cents__lte=MOST_CENTS, outcome="awarded"),
                name="letter_amount_of_an_award",
            ),
            models.CheckConstraint(
                condition=~Q(state="handed") | Q(handed_date__isnull=False) & ~Q(note=""),
                name="letter_handed_over_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["out", "counting"])
                | Q(out_at__isnull=False)
                | Q(handed_date__isnull=False),
                name="letter_out_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__gte=F("written_at")), name="letter_sent_when_written"
            ),
        ]
        indexes = [
            models.Index(fields=["challenge", "state"], name="letter_of_challenge"),
            models.Index(
                fields=["state"],
                condition=Q(state__in=["waiting", "refused", "returned"]),
                name="letter_to_look_at",
            ),
        ]

    def __str__(self):
        return str(self.entry)

    def get_absolute_url(self):
        return reverse("challenges:letter", args=[self.pk])

    def locks_first(self):
        return (
            Challenge.objects.filter(pk=self.challenge_id),
            Entry.objects.filter(pk=self.entry_id),
        )

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language

    @property
    def is_astray(self):
        return self.state in (S.REFUSED, S.RETURNED)

    @property
    def arrived_date(self):
        """The day on which it reached the entrant, or None."""
        return self.handed_date or (self.out_at and timezone.localdate(self.out_at))

    @property
    def reference(self):
        """What one names when one calls about it."""
        return f"C{self.challenge_id}-{self.decision_id}-{self.entry.number}"
