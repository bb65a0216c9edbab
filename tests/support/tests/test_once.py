"""Who comes first makes a thing, and whoever comes later finds it whole."""

import pytest

from tests.support.once import Once


@pytest.fixture(autouse=True)
def _kept_here(monkeypatch, tmp_path):
    monkeypatch.setenv("OBEYA_TESTS_KEEP", str(tmp_path / "kept"))


def test_the_second_finds_what_the_first_made():
    with Once("plant") as first:
        assert not first.is_made
        (first.folder / "rows").write_text("12")

    with Once("plant") as second:
        assert second.is_made
        assert (second.folder / "rows").read_text() == "12"


def test_what_somebody_left_by_half_is_begun_anew():
    def half() -> None:
        with Once("plant") as once:
            (once.folder / "rows").write_text("1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()

    with Once("plant") as second:
        assert not second.is_made
        assert list(second.folder.iterdir()) == []


def test_each_kind_of_database_has_its_own(monkeypatch):
    names = set()
    for url in ("", "postgresql://obeya@127.0.0.1/postgres"):
        monkeypatch.setenv("OBEYA_DATABASE_URL", url)
        with Once("plant") as once:
            assert not once.is_made
            names.add(once.name)

    assert names == {"sqlite_plant", "postgresql_plant"}
