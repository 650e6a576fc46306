"""Who is who in the tests: when a test says "dan", it says what must happen."""

import pytest

from tests import make


@pytest.fixture
def cleo(db):
    """Coordinates."""
    return make.coordinator("Cleo Coordinator", phone="030 555 01 24")


@pytest.fixture
def max_(db):
    """Administers."""
    return make.person("Max Administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def ada(cleo):
    """Owns Broodnodig, a social enterprise in Utrecht."""
    return make.person("Ada Owner")


@pytest.fixture
def broodnodig(ada):
    """Ada's active social enterprise."""
    return make.organisation(
        "Broodnodig", owner=ada, mission="Bread baked by people learning a trade."
    )


@pytest.fixture
def ben(broodnodig):
    """Ada's colleague, an editor."""
    return make.member(broodnodig, "editor", "Ben Editor")


@pytest.fixture
def vera(broodnodig):
    """Ada's colleague, who only looks."""
    return make.member(broodnodig, "viewer", "Vera Viewer")


@pytest.fixture
def noor(cleo):
    """Buys for the municipality of Lekstede."""
    return make.person("Noor Buyer")


@pytest.fixture
def lekstede(noor):
    """Noor's municipality."""
    return make.organisation("Gemeente Lekstede", "municipality", owner=noor, place="Nieuwegein")


@pytest.fixture
def dan(cleo):
    """A stranger: he should see nothing of the others."""
    somebody = make.person("Dan Stranger")
    make.organisation("Elders", owner=somebody, place="Groningen")
    return somebody


@pytest.fixture
def lunch(lekstede):
    """Lekstede's need: lunch for sixty people."""
    return make.need(by=lekstede, title="Lunch for sixty people", value_cents=960_000)


@pytest.fixture
def match(lunch, broodnodig):
    """Broodnodig suggested for the lunch."""
    return make.match(need=lunch, supplier=broodnodig)
