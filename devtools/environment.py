"""The virtual environment: made from the pinned requirements, and only when they changed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from .shell import ROOT, Failed, can, run
from .system_packages import install

VENV = ROOT / ".venv"
BASE = ROOT / "requirements" / "base.txt"  # what running Obeya needs
DEV = ROOT / "requirements" / "dev.txt"  # and what building it needs
ENGINES = ROOT / "src" / "obeya" / "engines"
KERNELS = ENGINES / "__pycache__" / "kernels.stamp"  # Numba keeps its machine code beside
BENCH = ROOT / "requirements" / "bench.txt"  # what benchmarks compare it with; only on demand


def folder() -> Path:
    """Where the environment is: OBEYA_VENV names one to use instead of .venv."""
    return Path(os.environ.get("OBEYA_VENV") or VENV)


def python() -> Path:
    windows = os.name == "nt"
    return folder() / ("Scripts/python.exe" if windows else "bin/python")


def ensure(*, lock: Path = DEV) -> Path:
    """The interpreter with everything of `lock` installed. The second call costs milliseconds."""
    if python().exists() and any(_is_installed(wide_enough) for wide_enough in (lock, DEV)):
        _keep_kernels()
        return python()
    if not python().exists():
        _make()
    print(f"Installing {lock.relative_to(ROOT)}: a few minutes, this once.", flush=True)
    pip = [python(), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q"]
    run(*pip, "--require-hashes", "-r", lock)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    _compile_modules()
    _keep_kernels()
    _stamp(lock).write_text(_fingerprint(lock))
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


def _compile_modules() -> None:
    """As pip does with all others: else the first start of each part reads its source, and every
    start where the machine forbids Python to write beside it.
    """
    run(python(), "-m", "compileall", "-q", "-j", "0", "-x", "/tests/", ROOT / "src")


def _keep_kernels() -> None:
    """Numba keeps the machine code, so that no user waits for the compiler: also after a pull."""
    now = source_of(ENGINES)
    if KERNELS.exists() and KERNELS.read_text() == now:
        return
    print("Compiling machine code: a minute or two, when an engine is new.", flush=True)
    if _compile_kernels() == 0:
        KERNELS.parent.mkdir(exist_ok=True)
        KERNELS.write_text(now)


def source_of(folder: Path) -> str:
    """A digest of all Python under a folder, and of the Python that would compile it."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"\n{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _compile_kernels() -> int:
    """Both halves at the same time; the worse outcome."""
    program = (
        "import importlib.util, sys\n"
        "if not importlib.util.find_spec('obeya.engines.scheduling.instances'): sys.exit()\n"
        "from obeya.engines.scheduling.instances import warm_up\n"
        "getattr(warm_up, sys.argv[1])()\n"
    )
    halves = ("compile_first_half", "compile_second_half")
    running = [subprocess.Popen([str(python()), "-c", program, half], cwd=ROOT) for half in halves]
    return max(abs(each.wait()) for each in running)


def _stamp(lock: Path) -> Path:
    return folder() / f"obeya-{lock.stem}.stamp"


def _is_installed(lock: Path) -> bool:
    return _stamp(lock).exists() and _stamp(lock).read_text() == _fingerprint(lock)


def _fingerprint(lock: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (lock, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write_locks() -> None:
    """Pin what pyproject.toml asks for, with hashes and without the address of any index."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "-q",
               "--no-emit-index-url", "--no-emit-find-links"]  # fmt: skip
    compile_ = [ensure(), "-m", "uv", "pip", "compile", *options]
    resolve = [*compile_, "pyproject.toml"]
    run(*resolve, "--group", "build", "-o", BASE)
    run(*resolve, "--group", "build", "--group", "dev", "-c", BASE, "-o", DEV)
    run(*compile_, "--group", "bench", "-c", DEV, "-o", BENCH)
