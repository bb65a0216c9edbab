"""What a room hands in with its module.py: menus, roles, reactions, guards are composed of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import partial
from typing import Any

from obeya.plant.log.command import Bench, Command
from obeya.plant.log.reactions import Reaction


@dataclass(frozen=True)
class MenuItem:
    """place is one of Today, Plan, Floor, Stock, Quality, Assets, People, Improve, or Settings.

    The least ``rank`` stands first and is where the place itself leads; equals stand in the order
    of the rooms.
    """

    place: str
    title: Any  # text, may be lazily translated
    url_name: str
    permission: str
    rank: int = 5


@dataclass(frozen=True)
class Tile:
    """A room's part of the page Today. column: safety, quality, delivery, cost or people."""

    name: str
    column: str
    template: str
    context: Callable[..., Mapping[str, Any]]  # context(*, site: Site, now: datetime, by: Actor)
    permission: str


@dataclass(frozen=True)
class Proof:
    """Recomputes a table from its ledger; every returned sentence is a disagreement."""

    name: str
    check: Callable[[], list[str]]


@dataclass(frozen=True)
class TimetableEntry:
    """Fires once per interval, or once a day at a UTC time; once also after downtime."""

    name: str
    do: Callable[..., Any]  # do(*, by: Actor, key: str)
    every_s: int | None = None
    daily_at: time | None = None


@dataclass(frozen=True)
class Topic:
    """What a page may follow live: signals of this name, and events of these kinds or rooms."""

    name: str
    view: str  # permission that its signals need; each event kind names its own
    kinds: Sequence[str] = ()  # "production.job_started", or "production" for the whole room


@dataclass(frozen=True)
class Found:
    """How a row of the plant looks in search."""

    row_id: int
    code: str
    title: str
    url: str
    words: str = ""  # further words to find it by
    site_id: int | None = None


@dataclass(frozen=True)
class Subject:
    """A kind of row that people find, talk about and attach files to."""

    model: str  # "resources.Material"
    title: Any
    view: str  # permission to see it, where it is
    change: str  # permission to attach and to comment
    found: Callable[[Sequence[int]], Sequence[Found]] | None = None  # ids → what search keeps
    on: Sequence[type] = ()  # events whose change rows say which of them to look at again


@dataclass(frozen=True)
class Module:
    name: str
    title: Any
    permissions: Mapping[str, Any] = field(default_factory=dict)  # codename → sentence
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)  # role code → codenames
    menu: Sequence[MenuItem] = ()
    reactions: Sequence[Reaction] = ()
    guards: Mapping[Callable[..., Any], Sequence[Callable[..., Any]]] = field(default_factory=dict)
    runners: Mapping[str, Callable[..., Any]] = field(default_factory=dict)  # run kind → function
    timetable: Sequence[TimetableEntry] = ()
    proofs: Sequence[Proof] = ()
    tiles: Sequence[Tile] = ()
    commands: Sequence[Any] = ()
    homes: Mapping[str, Any] = field(default_factory=dict)
    sheets: Sequence[Any] = ()
    search: Sequence[Subject] = ()
    topics: Sequence[Topic] = ()
    warm_up: Callable[[], None] | None = None  # once per process that serves, beside its work
    cli: Sequence[Command] = ()  # further `obeya` commands
    benches: Callable[[], Sequence[Bench]] = tuple  # asked by `obeya bench` alone: slow to load
    after_migrate: Sequence[Callable[[], object]] = ()
    first_start: Sequence[Callable[[], str | None]] = ()  # may answer a sentence to print
    demo: Callable[..., object] | None = None  # demo(*, by: Actor) fills an empty demo plant


_entered: dict[str, Module] = {}


def enter(module: Module) -> None:
    """Called once per room when the house opens, bottom room first."""
    _entered[module.name] = module


def rooms() -> tuple[Module, ...]:
    return tuple(_entered.values())


def room(name: str) -> Module:
    return _entered[name]


def reactions_to(event_type: type) -> list[Reaction]:
    return [each for each in _reactions() if each.on is event_type]


def reaction(name: str) -> Reaction | None:
    return next((each for each in _reactions() if each.name == name), None)


def _reactions() -> Iterator[Reaction]:
    """The rooms' tables, and search, which looks again at what the subjects' events changed."""
    from obeya.plant.log.search import look_again  # noqa: PLC0415 - it needs the models

    for module in _entered.values():
        yield from module.reactions
        for subject in module.search:
            for event_type in subject.on:
                again = partial(look_again, model=subject.model)
                yield Reaction(on=event_type, do=again, name=f"search.{subject.model}")


def subjects() -> dict[str, Subject]:
    return {each.model: each for module in _entered.values() for each in module.search}


def guards_of(action: Callable[..., Any]) -> list[Callable[..., Any]]:
    return [g for module in _entered.values() for g in module.guards.get(action, ())]


def topics() -> dict[str, list[Topic]]:
    """By name; several rooms may add kinds of events to one topic."""
    found: dict[str, list[Topic]] = {}
    for module in _entered.values():
        for topic in module.topics:
            found.setdefault(topic.name, []).append(topic)
    return found


def permissions() -> dict[str, Any]:
    return {code: text for module in _entered.values() for code, text in module.permissions.items()}
