"""The database's own help for search: trigrams, on SQLite by FTS5 and on PostgreSQL by pg_trgm.

Installed after every migrate, again and again: a remade table on SQLite loses its triggers.
"""

from django.db import DatabaseError, connection, transaction

_SQLITE = [
    # external content: the words stand once, in the table; LIKE is what the index answers
    "CREATE VIRTUAL TABLE IF NOT EXISTS log_search_words USING fts5("
    "text, content='log_searchentry', content_rowid='id', tokenize='trigram', detail=none)",
    "CREATE TRIGGER IF NOT EXISTS log_searchentry_in AFTER INSERT ON log_searchentry BEGIN"
    " INSERT INTO log_search_words(rowid, text) VALUES (NEW.id, NEW.text); END",
    "CREATE TRIGGER IF NOT EXISTS log_searchentry_out AFTER DELETE ON log_searchentry BEGIN"
    " INSERT INTO log_search_words(log_search_words, rowid, text)"
    " VALUES ('delete', OLD.id, OLD.text); END",
    "CREATE TRIGGER IF NOT EXISTS log_searchentry_new AFTER UPDATE OF text ON log_searchentry BEGIN"
    " INSERT INTO log_search_words(log_search_words, rowid, text)"
    " VALUES ('delete', OLD.id, OLD.text);"
    " INSERT INTO log_search_words(rowid, text) VALUES (NEW.id, NEW.text); END",
]
_POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS log_searchentry_words ON log_searchentry"
    " USING gin (text gin_trgm_ops)",
]


def install() -> bool:
    """False where the database's owner must create pg_trgm: search works, only slower."""
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    had_triggers = connection.vendor != "sqlite" or _triggers() == 3
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            if not had_triggers:  # what was written meanwhile is not in it
                cursor.execute("INSERT INTO log_search_words(log_search_words) VALUES ('rebuild')")
    except DatabaseError:
        if connection.vendor == "sqlite":
            raise
        return False
    return True


def capped_matches(words: list[str], cap: int) -> list[int] | None:
    """Ids of entries with all words, from the index; None when there are more than the cap."""
    likes = " AND ".join(["text LIKE %s"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM log_search_words WHERE {likes} LIMIT {cap + 1}",  # noqa: S608
            [f"%{word}%" for word in words],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return None if len(ids) > cap else ids


def _triggers() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            " AND tbl_name = 'log_searchentry'"
        )
        return int(cursor.fetchone()[0])
