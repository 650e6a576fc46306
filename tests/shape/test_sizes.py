"""Short files and short functions."""

from statistics import median, quantiles

from tests.shape.code import PACKAGES, files, functions, length

LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 300, 400, 40


def lines(text):
    return len(text.splitlines())


def test_no_file_outgrows_its_room():
    long = [f"{path}: {lines(text)}" for path, text in files() if lines(text) > LONGEST_FILE]
    assert long == []


def test_no_test_outgrows_its_room():
    long = [f"{path}: {lines(text)}" for path, text in files("tests") if lines(text) > LONGEST_TEST]
    assert long == []


def test_files_are_short_as_a_rule():
    assert median(lines(text) for _path, text in files()) <= 70


def test_functions_are_short():
    found = [length(f) for _path, text in files() for f in functions(text)]
    assert max(found) <= LONGEST_FUNCTION
    assert median(found) <= 6
    assert quantiles(found, n=10)[-1] <= 20


def test_no_room_is_called_a_drawer():
    drawers = {"utils", "helpers", "services", "common", "base"}
    assert [p for p, _text in files(*PACKAGES) if p.stem in drawers] == []
