"""Third-party browser files that we carry: what they are, and proof that nobody changed them.

``python -m obeya.ui.vendor check`` compares every file with ``vendor.lock.json``, offline.
``python -m obeya.ui.vendor fetch`` (a maintainer's command, needs npm) packs each pinned package
without running its scripts, checks its integrity, and extracts the named files only. To carry
another file or icon, name it in the lock file with an empty ``sha256``, then fetch.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "ui" / "vendor"
LOCK = FOLDER / "vendor.lock.json"
NOTICE = Path(__file__).parent / "THIRD_PARTY.md"


def read_lock() -> list[dict]:
    return json.loads(LOCK.read_text(encoding="utf-8"))["packages"]


def problems(folder: Path = FOLDER) -> list[str]:
    """Every difference between the lock and the files, each as a sentence; empty is good."""
    found = []
    locked = {LOCK.name}
    for package in read_lock():
        for name, entry in package["files"].items():
            path = folder / package["folder"] / name
            locked.add(f"{package['folder']}/{name}")
            if not path.is_file():
                found.append(f"{path.name} of {package['spec']} is missing; fetch it again.")
            elif hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
                found.append(f"{path.name} is not the file of {package['spec']}; fetch it again.")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in locked:
            found.append(f"{name} is in the vendor folder but not in the lock; lock or remove it.")
    if NOTICE.read_text(encoding="utf-8") != notice():
        found.append("THIRD_PARTY.md does not agree with the lock; fetch writes it.")
    return found


def notice() -> str:
    """The text of THIRD_PARTY.md, made from the lock."""
    lines = [
        "# Third-party files that Obeya carries",
        "",
        "Made from `static/ui/vendor/vendor.lock.json`; the licence texts stand beside the files.",
        "",
        "| package | licence | files |",
        "|---|---|---|",
    ]
    for package in read_lock():
        files = ", ".join(f"`{package['folder']}/{name}`" for name in package["files"])
        lines.append(f"| {package['spec']} | {package['licence']} | {files} |")
    return "\n".join([*lines, ""])


def fetch() -> None:
    """Take every locked file from its package again and write the hashes into the lock."""
    packages = read_lock()
    for package in packages:
        with tempfile.TemporaryDirectory() as scratch:
            tarball = _pack(package, Path(scratch))
            with tarfile.open(tarball) as archive:
                for name, entry in package["files"].items():
                    content = _content(archive, package, entry["from"])
                    path = FOLDER / package["folder"] / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                    entry["sha256"] = hashlib.sha256(content).hexdigest()
    text = json.dumps({"packages": packages}, indent=2) + "\n"
    LOCK.write_text(text, encoding="utf-8")
    NOTICE.write_text(notice(), encoding="utf-8")


def _pack(package: dict, folder: Path) -> Path:
    command = ["npm", "pack", package["spec"], "--ignore-scripts", "--silent"]
    packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    tarball = folder / packed.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    integrity = f"sha512-{digest}"
    if package["integrity"] not in ("", integrity):
        raise SystemExit(f"{package['spec']} is not what was locked. Find out why before going on.")
    package["integrity"] = integrity
    return tarball


def _content(archive: tarfile.TarFile, package: dict, source: str) -> bytes:
    if source == "icons/*.svg":
        return _sprite(archive, package)
    return archive.extractfile(f"package/{source}").read()


def _sprite(archive: tarfile.TarFile, package: dict) -> bytes:
    """One file with a <symbol> for each icon that we use."""
    symbols = []
    for name in sorted(package["icons"]):
        text = archive.extractfile(f"package/icons/{name}.svg").read().decode()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL).group(1)
        drawing = " ".join(inner.split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    body = "\n".join(symbols)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\n{body}\n</svg>\n'
    ).encode()


def main(arguments: list[str]) -> int:
    if arguments == ["fetch"]:
        fetch()
    elif arguments != ["check"]:
        print("usage: python -m obeya.ui.vendor check | fetch")
        return 2
    found = problems()
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
