"""The mail as bytes: headers, both bodies, and a date for the diary."""

from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings
from django.utils import timezone

from factory import clock
from factory.notices.diary import diary_of, one_day


class Verbatim(UnstructuredHeader):
    """A header that stays on one line: an address in it would break by folding or encoding."""

    def fold(self, *, policy):
        """The header as it stands."""
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Verbatim)
POLICY = SMTP.clone(cte_type="7bit", header_factory=HEADERS)


def envelope(notice, message_id, subject, text, html, words):
    """The whole mail as ASCII text."""
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = subject
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = plain_address(notice.address)
    mail["Reply-To"] = _named(words["coordinator"])
    mail["Date"] = format_datetime(timezone.localtime(clock.now()))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = notice.language
    if words["unsubscribe_url"]:
        mail["List-Unsubscribe"] = f"<{words['unsubscribe_url']}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    if diary := calendar(notice, words):
        _add_date(mail, diary)
    return mail.as_bytes().decode("ascii")


def plain_address(address):
    """The address with its domain as servers write it (IDNA)."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def _named(coordinator):
    return Address(display_name=coordinator["name"], addr_spec=coordinator["email"])


def _add_date(mail, diary):
    mail.add_attachment(
        diary.decode(),
        subtype="calendar",
        params={"method": "PUBLISH"},
        filename="date.ics",
        cte="base64",
    )


def calendar(notice, words):
    """The days that this mail carries for the diary, or None.

    What must be done by a day goes with each mail that names that day. The day itself goes with a step to a new
    state; what happens within a state does not repeat it.
    """
    event = notice.event
    if due := _deadlines(notice, words):
        return diary_of(event, due, words["url"])
    told = words.get("calendar") if event and event.from_state != event.to_state else None
    return told and one_day(event, told["title"], told["day"], words["url"])


def _deadlines(notice, words):
    """The first day that this mail names; of a move that changed days, every one of those."""
    mail = notice.template.rpartition("/")[2]
    named = [due for due in words.get("deadlines", ()) if due.day and mail in due.mails]
    if not named or (changed := notice.event.details.get("changed")) is None:
        return named[:1]
    return [due for due in named if due.column in changed]
