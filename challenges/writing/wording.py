"""The words of a letter to an entrant: the outcome, the reasons, who gets it and why, and what one can do."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from challenges.models import Instrument, Letter
from challenges.templatetags.deciding import mark
from factory import pdf
from factory.templatetags.words import day, euro

Outcome = Letter.Outcome


class Words:
    """One letter, in the language of whoever gets it, of a ``batch`` that knows what they share."""

    def __init__(self, letter, batch):
        self.letter, self.batch, self.awards = letter, batch, batch.awards
        self.challenge, self.entry = letter.challenge, letter.entry
        self.owner = self.challenge.organisation
        self.found = getattr(self.entry, "finding", None)
        self.replaces = batch.earlier.get(self.entry.pk)

    def paper(self):
        """The whole letter."""
        sent = day(timezone.localtime(self.letter.sent_at))
        parts = [
            *self.to_whom(sent),
            *self.outcome(),
            *self.scores(),
            *self.reasons(),
            *self.winners(),
            *self.what_one_can_do(),
            *self.talk(),
            *self.close(),
        ]
        foot = _("Social Impact Factory · sent on %(day)s") % {"day": sent}
        return pdf.Paper(self.title(), parts, self.owner.name, more={"made": sent, "foot": foot})

    def title(self):
        titles = {
            Outcome.AWARDED: _("Your plan gets an award"),
            Outcome.RESERVE: _("Your plan is in the reserve"),
            Outcome.NOT_AWARDED: _("Your plan was not chosen"),
            Outcome.EXCLUDED: _("Your plan was not judged"),
        }
        return titles[self.letter.outcome]

    def to_whom(self, sent):
        party, person = self.entry.organisation, self.letter.recipient
        place = " ".join(filter(None, [party.postcode, party.town or party.region.name]))
        attention = _("for the attention of %(name)s") % {"name": person.name}
        yield pdf.text("\n".join(filter(None, [party.name, attention, party.street, place])))
        yield pdf.facts(
            [
                (_("Date"), sent),
                (_("Reference"), self.letter.reference),
                (_("About"), f"{self.challenge.title} – {self.entry.title}"),
            ]
        )
        yield pdf.text(_("Dear %(name)s,") % {"name": person.get_short_name()})

    def outcome(self):
        said = {
            "title": self.entry.title,
            "challenge": self.challenge.title,
            "owner": self.owner.legal_name or self.owner.name,
            "day": day(self.letter.decision.decided_date),
            "cents": euro(self.letter.cents),
            "place": self.found.place if self.found else "",
            "before": day(timezone.localtime(self.replaces)) if self.replaces else "",
        }
        thanks = _("Thank you for your plan “%(title)s” for “%(challenge)s”.")
        decided = _("%(owner)s decided on %(day)s.")
        yield pdf.text(" ".join([thanks, decided, *self.told()]) % said)

    def told(self):
        """The outcome in one or two sentences, with blanks."""
        if self.replaces:
            yield _("This letter takes the place of our letter of %(before)s.")
        yield from self.who_came_back()
        if self.letter.outcome == Outcome.AWARDED:
            yield _("Your plan gets an award of %(cents)s, without VAT.")
            if self.found and self.found.place:
                yield _("It was number %(place)s in the reserve, and an award was turned down.")
            yield _("The award becomes final once the term below is over.")
        elif self.letter.outcome == Outcome.RESERVE:
            yield _("Your plan gets no award now. It is number %(place)s in the reserve.")
            yield _("If somebody turns an award down, the reserve comes next, in this order.")
        elif self.letter.outcome == Outcome.EXCLUDED:
            yield _("Your plan was not judged, because it did not meet the formal rules.")
        elif self.awards:
            one = len(self.awards) == 1
            another = _("Another plan was chosen. Below you read why.")
            yield another if one else _("Other plans were chosen. Below you read why.")
        else:
            yield _("Nobody gets an award. Below you read why.")

    def who_came_back(self):
        """That it was excluded before; to others who were told of a decision before, that somebody was."""
        if self.entry.pk in self.batch.back:
            yield _(
                "Your plan was excluded before. That was not right: the jury judged it after all."
            )
        elif self.replaces and self.batch.back & self.batch.earlier.keys():
            yield _("A plan that was excluded before came back; the jury compared all plans again.")

    def scores(self):
        """The marks of the jury, criterion by criterion, beside those of who gets most."""
        mine = dict(self.batch.marks.get(self.entry.pk, []))
        if not mine:
            return
        best = next(iter(self.awards.values()), None)
        other = best if best and best.entry_id != self.entry.pk else None
        theirs = dict(self.batch.marks.get(other.entry_id, [])) if other else {}
        head = [_("Criterion"), _("Weight"), pgettext("column of marks", "Your plan")]
        head += [other.entry.organisation.name] if other else []
        rows = [
            [c.title, f"{c.weight}%", mark(mine.get(c)), *([mark(theirs.get(c))] if other else [])]
            for c in sorted({*mine, *theirs}, key=lambda c: (c.position, c.pk))
        ]
        yield pdf.heading(_("Your marks"))
        told = _("From 1 to 10: what the jury agreed on, otherwise the average of the jurors.")
        yield pdf.table(told, head, rows, [1, 2, 3][: len(head) - 1])

    def reasons(self):
        if self.letter.outcome == Outcome.EXCLUDED:
            yield pdf.heading(_("Why"))
            yield pdf.text(self.entry.reason)
        elif self.found:
            yield pdf.heading(_("What the jury said"))
            yield pdf.facts(
                [
                    (_("Strong"), self.found.strong),
                    (_("Weak"), self.found.weak),
                    (_("Why this outcome"), self.found.reason),
                ]
            )

    def winners(self):
        """Who gets an award, how much, and what was better about it."""
        others = [a for a in self.awards.values() if a.entry_id != self.entry.pk]
        if not others:
            yield from self.nobody()
            return
        yield pdf.heading(
            _("Who else gets an award") if self.letter.cents else _("Who gets an award")
        )
        for award in others:
            found = getattr(award.entry, "finding", None)
            yield pdf.facts(
                [
                    (_("Plan"), f"{award.entry.title}\n{award.entry.organisation.name}"),
                    (_("Amount, without VAT"), euro(award.cents)),
                    (_("Its strong points"), found.strong if found else ""),
                ]
            )

    def nobody(self):
        proposal = getattr(self.challenge, "proposal", None)
        if not self.awards and proposal and proposal.no_award:
            yield pdf.heading(_("Why nobody gets an award"))
            yield pdf.text(proposal.no_award)

    def what_one_can_do(self):
        yield pdf.heading(_("Do you disagree?"))
        yield pdf.note(self.clause())
        number = self.batch.number
        yield pdf.text(
            ngettext(
                "%(n)s entrant got this letter.",
                "All %(n)s entrants got this letter at the same moment.",
                number,
            )
            % {"n": number}
        )
        if self.letter.last_date:
            yield pdf.text(
                _(
                    "The term begins on the day after all letters arrived. Does one of them arrive later? "
                    "Then the last day moves, and you hear the new one at once."
                )
            )
        if self.challenge.complaints:
            yield pdf.text(self.challenge.complaints)

    def clause(self):
        """Until which day, where, and what waits for it."""
        said = {
            "day": day(self.letter.last_date),
            "owner": self.owner.legal_name or self.owner.name,
        }
        period = self.challenge.instrument.period
        if period == Instrument.Period.STANDSTILL:
            return (
                _(
                    "Then start summary proceedings at the court by %(day)s at the latest. Until that day "
                    "%(owner)s signs no contract. Tell us on the site as well."
                )
                % said
            )
        if period == Instrument.Period.OBJECTION:
            return (
                _(
                    "Then send a letter of objection to %(owner)s by %(day)s at the latest. Say why you "
                    "object, and sign it with your name, address and the date. You can do so on the site."
                )
                % said
            )
        return (
            _("There is no waiting time. Tell %(owner)s on the site if something is not right.")
            % said
        )

    def talk(self):
        said = {"name": self.challenge.owner.name, "phone": self.challenge.phone}
        yield pdf.heading(_("Rather talk?"))
        call = _("Call %(name)s, %(phone)s.") if self.challenge.phone else ""
        ask = _("Ask for a talk on the page of this letter: %(name)s explains it to you.")
        yield pdf.text(f"{call} {ask}".strip() % said)

    def close(self):
        owner = self.owner.legal_name or self.owner.name
        rows = [_("Kind regards,"), "", self.letter.decision.decided_by, owner]
        yield pdf.text("\n".join(rows))
