"""What the rooms load before anybody asks."""

from types import SimpleNamespace

from obeya.config import serving


def test_a_room_that_stumbles_does_not_keep_the_next_ones_cold(monkeypatch, caplog):
    warmed = []

    def stumble():
        raise ZeroDivisionError

    rooms = [
        SimpleNamespace(name="first", warm_up=stumble),
        SimpleNamespace(name="quiet", warm_up=None),
        SimpleNamespace(name="last", warm_up=lambda: warmed.append("last")),
    ]
    monkeypatch.setattr(serving.rooms, "rooms", lambda: rooms)

    serving.warm_rooms()

    assert warmed == ["last"]
    assert "room first was not warmed up" in caplog.text
