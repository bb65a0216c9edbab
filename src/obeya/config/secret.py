"""The signing key: given by the environment, or made once and kept in the data folder."""

import os
import secrets
from pathlib import Path


def secret_key(given: str, data: Path) -> str:
    if given:
        return given
    path = data / "secret-key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
