"""The mail as bytes: headers, both bodies, and a date for the diary."""

from datetime import timedelta
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from factory import clock


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
    if _carries_a_date(notice, words):
        _add_date(mail, notice, words)
    return mail.as_bytes().decode("ascii")


def plain_address(address):
    """The address with its domain as servers write it (IDNA)."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def _named(coordinator):
    return Address(display_name=coordinator["name"], addr_spec=coordinator["email"])


def _carries_a_date(notice, words):
    """A step to a new state carries the date; what happens within a state does not repeat it."""
    event = notice.event
    return bool(words.get("calendar")) and event.from_state != event.to_state


def _add_date(mail, notice, words):
    mail.add_attachment(
        calendar(notice, words).decode(),
        subtype="calendar",
        params={"method": "PUBLISH"},
        filename="date.ics",
        cte="base64",
    )


def calendar(notice, words):
    """One day for the diary (iCalendar, RFC 5545); the same day sent again replaces the first."""
    event, day = notice.event, words["calendar"]["day"]
    entry = Event()
    entry.add("uid", f"{event.thing_type}-{event.thing_id}@{settings.MAIL_DOMAIN}")
    entry.add("dtstamp", event.at)
    entry.add("sequence", event.number)
    entry.add("summary", words["calendar"]["title"])
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("url", words["url"])
    diary = Calendar()
    diary.add("prodid", "-//Social Impact Factory//NL")
    diary.add("version", "2.0")
    diary.add("method", "PUBLISH")
    diary.add_component(entry)
    return diary.to_ical()
