"""What the file of a challenge says of its course: versions, questions, decisions and letters, for one reader.

Each is asked for by its own gate, so nobody reads in a file what they do not read on a page. Who asked a question
stands nowhere.
"""

from itertools import pairwise

from django.utils.translation import gettext as _

from challenges.differing import ADDED, GONE, differences
from challenges.explaining import in_words
from challenges.models import Decision, Invited, Letter, Objection, Question, Version
from factory import pdf
from factory.templatetags.words import day, euro, moment


def course(challenge, person):
    """The parts of the file about what was written, asked, decided and told."""
    yield from _versions(challenge, person)
    yield from _invited(challenge, person)
    yield from _questions(challenge, person)
    yield from _decisions(challenge, person)
    yield from _letters(challenge, person)
    yield from _objections(challenge, person)


def _versions(challenge, person):
    found = list(Version.objects.visible_to(person).filter(challenge=challenge).order_by("number"))
    if found:
        yield pdf.heading(_("Versions"))
        rows = [(str(v.number), v.get_occasion_display(), moment(v.at)) for v in found]
        yield pdf.table(
            _("Texts that were kept"), (_("Version"), _("When it was"), _("When")), rows
        )
    for before, after in pairwise(found):
        for name, words in changed(before.texts, after.texts):
            told = {"before": before.number, "after": after.number, "what": label_of(name)}
            yield pdf.text(_("From %(before)s to %(after)s, %(what)s:") % told + f" {words}")


def changed(before, after):
    """``[(name, what was taken out in [-…-] and put in in {+…+})]`` of two kept texts."""
    marks = {GONE: "[-{}-]", ADDED: "{{+{}+}}"}
    for name, words in after.items():
        old, new = (str(value or "") for value in (before.get(name), words))
        if old != new:
            parts = differences(old, new)
            yield name, "".join(marks.get(kind, "{}").format(said) for kind, said in parts)


def label_of(name):
    field = Version.challenge.field.related_model._meta.get_field(name)
    return str(field.verbose_name)


def invited_of(challenge, person):
    """Whom this person may know to be invited: (organisation, by whom, when, why), the first one first."""
    found = Invited.objects.visible_to(person).filter(challenge=challenge).order_by("at", "pk")
    for one in found.select_related("organisation", "by"):
        why = "; ".join(words for words, is_but in in_words(one.reasons) if not is_but)
        yield one.organisation.name, one.by.name, one.at, why


def _invited(challenge, person):
    rows = [(name, by, moment(at), why) for name, by, at, why in invited_of(challenge, person)]
    if rows:
        yield pdf.heading(_("Who was invited"))
        head = (_("Organisation"), _("Invited by"), _("When"), _("Why"))
        yield pdf.table(_("Invitations by coordinators"), head, rows, widths=(2, 2, 2, 3))


def _questions(challenge, person):
    found = Question.objects.visible_to(person).filter(challenge=challenge).order_by("pk")
    rows = [(moment(q.asked_at), q.text, q.answer or q.get_state_display()) for q in found]
    if rows:
        yield pdf.heading(_("Questions and answers"))
        yield pdf.table(_("What was asked"), (_("When"), _("Question"), _("The answer")), rows)


def _decisions(challenge, person):
    found = Decision.objects.visible_to(person).filter(challenge=challenge)
    rows = [
        (
            day(d.decided_date),
            d.decided_by,
            d.get_kind_display(),
            euro(d.cents) or "€ 0",
            day(d.ended_at.date()) if d.ended_at else "",
        )
        for d in found
    ]
    if rows:
        yield pdf.heading(_("Decisions"))
        head = (_("Decided on"), _("Decided by"), _("How"), _("Up to"), _("Counted until"))
        yield pdf.table(_("Who decided on the awards"), head, rows, numbers=(3,))


def _letters(challenge, person):
    found = Letter.objects.visible_to(person).filter(challenge=challenge)
    found = found.select_related("entry__organisation").order_by("decision", "entry__number")
    rows = [
        (
            one.entry.organisation.name,
            one.get_outcome_display(),
            moment(one.sent_at),
            day(one.arrived_date) if one.arrived_date else one.get_state_display(),
        )
        for one in found
    ]
    if rows:
        yield pdf.heading(_("Letters"))
        head = (_("To"), _("Outcome"), _("Sent"), _("Arrived"))
        yield pdf.table(_("The letters to entrants"), head, rows)
    if challenge.term_ends_date:
        yield pdf.facts([(_("Last day of the term"), day(challenge.term_ends_date))])


def _objections(challenge, person):
    found = Objection.objects.visible_to(person).filter(challenge=challenge)
    rows = [
        (
            one.entry.organisation.name,
            one.get_kind_display() if one.decision_id else _("against being excluded"),
            day(one.received_date),
            one.get_state_display(),
            one.reason,
        )
        for one in found.select_related("entry__organisation").order_by("pk")
    ]
    if rows:
        yield pdf.heading(_("Objections"))
        head = (_("Organisation"), _("What"), _("Received on"), _("How it was decided"), _("Why"))
        yield pdf.table(_("What entrants brought against it"), head, rows, widths=(2, 2, 2, 2, 4))
