"""A database may give the rows of a question without an order in any order: here it does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

_AS_IT_IS = (" ORDER BY ", " LIMIT ", " FOR UPDATE", " FOR NO KEY UPDATE")
_AS_A_WHOLE = ("SELECT DISTINCT", " UNION ", " INTERSECT ", " EXCEPT ")


def rows_in_any_order() -> AbstractContextManager[None]:
    """What is right here only by luck of the database's order goes wrong: on any machine, soon."""
    return connection.execute_wrapper(_in_any_order)


def _in_any_order(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if _is_without_order(sql):
        if any(each in sql for each in _AS_A_WHOLE):
            sql = f"SELECT * FROM ({sql}) AS found"  # noqa: S608 - Django's own words
        sql += " ORDER BY RANDOM()"
    return execute(sql, params, many, context)


def _is_without_order(sql: Any) -> bool:
    is_question = isinstance(sql, str) and sql.startswith("SELECT") and " FROM " in sql
    return is_question and not any(each in sql for each in _AS_IT_IS)
