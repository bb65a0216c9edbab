"""Fields that a plant adds for itself: shown, imported, filtered; no rule or engine reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.canonical import decimal_text
from obeya.plant.log.events import event
from obeya.plant.log.models import CustomField
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.log.saving import Saved, upsert

#: The models that have an `extra`.
MODELS = (
    "resources.Material",
    "resources.Party",
    "resources.Equipment",
    "resources.Person",
    "work.Demand",
    "work.SupplyOrder",
    "issues.Issue",
)
_YES, _NO = {"yes", "true", "1", "x"}, {"no", "false", "0", ""}


@dataclass(frozen=True)
class CustomFieldRow:
    model: str
    code: str
    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    is_required: bool = False


@event("log.custom_fields_saved", view="access.view")
@dataclass(frozen=True)
class CustomFieldsSaved:
    """The plant's own fields of some tables changed."""

    models: list[str]
    codes: list[str]


class WrongValue(ValueError):
    """The text does not fit the field; its message is the remedy."""


def fields_of(model: str) -> list[CustomField]:
    """In force, in the order of their codes; for forms, columns and import."""
    return list(CustomField.objects.filter(model=model, archived_at=None))


def validate_extra(
    model: str, extra: Mapping[str, Any], *, row: int | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """The values as they are stored, and everything that is wrong with them."""
    return check_extra(fields_of(model), extra, row=row)


def validate_extras(
    model: str, extras: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """For many rows with one query; problems carry the row's index."""
    fields = fields_of(model)
    checked = [check_extra(fields, extra, row=row) for row, extra in enumerate(extras)]
    return [clean for clean, _found in checked], [p for _clean, found in checked for p in found]


def check_extra(
    fields: Sequence[CustomField], extra: Mapping[str, Any], *, row: int | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    clean: dict[str, Any] = {}
    known = {each.code: each for each in fields}
    problems = [
        Problem(_("unknown field"), _("Define it first, or leave it out."), row, code, str(value))
        for code, value in extra.items()
        if code not in known
    ]
    for each in fields:
        given = extra.get(each.code)
        if given is None or given == "":
            if each.is_required:
                rule, remedy = _("required field is empty"), _("Give it a value.")
                problems.append(Problem(rule, remedy, row, each.code))
            continue
        try:
            clean[each.code] = _stored(each, given)
        except WrongValue as wrong:
            rule = _("not a value of this field")
            problems.append(Problem(rule, str(wrong), row, each.code, str(given)))
    return clean, problems


@action(permission="access.edit_custom_fields")
def save_custom_fields(*, rows: Sequence[CustomFieldRow], by: Actor) -> Saved:
    """Define the plant's own fields; a field keeps its kind, because values of it may exist."""
    by.must_everywhere("access.edit_custom_fields")
    kinds = {(each.model, each.code): each.kind for each in CustomField.objects.all()}
    problems = [p for row, each in enumerate(rows) for p in _problems(row, each, kinds)]
    if problems:
        raise RowsRefused(problems)
    upserted = upsert(
        CustomField.objects.all(),
        [vars(each) | {"choices": list(each.choices)} for each in rows],
        key=["model", "code"],
    )
    publish(
        CustomFieldsSaved([each.model for each in rows], [each.code for each in rows]),
        changes=upserted.changes,
    )
    return upserted.saved()


def _problems(row: int, each: CustomFieldRow, kinds: Mapping[Any, str]) -> list[Problem]:
    old = kinds.get((each.model, each.code))
    checks = [
        (
            each.model not in MODELS,
            _("this table has no fields of the plant's own"),
            _("Choose one of %(models)s.") % {"models": ", ".join(MODELS)},
            "model",
        ),
        (
            not each.code.isidentifier() or each.code != each.code.lower(),
            _("not a code"),
            _("Write small letters, digits and _, beginning with a letter."),
            "code",
        ),
        (
            each.kind not in CustomField.Kind.values,
            _("unknown kind"),
            _("Write text, number, date, yes_no or choice."),
            "kind",
        ),
        (
            old is not None and each.kind != old,
            _("the field is of another kind already"),
            _("Keep the kind, or define a field with another code."),
            "kind",
        ),
        (
            (each.kind == "choice") != bool(each.choices),
            _("choices and kind do not go together"),
            _("Give choices to a field of kind choice, and only to those."),
            "choices",
        ),
    ]
    return [
        Problem(rule, remedy, row, field, str(getattr(each, field)))
        for is_wrong, rule, remedy, field in checks
        if is_wrong
    ]


def _stored(field: CustomField, given: Any) -> Any:
    text = str(given).strip()
    if field.kind == "number":
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise WrongValue(_("Write a number like 12.5.")) from None
        if not number.is_finite():
            raise WrongValue(_("Write a number like 12.5."))
        return decimal_text(number)
    if field.kind == "date":
        try:
            return (given if isinstance(given, date) else date.fromisoformat(text)).isoformat()[:10]
        except ValueError:
            raise WrongValue(_("Write a date like 2026-11-23.")) from None
    if field.kind == "yes_no":
        if text.lower() not in _YES | _NO:
            raise WrongValue(_("Write yes or no."))
        return text.lower() in _YES
    if field.kind == "choice" and text not in field.choices:
        raise WrongValue(_("Write one of: %(choices)s.") % {"choices": ", ".join(field.choices)})
    return text
