"""Lists of a million rows: declared columns, keyset pages, saved views, bulk actions, Excel.

ORDERS = register(List(name="orders", title=_("Orders"), columns=[…], filters=[…], …))

def orders(request, site):                      # a room's page
    return respond(request, ORDERS, Demand.objects.at(site), context={…})
"""

from obeya.ui.lists.answer import respond
from obeya.ui.lists.declaration import (
    BulkAction,
    Column,
    Edit,
    Filter,
    List,
    register,
    registered_lists,
)
from obeya.ui.lists.keyset import sort_queries
from obeya.ui.lists.state import State

__all__ = [
    "BulkAction",
    "Column",
    "Edit",
    "Filter",
    "List",
    "State",
    "register",
    "registered_lists",
    "respond",
    "sort_queries",
]
