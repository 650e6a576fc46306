"""An impact challenge: a societal problem of a public body, on its way to an award that is adopted."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models.conditions import CONDITIONS
from challenges.models.held import TRIGGERS
from challenges.models.instrument import Instrument
from challenges.models.states import BEFORE_PUBLICATION, CHALLENGE, DRAWN_UP, ChallengeState
from factory import clock
from factory.graph import Moving
from factory.meaning.language import before_it_says, language_of
from partners.models import Organisation, Person, Region
from partners.models.organisation import slug_for

S = ChallengeState
LONGEST = 4000
SUBJECTS = ("themes", "goals")  # by which the board and the market find it


class ChallengeQuerySet(models.QuerySet):
    """Challenges in the domain's words."""

    def public(self):
        """Everything that was ever published, however it went on."""
        return self.filter(published_at__isnull=False)

    def open(self):
        return self.filter(state=S.OPEN)

    def coming(self):
        """Those whose day of opening is set; until then only the day is known to all."""
        return self.filter(state=S.SCHEDULED)

    def visible_to(self, person):
        """Everybody sees what was published; before that its own organisation, its people and the staff."""
        if not person.is_authenticated:
            return self.public()
        if person.is_staff:
            return self
        seats = person.jury_seats.standing().values("challenge")
        public = Q(published_at__isnull=False)
        return self.filter(public | Q(pk__in=seats) | of_the_house(person))

    def in_the_house_of(self, person):
        """Those of the person's own organisations, shared ones too; all for the staff."""
        if not person.is_authenticated:
            return self.none()
        return self if person.is_staff else self.filter(of_the_house(person))


def of_the_house(person):
    """The challenges that an organisation of this person owns, alone or with others."""
    mine = person.memberships.confirmed().values("organisation")
    shared = Challenge.objects.filter(co_owners__organisation__in=mine).values("pk")
    return Q(organisation__in=mine) | Q(pk__in=shared)


class Challenge(Moving):
    """A problem, whose it is, under which rules it is opened, and how far it got."""

    State = ChallengeState
    Disclosure = Instrument.Disclosure

    graph = CHALLENGE
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="challenges", verbose_name=_("organisation")
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="challenges", verbose_name=_("owner")
    )
    deputy = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True, editable=False)
    language = models.CharField(
        _("language of the text"), max_length=2, choices=Person.Language, default="nl"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="challenges", verbose_name=_("where")
    )
    province = models.ForeignKey(
        Region, models.PROTECT, related_name="+", editable=False, verbose_name=_("province")
    )
    themes = models.ManyToManyField(
        "partners.Theme", blank=True, related_name="challenges", verbose_name=_("themes")
    )
    goals = models.ManyToManyField(
        "partners.Goal", blank=True, related_name="challenges", verbose_name=_("goals")
    )
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        editable=False,
        verbose_name=_("copied from"),
    )
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    # What: the problem and what is known of it
    problem = models.TextField(_("the problem in your own words"), max_length=LONGEST)
    sentence = models.CharField(_("the problem in one sentence"), max_length=280, blank=True)
    sufferers = models.TextField(_("who suffers, and where"), max_length=LONGEST, blank=True)
    causes = models.TextField(_("causes"), max_length=LONGEST, blank=True)
    tried = models.TextField(_("what was tried, and what failed"), max_length=LONGEST, blank=True)
    success = models.TextField(_("what success looks like"), max_length=LONGEST, blank=True)
    baseline = models.CharField(_("how it is now, in figures"), max_length=280, blank=True)
    bounds = models.TextField(_("what must and must not be"), max_length=LONGEST, blank=True)
    data = models.TextField(_("data there is"), max_length=LONGEST, blank=True)
    co_funders = models.TextField(_("who else pays"), max_length=LONGEST, blank=True)

    # Who says yes, and what comes after
    budget_holder = models.CharField(_("budget holder"), max_length=120, blank=True)
    budget_holder_job = models.CharField(_("job of the budget holder"), max_length=120, blank=True)
    mandate = models.CharField(_("mandate"), max_length=280, blank=True)
    explores_only = models.BooleanField(
        _("an exploration; no follow-up is promised"), default=False, db_default=False
    )
    adoption_by = models.CharField(
        _("who could buy or run it afterwards"), max_length=280, blank=True
    )
    adoption_budget = models.CharField(_("from which budget line"), max_length=280, blank=True)
    adoption_due_date = models.DateField(_("decided by"), null=True, blank=True)

    # Under which rules
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    disclosure = models.CharField(
        max_length=10, choices=Disclosure, default=Disclosure.PRIVATE, db_default="private"
    )
    envelope_cents = models.BigIntegerField(_("envelope"), null=True, blank=True)
    committed_cents = models.BigIntegerField(default=0, db_default=0, editable=False)
    hoped_start_date = models.DateField(_("hoped start"), null=True, blank=True)
    jury_decides = models.BooleanField(_("the jury decides"), default=False, db_default=False)
    who_may_enter = models.TextField(_("who may enter"), max_length=LONGEST, blank=True)
    effort_hours = models.PositiveSmallIntegerField(
        _("hours an entry takes"), null=True, blank=True
    )
    explore_teams = models.PositiveSmallIntegerField(_("teams that explore"), null=True, blank=True)
    explore_cents = models.BigIntegerField(_("fee for exploring"), null=True, blank=True)
    explore_scope = models.TextField(
        _("what is explored"), max_length=LONGEST, blank=True, default="", db_default=""
    )
    property_terms = models.TextField(_("whose the idea is"), max_length=LONGEST, blank=True)
    confidentiality = models.TextField(_("confidentiality"), max_length=LONGEST, blank=True)
    costs_cents = models.BigIntegerField(_("reimbursed for finalists"), null=True, blank=True)
    coaching_hours = models.PositiveSmallIntegerField(
        _("hours of coaching for each finalist"), null=True, blank=True
    )
    complaints = models.TextField(_("where to complain"), max_length=LONGEST, blank=True)

    # When
    publish_at = models.DateTimeField(_("opens"), null=True, blank=True)
    questions_until = models.DateTimeField(_("questions until"), null=True, blank=True)
    answers_by = models.DateTimeField(_("answers out"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    check_by = models.DateTimeField(_("formal check done"), null=True, blank=True)
    scores_by = models.DateTimeField(_("scores in"), null=True, blank=True)
    shortlist_by = models.DateTimeField(_("finalists named"), null=True, blank=True)
    coaching_from = models.DateTimeField(_("coaching begins"), null=True, blank=True)
    coaching_until = models.DateTimeField(_("changed plans until"), null=True, blank=True)
    pitch_at = models.DateTimeField(_("pitches"), null=True, blank=True)
    pitch_minutes = models.PositiveSmallIntegerField(
        _("minutes for each finalist"), default=20, db_default=20
    )
    explored_by = models.DateTimeField(_("explored"), null=True, blank=True)
    decision_by = models.DateTimeField(_("decision"), null=True, blank=True)

    # What happened
    submitted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_more = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approver = models.CharField(_("approved by"), max_length=120, blank=True)
    approval_number = models.CharField(_("decision number"), max_length=60, blank=True)
    approved_date = models.DateField(_("approved on"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_to_open_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    asked_to_open_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    notified_at = models.DateTimeField(null=True, blank=True, editable=False)
    term_ends_date = models.DateField(null=True, blank=True, editable=False)
    awarded_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun on"), default=clock.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    search_nl = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="dutch")
        + SearchVector("sentence", weight="B", config="dutch")
        + SearchVector("problem", weight="C", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_en = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("sentence", weight="B", config="english")
        + SearchVector("problem", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        triggers = TRIGGERS
        constraints = CONDITIONS
        indexes = [
            GinIndex(fields=["search_nl"], name="challenge_search_nl"),
            GinIndex(fields=["search_en"], name="challenge_search_en"),
            models.Index(fields=["state", "deadline_at"], name="challenge_board"),
            models.Index(fields=["organisation", "state"], name="challenge_of_organisation"),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(published_at__isnull=False),
                name="challenge_newest",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("challenges:challenge", args=[self.slug])

    def fill(self, **facts):
        """Take over what was said, and derive its language, the province and the address of the page."""
        self.version += 1
        self.read_at = None
        for name, value in facts.items():
            if name not in SUBJECTS:
                setattr(self, name, value)
        said = (self.title, self.sentence, self.problem, self.sufferers)
        self.language = language_of(". ".join(said), before_it_says(self))
        self.province = self.region.province or self.region
        self.slug = self.slug or slug_for(type(self), self.title)

    def relate(self, **facts):
        """Take over themes and goals, once this row is there."""
        for name in SUBJECTS:
            if name in facts:
                getattr(self, name).set(facts[name])

    @property
    def steps_wait(self):
        """Whether a coordinator filled in a step of which the owner has not said that it is right.

        A page that only reads finds it in the query of the challenge (``steps_waiting``).
        """
        known = self.__dict__.get("steps_waiting")
        return self.steps.waiting().exists() if known is None else known

    @property
    def is_drawn_up(self):
        """Whether its texts may still change freely."""
        return self.state in DRAWN_UP

    @property
    def is_public(self):
        return self.published_at is not None

    @property
    def was_never_public(self):
        return self.state in BEFORE_PUBLICATION

    @property
    def left_cents(self):
        """What of the envelope is not proposed or awarded, nor for who explores; in cents."""
        return (self.envelope_cents or 0) - self.committed_cents - self.fees_cents

    @property
    def fees_cents(self):
        """What is for the teams that explore, together, in cents."""
        return (self.explore_teams or 0) * (self.explore_cents or 0)
