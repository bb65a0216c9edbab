"""What compiled functions must not do."""

import ast
from collections.abc import Iterator

from .rule import Fault, Rule, Source, calls


def _calls_itself(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef) or not any(map(_compiles, node.decorator_list)):
            continue
        for call, name in calls(node):
            if name == node.name:
                yield Fault(call.lineno, f"the kernel {name}() calls itself")


def _compiles(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id.startswith("njit")


RULES = (
    Rule(
        name="no kernel calls itself",
        remedy="write a loop with a stack: read from the cache, such a kernel can crash",
        refuse=_calls_itself,
        holds_in=lambda source: source.in_package("engines"),
        example_path="src/obeya/engines/scheduling/kernels/example.py",
        good=(
            "@njit\ndef f(n):\n    return g(n)",
            "def f(n):\n    return f(n - 1)",
        ),
        bad=("@njit\ndef f(n):\n    return f(n - 1)", "@njit_that_allocates\ndef f(n):\n    f(n)"),
    ),
)
