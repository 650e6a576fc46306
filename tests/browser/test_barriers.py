"""The eye that looks at every page: it does see a barrier."""

from tests.browser.conftest import barriers


def test_a_picture_without_words_and_pale_letters_are_found(visit):
    page = visit("/en/costs/", widths=(1280,))
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.evaluate("document.querySelector('main p').style.color = '#eee'")
    assert {rule for rule, _where in barriers(page)} >= {"image-alt", "color-contrast"}
