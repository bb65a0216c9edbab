"""The REST door of the shadow."""

from obeya.modules.exchange import actions, queries
from obeya.modules.exchange.shadow.rows import (
    DecisionRow,
    FieldOwnerRow,
    ShadowFileRow,
    ShadowSourceRow,
)
from obeya.plant.log.api import ListEndpoint, RowsEndpoint

endpoints = [
    RowsEndpoint("shadow-lists", actions.save_shadow_sources, ShadowSourceRow),
    ListEndpoint(
        "shadow-lists",
        queries.shadow_sources,
        ["name", "profile", "at", "due_at", "least_percent", "is_on"],
        key="name",
    ),
    RowsEndpoint("shadow-owners", actions.save_field_owners, FieldOwnerRow),
    RowsEndpoint("shadow-files", actions.send_shadow_files, ShadowFileRow),
    RowsEndpoint("shadow-decisions", actions.decide_differences, DecisionRow),
    ListEndpoint(
        "shadow-differences",
        queries.open_differences,
        {
            "difference": "id",
            "list": "source__name",
            "kind": "kind",
            "sheet": "sheet",
            "row": "named",
            "field": "field",
            "theirs": "theirs",
            "ours": "ours",
            "changed_at": "changed_at",
        },
        key="difference",
    ),
]
