"""From OBEYA_DATABASE_URL to Django's DATABASES entry; SQLite in the data folder by default."""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
    "PRAGMA recursive_triggers=ON"  # a row that REPLACE throws out fires its triggers, too
)
POSTGRES_START = "-c idle_in_transaction_session_timeout=15s -c lock_timeout=5s -c timezone=UTC"


def database(url: str, data: Path) -> dict[str, Any]:
    if not url:
        return sqlite(data / "obeya.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"OBEYA_DATABASE_URL begins with {parts.scheme}://; Obeya runs on PostgreSQL or SQLite."
            " Write postgresql://user:password@host:port/name, or leave it empty for SQLite."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": POSTGRES_START, **options},
    }


def sqlite(path: Path) -> dict[str, Any]:
    test = Path(tempfile.gettempdir()) / f"obeya-test-{os.getpid()}.sqlite3"
    return {
        "ENGINE": "obeya.plant.log.sqlite",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        "TEST": {"NAME": test},
    }
