"""What every test may use, in `src` and in `tests` alike; the parts stand in tests/support."""

pytest_plugins = [
    "tests.support.browser",
    "tests.support.databases",
    "tests.support.server",
    "tests.support.gallery",
    "tests.support.passwords",
    "tests.support.shared",
]
