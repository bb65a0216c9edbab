"""A tiny instance of each problem, solved at set-up: so every kernel is compiled as it is used."""

from ..budget import Budget
from .route import read_instance

TEXTS = (
    ("", "2 2\n0 3 1 4\n1 5 0 6\n"),
    ("", "2 2 2\n2 1 1 5 2 1 3 2 4\n1 2 1 6 2 2\n"),
    ("", "2 1 1\n2 1 1 5 1 1 6\n1 1 1 2\n\n0 2 3\n3 0 1\n2 2 0\n"),
    ("", "3\n2\n2 1\n5 6\n7 8\n9 1\n"),
    ("nw", "3\n2\n5 6\n7 8\n9 1\n"),
    ("pfsp", "3\n2\n5 6\n7 8\n9 1\n"),
    ("", "2\n2\n5 6\n7 8\n0 1\n2 0\n0 3\n4 0\n"),
    ("", "3\n2\n20 30 40\n5 6\n7 8\n9 1\n"),
    ("", "4 1\n4\n0 0 2 2 3\n5 2 1 4\n3 3 1 4\n0 0 0\n"),
)


def compile_for_instances() -> None:
    """Solve each with one work unit."""
    for hint, text in TEXTS:
        instance = read_instance(text, hint=hint)
        instance.solve(budget=Budget(1), seed=1, workers=1, on_better=lambda _: None)
