"""Reference pages that the code itself writes when the documentation is built; never stale.

MkDocs calls `on_files`. A test asks that everything named here has a sentence.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Row = tuple[str, ...]


def on_files(files, config):
    import django
    from mkdocs.structure.files import File

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "obeya.config.settings")
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    django.setup()
    _open_house()
    for name, page in PAGES.items():
        files.append(File.generated(config, f"reference/{name}.md", content=page()))
    return files


def _open_house() -> None:
    from tests.architecture.house import open_house

    open_house()


def environment_rows() -> list[Row]:
    from obeya.config.environment import VARIABLES

    return [(f"`{each.name}`", f"`{each.default}`", each.meaning) for each in VARIABLES]


def event_rows() -> list[Row]:
    from obeya.plant.log.events import kinds

    return [
        (
            f"`{kind}`",
            sentence(each.type) or in_words(kind),
            ", ".join(f"`{field.name}`" for field in fields(each.type)),
            f"`{each.view}`",
        )
        for kind, each in sorted(kinds().items())
    ]


def verb_rows() -> list[Row]:
    from obeya.plant.log.actions import actions

    return [
        (f"`{name}`", sentence(each.function) or in_words(name), f"`{each.permission}`")
        for name, each in sorted(actions().items())
    ]


def permission_rows() -> list[Row]:
    from obeya.plant.log.rooms import permissions, rooms

    holders: dict[str, list[str]] = {}
    for room in rooms():
        for role, codes in room.roles.items():
            for code in codes:
                holders.setdefault(code, []).append(role)
    return [
        (f"`{code}`", str(meaning), ", ".join(sorted(holders.get(code, []))))
        for code, meaning in sorted(permissions().items())
    ]


def role_rows() -> list[Row]:
    """What each shipped role may do when no plant has changed it."""
    from obeya.plant.log.access.actions.roles import shipped_permissions
    from obeya.plant.log.access.shipped import SHIPPED_ROLES

    held: dict[str, list[str]] = {code: [] for code in SHIPPED_ROLES}
    for code, permission in sorted(shipped_permissions()):
        held[code].append(f"`{permission}`")
    return [(f"`{code}`", str(SHIPPED_ROLES[code]), ", ".join(held[code])) for code in held]


def command_rows() -> list[Row]:
    from obeya.config.cli import commands

    return [(f"`obeya {name}`", meaning) for name, meaning in sorted(commands().items())]


def page_rows() -> list[Row]:
    from django.urls import get_resolver

    return [
        (f"`/{route}`", sentence(view))
        for route, view in sorted(_routes(get_resolver(), ""), key=str)
    ]


def _routes(resolver, prefix: str) -> Iterator[tuple[str, Callable]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, route)
        else:
            yield route, pattern.callback


def rule_rows() -> list[Row]:
    from tests.architecture.rules import RULES

    return [
        (rule.name, rule.remedy, f"`{min(rule.bad, key=len)}`".replace("\n", " ⏎ "))
        for rule in RULES
    ]


def sentence(thing: object) -> str:
    """The first paragraph of a docstring; nothing where a dataclass made one up."""
    doc = (getattr(thing, "__doc__", "") or "").strip()
    made_up = doc.startswith(f"{getattr(thing, '__name__', '')}(")
    return "" if made_up or not doc else " ".join(doc.split("\n\n")[0].split())


def in_words(name: str) -> str:
    """maintenance.equipment_went_down → Equipment went down: most names say it all."""
    return name.rpartition(".")[2].replace("_", " ").capitalize()


def table(head: Row, rows: list[Row]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in cells) + "\n"


def environment() -> str:
    return (
        "# Environment variables\n\n"
        "Everything that is set from outside. Nothing else reads the environment.\n\n"
        + table(("variable", "default", "meaning"), environment_rows())
    )


def events() -> str:
    return (
        "# Events\n\n"
        "What can happen, as the log tells it. Whoever holds the permission sees it.\n\n"
        + table(("kind", "meaning", "payload", "seen with"), event_rows())
    )


def verbs() -> str:
    return (
        "# Verbs and permissions\n\nEverything that changes the plant; every door calls these.\n\n"
        + table(("verb", "meaning", "permission"), verb_rows())
        + "\n## Permissions\n\nRoles are data; these are the shipped ones.\n\n"
        + table(("permission", "meaning", "roles"), permission_rows())
    )


def roles() -> str:
    return (
        "# Roles\n\n"
        "Roles are data: the plant may change what each may do, and make its own. These come "
        "with Obeya, composed of what the rooms declare. Everybody may look after their own "
        "account.\n\n" + table(("role", "title", "may"), role_rows())
    )


def commands() -> str:
    return "# Commands\n\n`obeya COMMAND --help` says more.\n\n" + table(
        ("command", "meaning"), command_rows()
    )


def pages() -> str:
    return "# Pages\n\nEvery address that answers.\n\n" + table(("address", "meaning"), page_rows())


def workbook() -> str:
    from obeya.modules.exchange.sheets import ROW_CLASSES

    parts = [
        "# The workbook\n\nEvery sheet of `obeya template`, in the order in which an import saves "
        "them. Columns in **bold** must be filled.\n"
    ]
    for row_class in ROW_CLASSES:
        parts.append(f"\n## {row_class.SHEET}\n\n{sentence(row_class)}\n\n")
        parts.append(table(("column", "kind", "meaning", "where left out"), column_rows(row_class)))
    return "".join(parts)


def column_rows(row_class: type) -> list[Row]:
    from obeya.modules.exchange.reading.columns import columns_of
    from obeya.modules.exchange.writing.book import kind_of

    return [
        (
            f"**`{column.name}`**" if column.is_required else f"`{column.name}`",
            kind_of(column),
            column.note,
            "" if column.default in (None, "", ()) else f"`{column.default}`",
        )
        for column in columns_of(row_class).values()
    ]


def rules() -> str:
    return (
        "# Rules that tests hold\n\n"
        "Beside lint, types and the contracts in `.importlinter`. "
        "Each has lines that it must refuse, and lines that it must not.\n\n"
        + table(("rule", "remedy", "refused, for example"), rule_rows())
    )


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "environment": environment,
    "events": events,
    "pages": pages,
    "roles": roles,
    "rules": rules,
    "verbs": verbs,
    "workbook": workbook,
}
