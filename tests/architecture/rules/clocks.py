"""Who may look at a clock. Everything else is told the time: it can be tested and replayed."""

import ast
from collections.abc import Iterator

from .rule import Fault, Rule, Source, calls, dotted, production

REAL = {
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter",
    "monotonic", "perf_counter", "datetime.now", "datetime.utcnow", "datetime.today",
    "datetime.datetime.now", "datetime.datetime.utcnow", "date.today", "datetime.date.today",
    "timezone.now", "dt.datetime.now",
}  # fmt: skip
REAL_WITHOUT_ARGUMENT = {"timezone.localdate", "timezone.localtime", "localdate", "localtime"}
EFFECTIVE = {"clock.now", "clock.today"}
UNKNOWING_LAYERS = {"models", "events", "rows", "bridge", "forms"}


def _real(source: Source) -> Iterator[Fault]:
    for node, name in calls(source.tree):
        if name in REAL or (name in REAL_WITHOUT_ARGUMENT and not node.args):
            yield Fault(node.lineno, f"{name}() reads the real clock")


def _effective(source: Source) -> Iterator[Fault]:
    for node, name in calls(source.tree):
        if name in EFFECTIVE:
            yield Fault(node.lineno, f"{name}() reads the clock below the doors")


def _at_import(source: Source) -> Iterator[Fault]:
    """Calls outside any function body, and in default arguments: they run once, at import."""
    pending: list[ast.AST] = [source.tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Call):
            yield from _every_clock(node)
            pending.extend([*node.args, *(keyword.value for keyword in node.keywords)])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            pending.extend([*node.decorator_list, *node.args.defaults])
            pending.extend(default for default in node.args.kw_defaults if default)
        elif not isinstance(node, ast.Lambda):
            pending.extend(ast.iter_child_nodes(node))


def _every_clock(node: ast.Call) -> Iterator[Fault]:
    if (name := dotted(node.func)) in REAL | EFFECTIVE:
        yield Fault(node.lineno, f"{name}() runs when the file is imported")


def _keeps_real_time(source: Source) -> bool:
    return (
        source.in_package("plant", "log")
        or source.in_package("config")
        or source.in_package("testing")
        or source.parts[-1] == "bench.py"  # measures how long something takes
        or "benches" in source.parts
    )


RULES = (
    Rule(
        name="the real clock is read only where the log keeps recorded times",
        remedy="take the time as an argument; a door reads obeya.plant.log.clock.now()",
        refuse=_real,
        holds_in=lambda source: production(source) and not _keeps_real_time(source),
        example_path="src/obeya/modules/orders/actions.py",
        good=("def f(at):\n    return timezone.localtime(at)", "row.recorded_at = at"),
        bad=(
            "x = datetime.now(UTC)",
            "x = timezone.now()",
            "x = monotonic()",
            "x = localdate()",
        ),
    ),
    Rule(
        name="what lies below the doors and the verbs is told the time",
        remedy="take `now` or `at` as an argument",
        refuse=_effective,
        holds_in=lambda source: (
            production(source)
            and (source.in_package("engines") or source.layer in UNKNOWING_LAYERS)
        ),
        example_path="src/obeya/modules/orders/bridge.py",
        good=("def f(now):\n    return now",),
        bad=("def f():\n    return clock.now()",),
    ),
    Rule(
        name="no clock runs at import",
        remedy="call it inside the function, or pass the function itself as a default",
        refuse=_at_import,
        holds_in=lambda source: source.in_package() and not source.is_test,
        example_path="src/obeya/plant/log/example.py",
        good=(
            "def f():\n    return clock.now()",
            "at = DateTimeField(default=timezone.now)",
            "key = lambda: clock.now()",
        ),
        bad=(
            "TODAY = clock.now()",
            "def f(at=timezone.now()):\n    return at",
            "class A:\n    at = Field(default=timezone.now())",
        ),
    ),
)
