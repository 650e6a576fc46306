"""What goes wrong is said in one plain sentence."""

import pytest

from factory.local.trouble import Trouble, explain, refuse_a_full_disk


def test_a_full_disk_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(Trouble, match="is full: make about 400 MB free"):
        refuse_a_full_disk(tmp_path, needed=10**18)


def test_a_disk_with_room_is_fine(tmp_path):
    refuse_a_full_disk(tmp_path, needed=1)


def test_the_missing_library_is_named(tmp_path):
    words = "redis: error while loading shared libraries: libssl.so.3: cannot open shared object"
    assert "needs the library libssl.so.3" in str(explain("Redis", words, tmp_path))


@pytest.mark.parametrize(("words", "said"), [("one\ntwo\n", "two"), ("", "it said nothing")])
def test_else_the_last_line_is_repeated(tmp_path, words, said):
    assert str(explain("Redis", words, tmp_path)) == f"Redis did not start: {said}"
