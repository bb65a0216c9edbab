"""Modules from files, each time anew, as another process would find them."""

import importlib.util
import sys
from itertools import count
from pathlib import Path
from typing import Any

_numbers = count()


def loaded(path: Path) -> Any:
    """The module of a file; not the one that was loaded from it before."""
    spec = importlib.util.spec_from_file_location(f"{path.stem}_{next(_numbers)}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # Numba looks it up when it reads machine code
    exec(compile(path.read_text(), path, "exec"), module.__dict__)  # Python keeps no copy
    return module
