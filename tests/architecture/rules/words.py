"""Shapes that we do not use: answers with an error in them, environment read anywhere, mocks."""

import ast
from collections.abc import Iterator

from .rule import Fault, Rule, Source, calls, every, imported, production

MOCKS = ("unittest.mock", "mock.", "pytest_mock")


def _error_answers(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Return) or not isinstance(node.value, ast.Dict):
            continue
        keys = {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
        if keys & {"error", "errors"} and keys & {"data", "ok", "success", "result"}:
            yield Fault(node.lineno, "an answer that is both result and error")


def _environment(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}:
            yield Fault(node.lineno, f"{ast.unparse(node)} outside the table of variables")


def _mocks(source: Source) -> Iterator[Fault]:
    for line, name in imported(source.tree):
        if f"{name}.".startswith(MOCKS):
            yield Fault(line, f"{name} replaces our own code")


def _sleeps(source: Source) -> Iterator[Fault]:
    for node, name in calls(source.tree):
        if name in {"time.sleep", "sleep", "asyncio.sleep", "page.wait_for_timeout"}:
            yield Fault(node.lineno, f"{name}() waits for time instead of for what happens")


def _bare_global_random(source: Source) -> Iterator[Fault]:
    has_module = any(name == "random" for _, name in imported(source.tree))
    for node, name in calls(source.tree):
        first, _, rest = name.partition(".")
        if (has_module and first == "random" and rest not in {"Random", ""}) or (
            name.startswith(("np.random.", "numpy.random."))
            and not name.endswith((".default_rng", ".Generator", ".SeedSequence"))
        ):
            yield Fault(node.lineno, f"{name}() draws from the global generator")


RULES = (
    Rule(
        name="no {data, error} answers: a refusal is raised",
        remedy="raise a Refusal that says which rule was broken and what to do",
        refuse=_error_answers,
        holds_in=production,
        example_path="src/obeya/modules/orders/api.py",
        good=("def f():\n    return {'data': 1}", "def f():\n    raise Refusal('no')"),
        bad=("def f():\n    return {'data': None, 'error': 'no'}",),
    ),
    Rule(
        name="the environment is read in one table",
        remedy="add a Variable to obeya/config/environment.py",
        refuse=_environment,
        holds_in=lambda source: production(source) and not source.in_package("config"),
        example_path="src/obeya/plant/log/clock.py",
        good=("from obeya.config import environment",),
        bad=("import os\nx = os.environ['OBEYA_X']", "import os\nx = os.getenv('OBEYA_X')"),
    ),
    Rule(
        name="tests use our own code, not mocks of it",
        remedy="set up the real thing with obeya.testing",
        refuse=_mocks,
        holds_in=every,
        example_path="tests/test_example.py",
        good=("from obeya.testing import a_plant",),
        bad=("from unittest.mock import patch", "from unittest import mock"),
    ),
    Rule(
        name="tests wait for what happens, never for time",
        remedy="wait on data-ready, a role, a row, or an event",
        refuse=_sleeps,
        holds_in=lambda source: source.is_test,
        example_path="tests/test_example.py",
        good=("page.wait_for_selector('body[data-ready]')",),
        bad=("time.sleep(1)", "page.wait_for_timeout(500)"),
    ),
    Rule(
        name="engines draw from a generator that they are given",
        remedy="take `seed` and make np.random.default_rng(seed)",
        refuse=_bare_global_random,
        holds_in=lambda source: production(source) and source.in_package("engines"),
        example_path="src/obeya/engines/scheduling/search.py",
        good=(
            "rng = np.random.default_rng(seed)",
            "import random\nrng = random.Random(7)",
            "def f(random):\n    return random.normal()",
        ),
        bad=("x = np.random.rand(3)", "import random\nx = random.random()"),
    ),
)
