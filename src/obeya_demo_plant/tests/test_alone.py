"""The plant of truth is a program of its own."""

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
WITHOUT = "obeya", "django", "numpy"


def test_it_starts_where_there_is_no_obeya_at_all():
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({WITHOUT!r}));"
        "from obeya_demo_plant.__main__ import main; main(['--help'])"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(SOURCE)!r}); {program}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "let an invented plant live beside its Obeya" in " ".join(done.stdout.split())
