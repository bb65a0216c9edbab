"""The browser of the browser tests: Debian's own package, with fonts."""

import os
import shutil
from pathlib import Path

from .system_packages import find_or_install

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """Found, or installed where that needs no password."""
    return find_or_install(
        found, "Chromium (or its fonts)", ["chromium", "fonts-dejavu-core", "fonts-noto-core"]
    )


def found() -> str | None:
    """OBEYA_CHROMIUM, or the first of its usual names, with fonts beside it."""
    program = os.environ.get("OBEYA_CHROMIUM") or next(filter(shutil.which, PROGRAMS), None)
    return program if program and _has_fonts() else None


def _has_fonts() -> bool:
    """Without fonts, Debian's Chromium draws boxes; macOS and Windows bring their own."""
    folder = Path("/usr/share/fonts")
    return os.name == "nt" or not Path("/etc/debian_version").exists() or any(folder.rglob("*.ttf"))
