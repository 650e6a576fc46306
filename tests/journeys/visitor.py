"""Somebody with a browser without JavaScript: opens pages, follows links, presses buttons, and counts."""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from factory.local.process import wait_until
from tests.doors import sign_in


class Visitor:
    """One person's browser. ``clicks`` counts links followed and buttons pressed."""

    def __init__(self):
        self.client, self.clicks, self.at, self.page = Client(), 0, "/", None

    def open(self, address):
        """Arrive at an address from outside; what is pressed on a page or in a mail is counted elsewhere."""
        parts = urlsplit(urljoin(self.at, address))
        return self._arrived(self.client.get(f"{parts.path}?{parts.query}", follow=True))

    def click(self, words):
        """Follow the first link that says this."""
        self.clicks += 1
        return self.open(self.link(words)["href"])

    def follow(self, address):
        """Press a link in a mail."""
        self.clicks += 1
        return self.open(address)

    def press(self, words, **filled):
        """Press a button, with the fields of its form filled in."""
        self.clicks += 1
        button = self.button(words)
        form = button.find_parent("form")
        data = fields_of(form) | {key: value for key, value in filled.items() if value is not None}
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        target = urljoin(self.at, button.get("formaction") or form.get("action") or self.at)
        return self._arrived(self.client.post(target, data, follow=True))

    def press_move(self, name):
        """Press the button of a move on a page of the admin, by its name."""
        form = self.page.find("form", action=re.compile(rf"/{name}/$"))
        assert form, f"no button for {name} at {self.at}"
        self.clicks += 1
        return self._arrived(self.client.post(form["action"], fields_of(form), follow=True))

    def link(self, words):
        found = [
            a for a in self.page.find_all("a", href=True) if words in a.get_text(" ", strip=True)
        ]
        assert found, f"no link says {words!r} at {self.at}"
        return found[0]

    def button(self, words):
        found = [b for b in self.page.find_all("button") if words in b.get_text(" ", strip=True)]
        assert found, f"no button says {words!r} at {self.at}"
        return found[0]

    def reads(self, words):
        """Whether the page says this."""
        return words in " ".join(self.page.get_text(" ", strip=True).split())

    def signs_in(self, person, *, second_factor=None):
        """Arrive with a session of one's own; signing in itself is told elsewhere."""
        sign_in(self.client, person, second_factor)
        return self

    def _arrived(self, response):
        page = BeautifulSoup(response.content, "html5lib")
        alert = page.find(role="alert") or page.find("h1")
        said = f"{response.status_code} at {response.request['PATH_INFO']}: {alert}"
        assert response.status_code < 400, said
        query = response.request.get("QUERY_STRING")
        self.at = response.request["PATH_INFO"] + (f"?{query}" if query else "")
        self.page = page
        return self


def fields_of(form):
    """What a browser would send for a form as it stands."""
    data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in {"submit", "file"}:
            continue
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        value = chosen(field) if field.name == "select" else field.get("value", "")
        value = field.get_text().removeprefix("\n") if field.name == "textarea" else value
        data.setdefault(name, []).append(value if value is not None else "on")
    return {name: values if len(values) > 1 else values[0] for name, values in data.items()}


def chosen(select):
    """The value a select stands on."""
    options = select.find_all("option")
    on = [option for option in options if option.has_attr("selected")] or options[:1]
    return on[0].get("value", "") if on else ""


def impact():
    """``{words: figure}`` of what anybody reads on top of the impact page now, and the whole page."""
    visitor = Visitor().open(reverse("impact"))
    figures = visitor.page.select("dl.stats .stat")
    return {cell.dt.get_text(): cell.dd.get_text() for cell in figures}, visitor


def links_in(mail):
    """Every address in a mail's text, in order."""
    text = mail.get_body(("plain",)).get_content()
    return [word.strip("<>().,") for word in text.split() if "http" in word]


def mails_with(mailbox, person, words, seconds=30):
    """The mails to somebody whose text holds these words, once there is one."""
    found = []

    def look():
        texts = [
            (m, m.get_body(("plain",)).get_content())
            for m in mailbox.mails(getattr(person, "email", person))
        ]
        found[:] = [mail for mail, text in texts if words in text]
        return found

    assert wait_until(look, seconds=seconds), f"no mail to {person} with {words!r}"
    return found


def first_button(visitor):
    """The one button of a page that asks one thing."""
    form = visitor.page.find("main").find("form", method=lambda m: m and m.lower() == "post")
    return form.find("button").get_text(" ", strip=True)
