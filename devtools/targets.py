"""The targets of `dev.py`; the first line of each docstring is its line in `make help`."""

from collections.abc import Callable

from . import environment
from .shell import become, run


def help_() -> None:
    """This list."""
    print("make TARGET, or python3 dev.py TARGET:\n")
    for name, target in TARGETS.items():
        print(f"  {name:<11} {(target.__doc__ or '').splitlines()[0]}")


def setup() -> None:
    """Make .venv from the pinned requirements; fast when nothing changed."""
    print(f"Ready: {environment.ensure()}")


def demo(*options: str) -> None:
    """Set up, fill a small plant (SIZE=M: 45 machines), and open it on http://localhost:8000."""
    become(environment.ensure(lock=environment.BASE), "-m", "obeya", "demo", *options)


def dev() -> None:
    """Like demo, and reload when a file changes."""
    become(environment.ensure(), "-m", "obeya", "demo", "--reload")


def test(*arguments: str) -> int:
    """Every quick test, on SQLite and on PostgreSQL (at most five minutes)."""
    from . import testing

    return testing.quick(*arguments)


def test_all() -> int:
    """Everything: slow tests, browser on both databases, docs, lint, types, contracts."""
    from . import testing

    return testing.everything()


def check() -> int:
    """Lint, format, types, contracts between packages, migrations. No tests."""
    from . import testing

    return testing.check()


def bench(*names: str) -> None:
    """The figures in benchmarks/, measured on this machine."""
    python = environment.ensure()
    for name in names or ("kernel",):
        figures = f"benchmarks/{name}.json"
        run(python, "-m", "obeya", "bench", name, *MEASURED.get(name, ()), "--json", figures)
        if name in TABLES:
            page = f"benchmarks/{TABLES[name]}"
            run(python, "-m", "obeya.modules.scheduling.benches.page", figures, page)


MEASURED = {  # what a bench must be told
    "import": ("../shared/plants/synthetic/L",),
    "scheduling": ("../shared/benchmarks/scheduling",),
}
TABLES = {
    "scheduling": "scheduling.md",
    "plant": "plant.md",
    "reaction": "reaction.md",
    "engine": "engine-profile.md",
}


def docs() -> None:
    """Build the documentation into site/; a broken link fails."""
    run(environment.ensure(), "-m", "mkdocs", "build", "--strict", "-q")


def lock() -> None:
    """Pin the requirements anew after a change of pyproject.toml."""
    environment.write_locks()


def new_module(name: str = "") -> None:
    """Scaffold a room with one red test: make new-module calibration."""
    from . import new_module as scaffold

    scaffold.make(name)


TARGETS: dict[str, Callable[..., int | None]] = {
    "help": help_,
    "setup": setup,
    "demo": demo,
    "dev": dev,
    "test": test,
    "test-all": test_all,
    "check": check,
    "bench": bench,
    "docs": docs,
    "lock": lock,
    "new-module": new_module,
}
