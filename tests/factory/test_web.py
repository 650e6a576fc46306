"""Home, the pages about ourselves, errors, what robots read, and the frame round every page."""

import gzip
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from factory import views
from tests.doors import sign_in
from tools import bundle_css

pytestmark = pytest.mark.django_db
PAGES = ["/", *(f"/{page}/" for page in views.TOLD), "/challenges/"]


def get(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_everybody_may_read_who_we_are_in_both_languages(client, path, prefix):
    html = get(client, prefix + path)
    assert f'<html lang="{"en" if prefix else "nl"}">' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("path", ["/", "/costs/"])
def test_each_language_knows_the_other(client, path):
    html = get(client, path)
    assert f'hreflang="nl" href="{settings.SITE_URL}{path}"' in html
    assert f'hreflang="en" href="{settings.SITE_URL}/en{path}"' in html
    assert f'<a href="/en{path}" lang="en" hreflang="en">' in html
    assert f'<a href="{path}" lang="nl" hreflang="nl">' in get(client, f"/en{path}")


def test_a_page_has_one_true_address(client):
    html = get(client, "/costs/?utm=x&page=2")
    assert f'<link rel="canonical" href="{settings.SITE_URL}/costs/?page=2">' in html


def test_a_shared_link_shows_title_and_picture(client):
    html = get(client, "/en/costs/")
    assert "<title>What it costs – Social Impact Factory</title>" in html
    assert '<meta property="og:title" content="What it costs">' in html
    assert re.search(r'og:image" content="http[^"]+/static/img/preview[^"]*\.png"', html)


def test_what_matters_is_one_click_away_on_every_page(client):
    html = get(client, "/en/")
    for page in ("about", "costs", "privacy", "accessibility", "terms", "colophon", "how-we-count"):
        assert f'href="/en/{page}/"' in html


def test_a_visitor_meets_the_front_desk_by_name_phone_and_answer_time(client):
    html = get(client, "/en/")
    assert settings.FRONT_DESK["phone"] in html
    assert "Answers within one working day" in html


def test_the_menu_says_where_the_reader_is(client):
    html = get(client, "/en/challenges/")
    assert '<a href="/en/challenges/" aria-current="page">' in html
    assert html.count('aria-current="page"') == 2  # and the crumb


def test_who_is_signed_in_sees_desk_and_inbox(client, ada):
    client.force_login(ada)
    html = get(client, "/en/")
    assert "My desk" in html
    assert "Inbox" in html
    assert "Coordination" not in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_coordinator_sees_the_way_to_the_admin(client, cleo):
    client.force_login(cleo)
    assert "Coordination" in get(client, "/en/")


def test_no_page_has_a_script_or_a_style_of_its_own(client):
    for path in PAGES:
        html = get(client, path)
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", html), path


def test_no_page_asks_anything_from_another_site(client):
    links = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(http[^"]+)"', get(client, "/"))
    assert all(link.startswith(settings.SITE_URL) for link in links)


def test_a_first_visit_weighs_at_most_150_kilobytes(client):
    html = get(client, "/")
    files = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js|svg|woff2))"', html))
    paths = [finders.find(name) for name in files]
    texts = [html.encode(), *(Path(path).read_bytes() for path in paths)]
    assert len(files) == 5
    assert sum(len(gzip.compress(text, 6)) for text in texts) <= 150_000


def test_the_one_stylesheet_is_made_of_its_sources():
    assert bundle_css.OUT.read_text() == bundle_css.bundle()


def test_the_stylesheet_fetches_nothing_from_elsewhere():
    found = re.findall(r"url\(([^)]+)\)", bundle_css.OUT.read_text())
    assert {url.strip("\"'")[:3] for url in found} <= {"../", "#ha"}
    assert "@import" not in bundle_css.OUT.read_text()


def test_a_page_that_is_not_there_says_so(client):
    html = get(client, "/en/nothing/", status=404)
    assert "This page is not here" in html
    assert "nothing" not in html


def test_a_nul_in_the_address_is_refused_in_words(client):
    assert "could not read" in get(client, "/en/?q=%00", status=400)


def answer(view, error):
    request = RequestFactory().get("/en/")
    with override("en"):
        response = view(request, error)
    return response.status_code, response.content.decode()


def test_too_much_at_once_is_another_answer_than_nonsense():
    assert answer(views.bad_request, BadRequest())[0] == 400
    status, html = answer(views.bad_request, RequestDataTooBig())
    assert status == 413
    assert "too large" in html


def test_more_than_we_can_take_is_refused_in_words(client):
    response = client.post("/en/accounts/login/", {"login": "x" * 1_100_000})
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_what_is_not_open_to_somebody_says_why(rf):
    status, html = answer(views.permission_denied, PermissionDenied("Owners may."))
    assert status == 403
    assert "Owners may." in html


@pytest.mark.django_db(transaction=True)
def test_an_error_page_stands_without_a_database(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    assert "This page is not here" in get(client, "/en/nothing/", status=404)


def test_our_own_mistake_says_it_is_ours(rf, django_assert_num_queries):
    with override("en"), django_assert_num_queries(0):
        response = views.server_error(rf.get("/en/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "our mistake" in html
    assert settings.FRONT_DESK["phone"] in html
    assert "Answers within one working day" in html


def test_who_we_are_is_one_click_away_in_the_admin_too(client, cleo):
    sign_in(client, cleo)
    html = get(client, reverse("admin:index"))
    for page in ("about", "costs", "privacy", "accessibility"):
        assert f'href="{reverse(page)}"' in html
    assert settings.FRONT_DESK["phone"] in html


def test_robots_read_what_everybody_may_read(client):
    text = get(client, "/robots.txt")
    assert "Disallow: /accounts/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text


def test_the_sitemap_has_both_languages(client):
    xml = get(client, "/sitemap.xml")
    assert "/costs/</loc>" in xml
    assert "/en/costs/</loc>" in xml
    assert 'hreflang="en"' in xml


def test_security_txt_expires_within_a_year(client):
    text = get(client, "/.well-known/security.txt")
    assert "Contact: mailto:" in text
    expires = datetime.fromisoformat(re.search(r"Expires: (\S+)Z", text)[1] + "+00:00")
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)


def test_the_headers_let_nothing_in(client):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
