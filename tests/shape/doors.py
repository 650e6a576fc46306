"""Walks every address of the site as every kind of person, for the authorisation table."""

import re
import uuid
from copy import copy, deepcopy
from pathlib import Path

from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from factory.coordination.lifecycle import lost_factor
from factory.coordination.models import LostFactor
from factory.journal.models import Event
from factory.notices.links import answer_url, unsubscribe_url
from factory.notices.models import Notice
from factory.notices.sight import thing_of
from market.keeping import doing
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle import recommending
from partners.imports.reading import Reader, bring
from partners.models import Invitation
from tests import make, worlds
from tests.doors import sign_in
from tests.factory.files.hostile import pdf
from tests.factory.files.test_checking import checked
from tests.factory.files.test_serving import kept
from tests.shape import contests

TABLE = Path(__file__).with_name("authorisation.txt")
ROLES = ["visitor", "link", "dan", "vera", "ada", "noor", "cleo-1", "cleo", "max"]


def addresses(resolver=None, space=()):
    """The name of every URL pattern there is, namespaces included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inside = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern, space + inside)
        else:
            yield ":".join([*space, pattern.name or str(pattern.pattern)])


def invited(organisation, by):
    """The key of an open invitation."""
    invitation, key = Invitation.to(organisation, "somebody@mail.example", "editor", by)
    invitation.save()
    return key


def signed(letter, event, move):
    """What stands in the link of an answer by the one who got this letter."""
    return answer_url(letter, thing_of(event), move.name).split("/a/")[1].strip("/")


def rows():
    """The table: ``(method, name, thing, [expected for each role])``."""
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            what, _bar, cells = line.partition("|")
            yield *what.split(), cells.split()


def seen(answer):
    """An answer as the table writes it: its status, or where it sends somebody."""
    if answer.status_code not in {301, 302}:
        return str(answer.status_code)
    ways = {
        "account_login": "in",
        "mfa_index": "2nd",
        "account_reauthenticate": "again",
        "mfa_reauthenticate": "again",
    }
    path = answer.url.partition("?")[0]
    return next((word for name, word in ways.items() if path == reverse(name)), "on")


def brought_sheet(by):
    """A sheet of partners with a line that is new, one that is here and one with an error."""
    lines = (
        "Naam;Soort;Gemeente",
        "Zon;enterprise;Utrecht",
        "Broodnodig;enterprise;Utrecht",
        "x;y;z",
    )
    batch = bring("\n".join(lines).encode(), "partners.csv", by=by, language="nl")
    Reader(batch.pk).run()
    return batch


def same_browser(client):
    """Another one with the same cookies."""
    other = Client(raise_request_exception=False)
    other.cookies = deepcopy(client.cookies)
    return other


@worlds.kept
def world_of(people, broodnodig, lekstede, lunch):
    """A world with this cast in it."""
    return World(people, broodnodig, lekstede, lunch)


class World:
    """The cast with a browser each, and things of theirs, by the names used in the table."""

    def __init__(self, people, broodnodig, lekstede, lunch):
        self.clients = {role: self.browser(role, people) for role in ROLES}
        ada = people["ada"]
        hidden = make.organisation("Nog Niet", owner=ada, state="applied")
        listed = make.listed("Bureau Zonder Mensen", "public")
        plan = make.listing("need", by=lekstede, state="withdrawn")
        match = make.match("approved", need=lunch, supplier=broodnodig)
        draft = make.draft(by=lekstede, title="Half a lunch")
        bread = make.offer(by=broodnodig, title="Bread every day")
        letter = Notice.objects.mail().filter(recipient=ada).order_by("pk").last()
        row = (
            Notice.objects.inbox(ada).order_by("pk").last()
            or Notice.objects.filter(recipient=ada, channel="inbox").last()
        )
        event = Event.objects.about(match).last()
        priced = make.asks_prices(make.need(by=lekstede, title="Supper"), closed=True)
        quoted = make.quote(priced, 900_000, broodnodig, closed=True)
        done = make.match("completed", need=make.need(by=lekstede), supplier=broodnodig)
        noted = listings.renew(bread, by=people["cleo"], on_behalf_of=ada)
        lost = LostFactor(person=ada)
        lost_factor.ask(lost, on_behalf_of=ada)
        mine, ours = doing.first_list(ada), doing.new_list(ada, "Ours")
        for saved in (mine, ours):
            doing.keep(lunch, saved, by=ada)
        doing.share(ours, broodnodig)
        self.lunch = lunch
        met = make.match("introduced", need=make.need(by=lekstede), supplier=broodnodig)
        since = Event.objects.about(met).last()
        said = make.match("completed", need=make.need(by=lekstede), supplier=broodnodig)
        recommending.recommend(said, by=people["noor"], text="On time and warm.")
        proof = make.credential(by=broodnodig, evidence=checked(pdf(), "pso.pdf"))
        claim = make.credential("claimed", by=broodnodig, proof="bcorp", level="")
        self.things = {
            "-": [],
            "broodnodig": [broodnodig.slug],
            "hidden": [hidden.slug],
            "listed": [listed.slug],
            "sheet": [brought_sheet(people["cleo"]).pk],
            "merged": [make.organisation("Dubbel", state="merged").slug],
            "invitation": [invited(broodnodig, ada)],
            "lunch": [lunch.slug],
            "plan": [plan.slug],
            "bread": [bread.slug],
            "match": [match.pk],
            "draft": [draft.pk],
            "delivered": [
                make.match("completed", need=make.need(by=lekstede), supplier=broodnodig).pk
            ],
            "picture": [kept(broodnodig).key],
            "hidden-picture": [kept(hidden).key],
            "said": [said.pk],
            "proof": [proof.pk],
            "proof-file": [proof.evidence.key],
            "claim": [claim.pk],
            "no-key": [uuid.UUID(int=1)],
            "priced": [priced.slug],
            "quoted": [quoted.pk],
            "done": [done.pk],
            "adas-noted": [noted.noted_for.pk],
            "adas-lost": [lost.pk],
            "their-year": [broodnodig.slug, 2026],
            "no-year": ["nowhere", 2026],
            "none": ["nowhere"],
            "adas-list": [mine.pk],
            "adas-item": [mine.pk, mine.items.get().pk],
            "adas-sheet": [mine.pk, "csv"],
            "our-list": [ours.pk],
            "our-item": [ours.pk, ours.items.get().pk],
            "our-sheet": [ours.pk, "xlsx"],
            "no-item": [mine.pk, 999_999],
            "no-pk": [999_999],
            "need": ["need"],
            "adas-notice": [row.pk],
            "adas-answer": [signed(letter, event, matches.accept)],
            "adas-amount": [signed(letter, since, matches.confirm)],
            "adas-words": [signed(letter, since, matches.write)],
            "adas-topic": [unsubscribe_url(ada.pk, "news").rsplit("/unsubscribe/")[1].strip("/")],
            "bad-link": ["nonsense"],
            "bad-key": ["1", "set-nonsense"],
            **contests.things(lekstede, broodnodig),
        }

    def __deepcopy__(self, memo):
        """The same world for another test, with browsers of its own."""
        other = copy(self)
        other.lunch, other.things = copy(self.lunch), dict(self.things)
        other.clients = {role: same_browser(client) for role, client in self.clients.items()}
        return other

    def browser(self, role, people):
        """Somebody at a computer; whoever holds a link from a mail is not signed in."""
        client = Client(raise_request_exception=False)
        if role in {"visitor", "link"}:
            return client
        person = people[role.partition("-")[0]]
        return sign_in(client, person, second_factor=person.is_staff and not role.endswith("-1"))

    def args(self, thing):
        """The arguments of an address; ``lunch/withdraw`` is a thing and a move."""
        name, slash, move = thing.partition("/")
        return [*self.things[name], *([move] if slash else [])]

    def goes(self, method, name, thing, roles=ROLES):
        """What each of these roles meets at an address of a thing."""
        return self.met(method, reverse(name, args=self.args(thing)), roles)

    def met(self, method, address, roles=ROLES):
        """What each of these roles meets; whatever a POST did is undone before the next."""
        found = []
        for role in roles:
            client = self.clients[role]
            cookies = copy(client.cookies)
            with transaction.atomic():
                found.append(seen(getattr(client, method.lower())(address)))
                transaction.set_rollback(True)
            client.cookies = cookies
        return found

    def page(self, role, name, thing):
        """The status and the bytes of a page, without the address asked for and tokens."""
        address = reverse(name, args=self.args(thing))
        answer = self.clients[role].get(address)
        body = answer.content.decode().replace(address, "ADDRESS")
        body = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", body)
        return answer.status_code, answer.get("Location", "").replace(address, "ADDRESS"), body
