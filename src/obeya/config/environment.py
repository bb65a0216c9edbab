"""Every environment variable that Obeya reads; nothing else looks at os.environ."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    name: str
    default: str
    meaning: str


VARIABLES: tuple[Variable, ...] = (
    Variable("OBEYA_DATA", "./data", "Folder of everything that is kept: database, files, keys."),
    Variable(
        "OBEYA_DATABASE_URL",
        "",
        "postgresql://user:password@host:port/name; empty means SQLite in OBEYA_DATA.",
    ),
    Variable("OBEYA_HOSTS", "*", "Host names that the web answers to, separated by commas."),
    Variable("OBEYA_HTTP", "127.0.0.1:8000", "Address and port that the web process listens on."),
    Variable(
        "OBEYA_HTTPS",
        "0",
        "1 when pages are reached by HTTPS only: secure cookies, strict transport security.",
    ),
    Variable("OBEYA_ORIGINS", "", "Origins trusted for forms behind a proxy, as https://host."),
    Variable(
        "OBEYA_SECRET_KEY", "", "Signing key; empty means a generated one kept in OBEYA_DATA."
    ),
    Variable("OBEYA_DEBUG", "0", "1 shows errors in the browser; never in a plant."),
    Variable("OBEYA_DEMO", "0", "1 allows the demo clock and shows the demo log-ins."),
    Variable("OBEYA_LANGUAGE", "en", "Language of people who have not chosen one."),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def read(name: str) -> str:
    return os.environ.get(name) or _BY_NAME[name].default


def is_on(name: str) -> bool:
    return read(name).lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    return [word.strip() for word in read(name).split(",") if word.strip()]
