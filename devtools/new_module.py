"""Scaffold a room: every file that a room has, working, with one red test."""

import re
from pathlib import Path
from string import Template

from . import environment
from .shell import ROOT, Failed, call, run

PATTERNS = Path(__file__).parent / "room"
ROOMS = Path("src/obeya/config/rooms.py")
CONTRACTS = Path(".importlinter")


def make(name: str, root: Path = ROOT) -> None:
    """Write the room into `root`, give it its place on top of the others, and make its table."""
    if not re.fullmatch(r"[a-z][a-z_]{2,30}", name):
        raise Failed("A room's name is one word in small letters: make new-module calibration")
    room = root / "src" / "obeya" / "modules" / name
    if room.exists():
        raise Failed(f"The room {name} stands already: {room.relative_to(root)}")
    _write(room, name)
    _add_to_the_list(root / ROOMS, name)
    _add_to_the_contract(root / CONTRACTS, name)
    python = environment.ensure()
    django = {"DJANGO_SETTINGS_MODULE": "obeya.config.settings", "PYTHONPATH": str(root / "src")}
    run(python, "-m", "django", "makemigrations", "-v", "0", name, env=django, cwd=root)
    (room / "migrations" / "max_migration.txt").write_text("0001_initial\n")
    call(python, "-m", "ruff", "check", "-q", "--fix", room, cwd=root)
    call(python, "-m", "ruff", "format", "-q", room, root / ROOMS, cwd=root)
    print(f"The room stands in {room.relative_to(root)}; it is the last of {ROOMS}.")
    print("One of its tests is red and says what to do first. Run them:")
    print(f"    python3 dev.py test {room.relative_to(root)}")


def _write(room: Path, name: str) -> None:
    words = name.replace("_", " ")
    names = {
        "room": name,
        "Room": words.title().replace(" ", ""),
        "words": words,
        "title": words.capitalize(),
        "slug": name.replace("_", "-"),
    }
    for pattern in sorted(PATTERNS.rglob("*.txt")):
        place = pattern.relative_to(PATTERNS).with_suffix("")
        if place.parts[0] == "templates":
            place = Path("templates") / name / place.name
        target = room / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(pattern.read_text("utf-8")).substitute(names), "utf-8")


def _add_to_the_list(path: Path, name: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(ROOMS = \[.*?)(\n\])", rf'\1\n    "{name}",\2', text, flags=re.S))


def _add_to_the_contract(path: Path, name: str) -> None:
    """The same order, top first."""
    head, mark, tail = path.read_text("utf-8").partition("contract:rooms-order]")
    path.write_text(head + mark + tail.replace("layers =\n", f"layers =\n    ({name})\n", 1))
