"""The virtual environment: made from the pinned requirements, and only when they changed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from .shell import ROOT, Failed, call, can, run
from .system_packages import install

VENV = ROOT / ".venv"
LOCKS = [ROOT / "requirements" / "base.txt", ROOT / "requirements" / "dev.txt"]
STAMP = "obeya-setup.stamp"


def folder() -> Path:
    """Where the environment is: OBEYA_VENV names one to use instead of .venv."""
    return Path(os.environ.get("OBEYA_VENV") or VENV)


def python() -> Path:
    windows = os.name == "nt"
    return folder() / ("Scripts/python.exe" if windows else "bin/python")


def ensure() -> Path:
    """The interpreter with everything installed. The second call costs milliseconds."""
    stamp, wanted = folder() / STAMP, _fingerprint()
    if python().exists() and stamp.exists() and stamp.read_text() == wanted:
        return python()
    if not python().exists():
        _make()
    pip = [python(), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run(*pip, "install", "-q", "--require-hashes", "-r", LOCKS[1])
    run(*pip, "install", "-q", "--no-deps", "--no-build-isolation", "-e", ".")
    _compile_kernels()
    stamp.write_text(wanted)
    return python()


def _make() -> None:
    print(f"Making {folder()} with Python {sys.version.split()[0]}.", flush=True)
    if not can(sys.executable, "-c", "import ensurepip, venv"):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        if not any(install([name]) for name in (f"python{version}-venv", "python3-venv")):
            raise Failed(
                "This Python cannot make a virtual environment. Install what is missing, "
                f"on Debian and Ubuntu with\n    sudo apt-get install python{version}-venv\n"
                "and run this again."
            )
    run(sys.executable, "-m", "venv", folder())


def _compile_kernels() -> None:
    """Numba keeps the machine code, so that no user waits for the compiler."""
    program = (
        "import importlib.util, sys\n"
        "if not importlib.util.find_spec('obeya.engines.scheduling.warm_up'): sys.exit()\n"
        "from obeya.engines.scheduling.warm_up import compile_kernels\n"
        "compile_kernels()\n"
    )
    call(python(), "-c", program)


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in [*LOCKS, ROOT / "pyproject.toml"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def lock() -> None:
    """Pin what pyproject.toml asks for, with hashes and without the address of any index."""
    resolver = [python(), "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11",
                "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
                "--no-header", "-q", "pyproject.toml"]  # fmt: skip
    run(*resolver, "-o", LOCKS[0])
    run(*resolver, "--extra", "dev", "-c", LOCKS[0], "-o", LOCKS[1])


def output(*command: str | Path) -> str:
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
