"""Who refers to what an import made: ledgers keep it, other rows of the plant stand in the way."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import Model

from obeya.modules.exchange.undo.log import ImportLog
from obeya.modules.exchange.undo.nets import SUPPLY, Key, Net, key_of, name_of, rows_now
from obeya.plant.log.checking import one_of
from obeya.plant.log.refusal import Problem

MOVE = "ledgers.StockMove"
BOOKS = {  # entries that stay for good, or that follow from others: what they name stays
    MOVE, "ledgers.StockBalance", "resources.Shift", "log.OperationsEvent",
    "exchange.FileImport", "log.Run", "work.SupplyOrderTransition",
}  # fmt: skip
GO_WITH = {"resources.MaterialAtSite": "material_id", "resources.MaterialRevision": "material_id"}
Reference = tuple[Key, Key, str]  # a made row, a row that refers to it, the field by which it does


class Use:
    """Of the rows that an import made: ``kept`` stay, ``problems`` says by whom they are used.

    ``stuck`` are rows of the import that are not taken back, because somebody changed them since.
    """

    def __init__(
        self, made: Iterable[Net], restored: Iterable[Net], stuck: Iterable[Key], log: ImportLog
    ) -> None:
        self.made = {key_of(net) for net in made}
        self.restored = {key_of(net): net for net in restored}
        self.stuck = set(stuck)
        self.names: dict[Key, list[Key]] = {}  # a made row → the made rows that it refers to
        self.used: dict[Key, Key] = {}  # a made row → who else uses it
        self.kept: set[Key] = set()
        stays = [key for key in self.made if key[0] == SUPPLY or key in self.stuck]
        stays += self._look(list(_references(made)), log)
        self._keep([*stays, *self.used])

    def problems(self, rows: dict[Key, Model]) -> Iterator[tuple[Key, Problem]]:
        users = rows_now(
            Net(apps.get_model(label), pk, None, None) for label, pk in self.used.values()
        )
        for target, user in self.used.items():
            row = users.get(user)
            by_whom = name_of(row) if row is not None else "something newer"
            rule = f"{name_of(rows[target])} is used since by {by_whom}"
            yield (
                target,
                Problem(rule, "Take that use away first, or correct the rest by hand."),
            )

    def _look(self, references: list[Reference], log: ImportLog) -> Iterator[Key]:
        """What stays because the books, or rows of the import that stay, name it."""
        others = {user for _, user, _ in references if user not in self.made}
        moves = {(MOVE, pk) for pk in log.own_moves([pk for name, pk in others if name == MOVE])}
        own = log.made(key for key in others - self.restored.keys() if key[0] not in BOOKS)
        for target, user, through in references:
            if user in self.made:
                self.names.setdefault(user, []).append(target)
                if GO_WITH.get(user[0]) == f"{through}_id":
                    self.names.setdefault(target, []).append(user)
            elif user[0] == MOVE and user not in moves:
                self.used.setdefault(target, user)
            elif user[0] in BOOKS or user in own:
                yield target
            elif not self._goes_back(user, through):
                self.used.setdefault(target, user)

    def _goes_back(self, user: Key, through: str) -> bool:
        """It refers to something else once it is as before the import."""
        net = self.restored.get(user)
        return net is not None and user not in self.stuck and through in (net.before or {})

    def _keep(self, stays: list[Key]) -> None:
        while stays:
            key = stays.pop()
            if key not in self.kept:
                self.kept.add(key)
                stays += self.names.get(key, [])


def _references(made: Iterable[Net]) -> Iterator[Reference]:
    ids: dict[type[Model], set[int]] = {}
    for net in made:
        ids.setdefault(net.model, set()).add(net.row_id)
    for model, wanted in ids.items():
        asked = one_of(wanted)
        for relation in model._meta.get_fields(include_hidden=True):
            if relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            user, column = relation.related_model, relation.field
            label = user._meta.label
            found = user._base_manager.order_by().filter(**{f"{column.attname}__in": asked})
            for row_id, target in found.values_list("pk", column.attname):
                yield (model._meta.label, target), (label, row_id), column.name
