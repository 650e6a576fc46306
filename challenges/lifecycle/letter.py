"""How a letter to an entrant lives: sent with all others, arrived or not, and the term that follows."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.deciding_forms import HandOverForm, ReturnedForm, SendAgainForm
from challenges.lifecycle.people import coordinators, the_recipient
from challenges.models import Challenge, Letter
from challenges.writing import worded
from factory import clock
from factory.journal.models import Event
from factory.moves import Moves, is_the_factory, itself
from factory.notices.models import Notice
from factory.notices.telling import warns
from factory.texts import say
from partners.rules import is_coordinator

State = Letter.State

moves = Moves(Letter)


@moves.begin(to=State.WAITING, may=is_the_factory, tells=[warns(the_recipient)])
def write(letter, *, by):
    """The entrant is told, at the same moment as all others."""


def mail_is_out(now):
    """Those whose mail the server took; and those of a history that is replayed, which has no mail."""
    told = Event.objects.filter(thing_type=Letter.label(), thing_id=OuterRef("pk"), replayed=True)
    found = Letter.objects.current().with_mail()
    on_their_way = found.filter(state__in=[State.WAITING, State.REFUSED])
    return on_their_way.filter(Q(mail=Notice.Status.SENT) | Exists(told)).order_by("pk")


@moves.by_the_factory(State.WAITING, State.REFUSED, to=State.OUT, due=mail_is_out)
def go_out(letter, *, by):
    """The mail server took it."""
    letter.out_at, letter.note = clock.now(), ""


def mail_failed(now):
    """Those whose mail the server refused, or that went to somebody who gets no mail any more."""
    gone = Q(mail__in=[Notice.Status.FAILED, Notice.Status.DROPPED]) | Q(mail=None)
    found = Letter.objects.current().with_mail()
    return found.filter(gone, state=State.WAITING).order_by("pk")


@moves.by_the_factory(State.WAITING, to=State.REFUSED, due=mail_failed, tells=[warns(coordinators)])
def bounce(letter, *, by):
    """It did not arrive: the term does not begin until somebody sees to it."""


def still_in_the_term(letter):
    """Reasons why it does not matter any more."""
    if letter.challenge.state != Challenge.State.NOTIFIED or letter.decision.ended_at:
        yield _("The term is over.")


@moves.add(
    State.OUT,
    State.COUNTING,
    to=State.RETURNED,
    may=is_coordinator,
    form=ReturnedForm,
    unless=still_in_the_term,
)
def mark_returned(letter, *, by, note):
    """It came back after all: the term has not begun."""
    letter.out_at, letter.note = None, note


def try_the_address_again(person):
    """An address that refused a mail gets no other until somebody asks for it, as here."""
    type(person).objects.filter(pk=person.pk).update(**person.MAIL_ARRIVES)


# It carries another last day, and it is a notice in law that leaves at once: no letter is called back.
@moves.add(
    State.REFUSED,
    State.RETURNED,
    to=State.WAITING,
    may=is_coordinator,
    form=SendAgainForm,
    final=True,
    tells=[warns(the_recipient)],
    unless=still_in_the_term,
)
def send_again(letter, *, by, recipient):
    """It goes out once more, to the same person or to a colleague."""
    letter.recipient = recipient
    worded(letter, clock.now())
    try_the_address_again(recipient)
    return {"recipient": recipient.pk}


@moves.add(
    State.WAITING,
    State.REFUSED,
    State.RETURNED,
    to=State.HANDED,
    may=is_coordinator,
    form=HandOverForm,
    unless=still_in_the_term,
)
def hand_over(letter, *, by, handed_date, note):
    """It was handed over on paper, on a day and in a way that are noted."""
    letter.handed_date, letter.note = handed_date, note


@moves.by_the_factory(State.OUT, State.HANDED, to=State.COUNTING, tells=[warns(the_recipient)])
def start_counting(letter, *, by):
    """All letters arrived: the term runs, and its last day is known."""


@moves.by_the_factory(State.COUNTING, to=State.OUT, tells=[warns(the_recipient)])
def stop_counting(letter, *, by):
    """Another entrant's letter came back: the term begins anew later."""


take_back = moves.take_back(
    may=is_coordinator, undoes={mark_returned: itself, stop_counting: itself}
)


@moves.by_the_factory(
    State.OUT,
    State.COUNTING,
    State.HANDED,
    State.REFUSED,
    State.RETURNED,
    to=State.WAITING,
    tells=[warns(the_recipient)],
)
def repeat(letter, *, by):
    """All letters go out once more, at one moment."""
    worded(letter, clock.now())
    try_the_address_again(letter.recipient)
    letter.out_at = letter.handed_date = None


say(
    {
        "letter.write": (gettext_lazy("Send"), gettext_lazy("Sent")),
        "letter.go_out": (gettext_lazy("Arrived"), gettext_lazy("Arrived")),
        "letter.bounce": (gettext_lazy("Did not arrive"), gettext_lazy("Did not arrive")),
        "letter.mark_returned": (gettext_lazy("It came back"), gettext_lazy("Came back")),
        "letter.take_back": (gettext_lazy("Take back"), gettext_lazy("Taken back")),
        "letter.send_again": (gettext_lazy("Send it again"), gettext_lazy("Sent again")),
        "letter.hand_over": (
            gettext_lazy("Handed over on paper"),
            gettext_lazy("Handed over on paper"),
        ),
        "letter.start_counting": (
            gettext_lazy("Start the term"),
            gettext_lazy("The term runs"),
        ),
        "letter.stop_counting": (
            gettext_lazy("Stop the term"),
            gettext_lazy("The term stopped, it begins anew later"),
        ),
        "letter.repeat": (gettext_lazy("Send anew"), gettext_lazy("Sent anew")),
    }
)
