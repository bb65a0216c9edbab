"""Who may write, and what every verb owes."""

import ast
from collections.abc import Iterator

from .rule import Fault, Rule, Source, calls, decorators, dotted, every, imported, production

WRITES = {
    "bulk_create", "bulk_update", "save", "delete", "create", "update_or_create", "get_or_create",
    "insert_many",
}  # fmt: skip
READERS = {"pages", "api", "queries", "reactions", "forms", "bridge", "events", "urls", "module"}
MAY_LIFT = ("testing",), ("plant", "log")


def _signals(source: Source) -> Iterator[Fault]:
    for line, name in imported(source.tree):
        if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals")):
            yield Fault(line, f"{name} is a Django signal")


def _logic_in_save(source: Source) -> Iterator[Fault]:
    for cls in ast.walk(source.tree):
        for node in cls.body if isinstance(cls, ast.ClassDef) else []:
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}:
                yield Fault(node.lineno, f"{cls.name}.{node.name}() hides a rule")


def _writes(source: Source) -> Iterator[Fault]:
    for node, name in calls(source.tree):
        head, _, verb = name.rpartition(".")
        if verb in WRITES and ("objects" in head or verb in {"bulk_create", "insert_many", "save"}):
            yield Fault(node.lineno, f"{name}() writes outside an action")


def _actions(source: Source) -> Iterator[ast.FunctionDef]:
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and "action" in decorators(node):
            yield node


def _silent_actions(source: Source) -> Iterator[Fault]:
    functions = {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
    foreign = {name.rpartition(".")[2] for _, name in imported(source.tree)}

    def speaks(node: ast.FunctionDef, seen: frozenset[str]) -> bool:
        for _, name in calls(node):
            first, last = name.split(".")[0], name.split(".")[-1]
            if last == "publish" or (first in foreign and last != name):
                return True  # publishes itself, or hands on to another file's function
            if name in foreign:
                return True
            if name in functions and name not in seen and speaks(functions[name], seen | {name}):
                return True
        return False

    for node in _actions(source):
        if not speaks(node, frozenset({node.name})):
            yield Fault(node.lineno, f"{node.name} publishes nothing")


def _action_arguments(source: Source) -> Iterator[Fault]:
    for node in _actions(source):
        names = [argument.arg for argument in node.args.kwonlyargs]
        if node.args.args or node.args.posonlyargs or node.args.vararg or node.args.kwarg:
            yield Fault(node.lineno, f"{node.name} takes more than keyword-only arguments")
        if "by" not in names:
            yield Fault(node.lineno, f"{node.name} does not say who acts (by)")
        defaults = dict(zip(names, node.args.kw_defaults, strict=True))
        if "site" in names and not defaults["site"] and names[0] != "site":
            yield Fault(node.lineno, f"{node.name} names its site late: it comes first")


def _lifted(source: Source) -> Iterator[Fault]:
    for line, name in imported(source.tree):
        if name.endswith("append_only.lifted"):
            yield Fault(line, "lifted() opens append-only tables")


def _foreign_keys(source: Source) -> Iterator[Fault]:
    own = source.parts[3]
    allowed = {"log", "resources", "work", "ledgers", "issues", own}
    for node, name in calls(source.tree):
        if name.rpartition(".")[2] not in {"ForeignKey", "OneToOneField", "ManyToManyField"}:
            continue
        target = node.args[0] if node.args else None
        if isinstance(target, ast.Constant) and "." in str(target.value):
            app = str(target.value).split(".")[0]
            if app not in allowed:
                yield Fault(node.lineno, f"a foreign key into the room {app}")


def _floats(source: Source) -> Iterator[Fault]:
    for cls in ast.walk(source.tree):
        if isinstance(cls, ast.ClassDef) and "event" in decorators(cls):
            for node in ast.walk(cls):
                if isinstance(node, ast.AnnAssign) and "float" in ast.unparse(node.annotation):
                    yield Fault(node.lineno, f"{cls.name}.{dotted(node.target)} is a float")


RULES = (
    Rule(
        name="no signal receivers: reactions stand in one visible table",
        remedy="write a Reaction into reactions.py",
        refuse=_signals,
        holds_in=lambda source: production(source) and source.layer != "apps",
        example_path="src/obeya/modules/orders/reactions.py",
        good=("from obeya.plant.log.reactions import Reaction",),
        bad=(
            "from django.dispatch import receiver",
            "from django.db.models.signals import post_save",
        ),
    ),
    Rule(
        name="no logic in save() or delete()",
        remedy="put the rule into the action, or into a database constraint",
        refuse=_logic_in_save,
        holds_in=lambda source: (
            production(source) and (source.in_package("plant") or source.in_package("modules"))
        ),
        example_path="src/obeya/modules/orders/models.py",
        good=("class Order(models.Model):\n    def lines(self): ...",),
        bad=("class Order(models.Model):\n    def save(self, *args): ...",),
    ),
    Rule(
        name="actions are the only writers",
        remedy="call an action",
        refuse=_writes,
        holds_in=lambda source: (
            production(source) and source.in_package("modules") and source.layer in READERS
        ),
        example_path="src/obeya/modules/orders/pages.py",
        good=("Order.objects.filter(pk=1)", "actions.save_orders(rows=rows, by=by)"),
        bad=("Order.objects.create(code=1)", "order.save()", "Order.objects.bulk_create(rows)"),
    ),
    Rule(
        name="every action publishes",
        remedy="publish what happened; at run time an action without an event is PublishedNothing",
        refuse=_silent_actions,
        holds_in=production,
        example_path="src/obeya/modules/orders/actions.py",
        good=(
            "@action(permission='a.b')\ndef f(*, by):\n    publish(Done())",
            "@action(permission='a.b')\ndef f(*, by):\n    g()\ndef g():\n    publish(Done())",
        ),
        bad=("@action(permission='a.b')\ndef f(*, by):\n    _tell()\ndef _tell():\n    pass",),
    ),
    Rule(
        name="an action takes keywords only, its site first, and says who acts",
        remedy="def verb(*, site: Site, rows: Sequence[Row], by: Actor)",
        refuse=_action_arguments,
        holds_in=production,
        example_path="src/obeya/modules/orders/actions.py",
        good=(
            "@action(permission='a.b')\ndef f(*, site, rows, by): ...",
            "@action(permission='a.b')\ndef f(*, kind, by, site=None): ...",
            "def f(rows): ...",
        ),
        bad=(
            "@action(permission='a.b')\ndef f(rows, *, by): ...",
            "@action(permission='a.b')\ndef f(*, rows): ...",
            "@action(permission='a.b')\ndef f(*, rows, site, by): ...",
        ),
    ),
    Rule(
        name="only tests and the log open append-only tables",
        remedy="write a new row that reverses the old one",
        refuse=_lifted,
        holds_in=lambda source: (
            production(source) and not any(source.in_package(*place) for place in MAY_LIFT)
        ),
        example_path="src/obeya/modules/orders/actions.py",
        good=("from obeya.plant.log.append_only import AppendOnly",),
        bad=("from obeya.plant.log.append_only import lifted",),
    ),
    Rule(
        name="foreign keys cross only into the kernel",
        remedy="keep the id of a kernel row, or ask the other room through its public.py",
        refuse=_foreign_keys,
        holds_in=lambda source: (
            not source.is_test and (source.in_package("modules") or source.in_package("plant"))
        ),
        example_path="src/obeya/modules/orders/models.py",
        good=(
            "order = models.ForeignKey('work.Demand', models.PROTECT)",
            "line = models.ForeignKey('orders.Line', models.PROTECT)",
            "parent = models.ForeignKey('self', models.PROTECT)",
        ),
        bad=("plan = models.ForeignKey('planning.Plan', models.PROTECT)",),
    ),
    Rule(
        name="an event carries no floats",
        remedy="use Decimal, int or str",
        refuse=_floats,
        holds_in=every,
        example_path="src/obeya/modules/orders/events.py",
        good=("@event('a.b', view='a.v')\nclass A:\n    quantity: Decimal",),
        bad=(
            "@event('a.b', view='a.v')\nclass A:\n    quantity: float",
            "@event('a.b', view='a.v')\nclass A:\n    rows: list[float]",
        ),
    ),
)
