"""The answer of a social enterprise to a challenge. Nobody else reads it before it is opened."""

from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import entry_parts, invariants, invariants_of_letters, sending
from challenges.models.challenge import Challenge
from challenges.models.states import ENTRY, OPENED, STANDS, ChallengeState, EntryState
from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import Moving
from factory.lists import MOST_WORDS
from partners.models import Organisation, Person
from partners.models.merging import points_at_nobody_merged

S = EntryState
GONE = (S.WITHDRAWN, S.UNSENT)
SCORING = ChallengeState.SCORING
JURY_READS = [s for s in OPENED if s != ChallengeState.CHECKING]
JUDGED_ENTRIES = [
    str(s) for s in (S.ADMITTED, S.SHORTLISTED, S.AWARDED, S.RESERVE, S.NOT_AWARDED, S.DECLINED)
]
WRITTEN = (S.DRAFT, S.SUBMITTED)
TYPED_IN = (*WRITTEN, S.REPAIR, S.SHORTLISTED)  # what colleagues type is kept, while it may change
OPEN_NOW = Q(challenge__opened_by__isnull=False, challenge__state__in=[str(s) for s in OPENED])


class EntryQuerySet(models.QuerySet):
    """Entries in the domain's words."""

    def standing(self):
        """Those that were sent in and are not out of it."""
        return self.filter(state__in=STANDS)

    def under_way(self):
        """Those that are being written, were sent in, or are judged: one an organisation."""
        return self.exclude(state__in=GONE)

    def to_judge(self):
        return self.filter(state__in=[S.ADMITTED, S.SHORTLISTED])

    def sealed(self):
        """Those that nobody opened yet, or that will never be opened: never sent in, or withdrawn."""
        opened = self.model.objects.filter(OPEN_NOW).exclude(state__in=[S.DRAFT, *GONE])
        return self.exclude(pk__in=opened.values("pk"))

    def visible_to(self, person):
        """Its own organisation always; the staff and the challenge's owner once it was opened.

        Sealed until then: nobody else, coordinators and administrators included, nor who looks at the site
        as a member. Jurors read by their own seat
        (:meth:`read_by_jury`), after they declared their interests.
        """
        if not person.is_authenticated:
            return self.none()
        mine = person.memberships.confirmed().values("organisation")
        sent = OPEN_NOW & ~Q(state__in=[S.DRAFT, *GONE])
        theirs = Q(organisation__in=mine)
        # Who sits in the jury reads as a juror, whatever else they are; a conflict stays one after they left.
        sent &= ~Q(challenge__in=person.jury_seats.standing().values("challenge"))
        sent &= ~Q(pk__in=self.conflicts_of(person))
        if person.is_looked_as:
            return self.filter(theirs & sent)
        if person.is_staff:
            return self.filter(theirs | sent)
        coached = Q(pk__in=self.coached_by(person))
        return self.filter(theirs | sent & (Q(challenge__organisation__in=mine) | coached))

    def about(self, text, names=True):
        """Those of which every word stands in the title or, with ``names``, in who entered and their partners.

        A word of digits is also the number of an entry.
        """
        said = Func(F("partners"), Value("$[*].name"), function="jsonb_path_query_array")
        found = self.annotate(said_partners=Cast(said, models.TextField())) if names else self
        for word in text.split()[:MOST_WORDS]:
            holds = Q(title__icontains=word)
            if names:
                holds |= Q(organisation__name__icontains=word) | Q(said_partners__icontains=word)
            if word.isdecimal():
                holds |= Q(number=int(word))
            found = found.filter(holds)
        return found

    def conflicts_of(self, person):
        """The keys of the entries about which somebody declared a conflict, in whatever seat."""
        declared = self.model.interests.rel.related_model.objects.conflicted()
        return declared.filter(juror__person=person.pk).values("entry")

    def coached_by(self, person):
        """The keys of the entries that somebody coaches."""
        return self.model.coaching.related.related_model.objects.filter(coach=person.pk).values(
            "entry"
        )

    def read_by_jury(self, person):
        """What a juror may read: declared free of a conflict, and assigned to them.

        From the deliberation on everything they declared to be free of, for then the jury speaks of all.
        """
        if not person.is_authenticated:
            return self.none()
        seats = person.jury_seats.seated()
        declared = Q(interests__juror__in=seats, interests__conflicted=False)
        assigned = self.filter(
            Q(assessments__juror__person=person) & ~Q(assessments__state="void")
        ).values("pk")
        together = Q(challenge__state__in=[str(s) for s in JURY_READS if s != SCORING])
        mine = person.memberships.confirmed().values("organisation")
        read = self.filter(
            declared,
            together | Q(challenge__state=SCORING, pk__in=assigned),
            state__in=JUDGED_ENTRIES,
        )
        return read.exclude(organisation__in=mine).exclude(with_partners__organisation__in=mine)


class Entry(Moving):
    """One organisation's entry, with what it asks for."""

    State = EntryState
    is_sealed = True  # nobody counts them by organisation

    graph = ENTRY
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="entries")
    contact = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(editable=False)  # what the jury calls it
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), max_length=1000, blank=True)
    plan = models.TextField(_("plan"), max_length=20_000, blank=True)
    amount_cents = models.BigIntegerField(_("what you ask for"), null=True, blank=True)
    # [{"label", "cents"}], together the amount; [{"name", "share", "organisation"}], a partner's share in percent
    # and its id if it is one of ours; [{"question", "asked", "answer"}], the id and the words of what was asked.
    budget = models.JSONField(default=list, db_default=[], blank=True)
    own_share = models.PositiveSmallIntegerField(null=True, blank=True)
    partners = models.JSONField(default=list, db_default=[], blank=True)
    answers = models.JSONField(default=list, db_default=[], blank=True)
    blind = models.TextField(
        _("copy without names"), max_length=20_000, blank=True, default="", db_default=""
    )
    typed = models.JSONField(
        default=dict, db_default={}, blank=True, editable=False
    )  # newer than what was sent in
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    page = models.CharField(max_length=32, blank=True, default="", db_default="", editable=False)
    saved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)  # after coaching
    receipt = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.TextField(max_length=2000, blank=True, editable=False)
    repairs = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    repair_by_date = models.DateField(null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        triggers = [
            *ENTRY.triggers(),
            points_at_nobody_merged(),
            invariants.ENTRY_STANDS,
            invariants.SENT_IN_TIME,
            sending.WORDS_OF_THE_RECEIPT,
            entry_parts.SHARES_WITHIN_100,
            entry_parts.PARTNERS_ARE_KNOWN,
            entry_parts.COMPLETE_WHEN_SENT,
            invariants_of_letters.BACK_WHEN_RIGHT,
        ]
        constraints = [
            ENTRY.check(EntryState),
            models.UniqueConstraint(
                fields=["challenge", "organisation"],
                condition=~Q(state__in=["withdrawn", "unsent"]),
                name="entry_one_an_organisation",
            ),
            models.UniqueConstraint(fields=["challenge", "number"], name="entry_number_once"),
            models.UniqueConstraint(fields=["id", "challenge"], name="entry_belongs_to_challenge"),
            models.CheckConstraint(
                condition=Q(amount_cents=None)
                | Q(amount_cents__gt=0, amount_cents__lte=MOST_CENTS),
                name="entry_amount_in_range",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "unsent"])
                | Q(submitted_at__isnull=False) & ~Q(receipt=""),
                name="entry_sent_has_a_receipt",
            ),
            models.CheckConstraint(
                condition=Q(own_share=None) | Q(own_share__gt=0, own_share__lte=100),
                name="entry_share_in_range",
            ),
            models.CheckConstraint(condition=Q(repairs__lte=1), name="entry_repaired_once"),
            models.CheckConstraint(
                condition=~Q(state="excluded") | ~Q(reason=""), name="entry_excluded_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["challenge", "state"], name="entry_of_challenge"),
            models.Index(fields=["organisation", "state"], name="entry_of_organisation"),
        ]

    def __str__(self):
        return self.title or self.typed.get("title", "")[:120] or gettext("Without a title yet")

    def get_absolute_url(self):
        return reverse("challenges:entry", args=[self.pk])

    def locks_first(self):
        """The challenge, shared: entries are sent in beside each other, but none while it closes or changes."""
        with connection.cursor() as cursor:
            sql = "SELECT 1 FROM challenges_challenge WHERE id = %s FOR SHARE"
            cursor.execute(sql, [self.challenge_id])
        return ()

    @property
    def is_written(self):
        """Whether it is in a state in which its words may still change."""
        return self.state in WRITTEN

    @property
    def has_newer_words(self):
        """Whether it was sent in and something was typed since."""
        return bool(self.typed and self.receipt)

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language
