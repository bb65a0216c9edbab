"""Programs that Python packages cannot bring: installed through apt where we may, else named."""

import os
import shutil
from collections.abc import Callable
from typing import TypeVar

from .shell import Failed, call, can

Found = TypeVar("Found")


def find_or_install(find: Callable[[], Found | None], what: str, packages: list[str]) -> Found:
    """What `find` finds, if need be after installing `packages`."""
    if found := find():
        return found
    print(f"{what} is missing.")
    if install(packages) and (found := find()):
        return found
    raise Failed(
        f"{what} is missing. Install it, on Debian and Ubuntu with\n"
        f"    sudo apt-get install {' '.join(packages)}\nand run this again."
    )


def install(packages: list[str]) -> bool:
    """Install Debian packages where that needs no password; False where it may not."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        prefix = []
    elif can("sudo", "-n", "true"):
        prefix = ["sudo", "-n"]
    else:
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"]
    command = [*apt, "install", "--no-install-recommends", *packages]
    print("Installing", *packages, flush=True)
    if call(*command) == 0:
        return True
    call(*apt, "update")  # the package lists may be old or absent
    return call(*command) == 0
