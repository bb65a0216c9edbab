"""The OpenAPI 3.1 document, made from the registered endpoints: it cannot differ from them."""

from typing import Any

from obeya.plant.log.api.endpoints import (
    MOST_LISTED,
    ListEndpoint,
    QuestionEndpoint,
    RowsEndpoint,
    list_endpoints,
    question_endpoints,
    rows_endpoints,
)
from obeya.plant.log.api.shapes import row_schema
from obeya.ui.lists.state import ALL, DONE, OPEN

Endpoint = RowsEndpoint | ListEndpoint | QuestionEndpoint
PROBLEMS = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "a sentence for a person"},
        "status": {"type": "integer"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "row": {"type": ["integer", "null"], "description": "index, from 0"},
                    "field": {"type": "string"},
                    "value": {"type": "string"},
                    "rule": {"type": "string"},
                    "remedy": {"type": "string"},
                },
            },
        },
    },
}
SITE = {
    "name": "site",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "code of the site",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 120},
    "description": "the same key has one effect and one answer, for 30 days",
}


def document() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {"Problems": PROBLEMS}
    for posting in rows_endpoints():
        schemas[posting.row.__name__] = row_schema(posting.row)
        paths.setdefault(_path(posting), {})["post"] = _post(posting)
    for listing in list_endpoints():
        paths.setdefault(_path(listing), {})["get"] = _get_page(listing)
        paths[f"{_path(listing)}{{key}}/"] = {"get": _get_one(listing)}
    for question in question_endpoints():
        paths.setdefault(_path(question), {})["get"] = _ask(question)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Obeya", "version": "1"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}, {"session": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "session"},
            },
        },
    }


def _path(endpoint: Endpoint) -> str:
    place = "/s/{site}" if endpoint.scope == "site" else ""
    return f"{place}/{endpoint.name}/"


def _post(endpoint: RowsEndpoint) -> dict[str, Any]:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{endpoint.row.__name__}"}}
    body = {"type": "object", "properties": {"rows": rows}, "required": ["rows"]}
    return {
        "operationId": endpoint.action.name,
        "summary": _first_line(endpoint.action.function),
        "x-permission": endpoint.action.permission,
        "parameters": [*_place(endpoint), KEY],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _answer({"type": "object"}, "what was done"),
            **_refusals("409", "422"),
        },
    }


def _get_page(endpoint: ListEndpoint) -> dict[str, Any]:
    whole = {"type": "integer", "minimum": 0}
    page = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": _listed(endpoint)},
            "next": {"type": ["string", "null"], "description": "address of the next page"},
        },
    }
    return {
        "operationId": f"list_{endpoint.scope}_{endpoint.name}",
        "summary": _first_line(endpoint.query),
        "x-permission": getattr(endpoint.query, "permission", ""),
        "parameters": [
            *_place(endpoint),
            {"name": "after", "in": "query", "schema": whole},
            {"name": "limit", "in": "query", "schema": whole | {"maximum": MOST_LISTED}},
            *_state(endpoint),
        ],
        "responses": {"200": _answer(page, "a page"), **_refusals()},
    }


def _state(endpoint: ListEndpoint) -> list[dict[str, Any]]:
    if endpoint.state is None:
        return []
    told = [f"{side}: {', '.join(map(str, endpoint.state.values(side)))}" for side in (OPEN, DONE)]
    schema = {"type": "string", "enum": [OPEN, DONE, ALL], "default": ALL}
    return [{"name": "state", "in": "query", "schema": schema, "description": "; ".join(told)}]


def _get_one(endpoint: ListEndpoint) -> dict[str, Any]:
    key = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "operationId": f"get_{endpoint.scope}_{endpoint.name}",
        "summary": f"One of {endpoint.name} by its {endpoint.key}",
        "x-permission": getattr(endpoint.query, "permission", ""),
        "parameters": [*_place(endpoint), key],
        "responses": {"200": _answer(_listed(endpoint), "the row"), **_refusals("404")},
    }


def _ask(endpoint: QuestionEndpoint) -> dict[str, Any]:
    row = row_schema(endpoint.row)
    return {
        "operationId": f"ask_{endpoint.scope}_{endpoint.name}",
        "summary": _first_line(endpoint.query),
        "x-permission": endpoint.query.permission,
        "parameters": [
            *_place(endpoint),
            *(
                {"name": name, "in": "query", "schema": schema, "required": name in row["required"]}
                for name, schema in row["properties"].items()
            ),
        ],
        "responses": {"200": _answer({"type": "object"}, "the answer"), **_refusals("422")},
    }


def _listed(endpoint: ListEndpoint) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {} for name in endpoint.columns}}


def _place(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [SITE] if endpoint.scope == "site" else []


def _answer(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _refusals(*more: str) -> dict[str, Any]:
    problems = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problems"}}}
    meanings = {
        "400": "not what this address expects",
        "401": "no valid token or session",
        "403": "not permitted",
        "404": "no such thing",
        "409": "changed meanwhile, or the key was used for something else",
        "422": "refused, with every reason; nothing was changed",
    }
    return {
        code: {"description": meanings[code], "content": problems}
        for code in ("400", "401", "403", *more)
    }


def _first_line(function: Any) -> str:
    return (function.__doc__ or "").strip().split("\n")[0]
