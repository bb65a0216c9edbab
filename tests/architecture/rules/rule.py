"""A rule over one Python file: what it refuses, where it holds, and its own examples."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    line: int
    what: str


@dataclass(frozen=True)
class Source:
    """A file, by its path inside the repository: src/obeya/modules/orders/actions.py."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts

    @property
    def layer(self) -> str:
        """actions, models, pages … whether it is a file or a package of that name."""
        if self.in_package("modules") or self.in_package("plant"):
            return self.parts[4].removesuffix(".py") if len(self.parts) > 4 else ""
        return ""

    def in_package(self, *names: str) -> bool:
        return self.parts[: 2 + len(names)] == ("src", "obeya", *names)

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts or self.parts[-1] == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts


@dataclass(frozen=True)
class Rule:
    """`refuse` yields the faults of a source; `holds_in` says which sources it is asked about."""

    name: str
    remedy: str
    refuse: Callable[[Source], Iterator[Fault]]
    holds_in: Callable[[Source], bool]
    example_path: str
    good: tuple[str, ...]
    bad: tuple[str, ...]

    def faults(self, source: Source) -> list[Fault]:
        return list(self.refuse(source)) if self.holds_in(source) else []


def production(source: Source) -> bool:
    return source.in_package() and not source.is_test and not source.is_migration


def every(source: Source) -> bool:
    return True


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with its dotted name: clock.now, datetime.datetime.now, publish."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield node, name


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every imported name in full: django.db.models.signals.post_save."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module or ''}.{each.name}") for each in node.names)


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    return {
        dotted(each.func if isinstance(each, ast.Call) else each) for each in node.decorator_list
    }
