"""A real Chromium, as Debian packages it; nothing is downloaded.

Wait for what a user would see (`ready(page)`, a role, a text), never for time or network idleness:
a live page never becomes idle.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import devtools.chromium

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "test-artifacts"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    program = devtools.chromium.found()
    if program is None:
        pytest.fail("Chromium is missing: `make test` installs it, or apt-get install chromium.")
    return shutil.which(program) or program


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop, in which the ORM refuses to work.

    Slow ones come first, so that no core waits at the end for what another has just begun.
    """
    items.sort(key=lambda item: (_has(item, "browser"), not _has(item, "slow")))


def _has(item: pytest.Item, mark: str) -> bool:
    return item.get_closest_marker(mark) is not None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome: Any = yield
    report = outcome.get_result()
    if report.when == "call":
        item.stash[FAILED] = report.failed


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@contextmanager
def new_browser(playwright: Any, **options: Any) -> Iterator[Any]:
    """One browser window of its own: own cookies, own cache."""
    with tempfile.TemporaryDirectory(prefix="obeya-chromium-") as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium(),
            headless=False,  # the flag says it: the new headless mode is the whole browser
            args=FLAGS,
            viewport={"width": 1280, "height": 800},
            locale="en-GB",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        context.tracing.start(screenshots=True, snapshots=True)
        try:
            yield context
        finally:
            context.close()


@pytest.fixture(scope="session")
def browser_window(playwright: Any) -> Iterator[Any]:
    with new_browser(playwright) as context:
        yield context


@pytest.fixture(scope="session")
def second_window(playwright: Any) -> Iterator[Any]:
    with new_browser(playwright) as context:
        yield context


@pytest.fixture
def page(browser_window: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A new page without cookies. A trace of a failure is left in test-artifacts."""
    with _traced_page(browser_window, request, "") as page:
        yield page


@pytest.fixture
def second_page(second_window: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Somebody else's browser."""
    with _traced_page(second_window, request, "-second") as page:
        yield page


@contextmanager
def _traced_page(context: Any, request: pytest.FixtureRequest, suffix: str) -> Iterator[Any]:
    context.clear_cookies()
    context.tracing.start_chunk(title=request.node.nodeid)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: _note_blocked(message, errors))
    yield page
    trace = None
    if request.node.stash.get(FAILED, False) or errors:
        ARTIFACTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        trace = ARTIFACTS / f"{name}{suffix}-trace.zip"
    context.tracing.stop_chunk(path=trace)
    page.close()
    assert not errors, f"the page reported errors: {errors}"


def _note_blocked(message: Any, errors: list[str]) -> None:
    if "Content Security Policy" in message.text:
        errors.append(message.text)


def ready(page: Any) -> None:
    """Wait until the page has said that its islands stand (`data-ready` on the body)."""
    page.wait_for_selector("body[data-ready]", state="attached")


def open_page(page: Any, url: str) -> None:
    page.goto(url, wait_until="domcontentloaded")
    ready(page)


def accessibility_faults(page: Any) -> list[str]:
    """What axe calls serious or critical on this page, as sentences."""
    from axe_playwright_python.sync_playwright import Axe

    options = {
        "runOnly": {"type": "tag", "values": AXE_TAGS},
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} at {json.dumps([n['target'] for n in fault['nodes']])}"
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.fixture
def check_accessibility(page: Any) -> Callable[[], None]:
    def check() -> None:
        assert accessibility_faults(page) == []

    return check
