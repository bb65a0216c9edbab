"""Numbers that add up: Decimal in Python, integer millionths in the database."""

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, register_combinable_fields
from django.utils.functional import cached_property

from obeya.plant.log.canonical import canonical_text

S_contra = TypeVar("S_contra", contravariant=True)  # what may be set
G_co = TypeVar("G_co", covariant=True)  # what is got
if TYPE_CHECKING:  # Django's fields take their types from stubs only

    class _Integer(models.BigIntegerField[S_contra, G_co]):
        _pyi_private_set_type: Decimal | int | str | Combinable  # type: ignore[assignment]
        _pyi_private_get_type: Decimal  # type: ignore[assignment]
        _validators: list[Any]

    class _Text(models.TextField[S_contra, G_co]):
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any
else:

    class _Typed:
        def __class_getitem__(cls, types):
            return cls

    class _Integer(_Typed, models.Field):  # no IntegerField: a bare 2 is not two millionths
        def get_internal_type(self):
            return "BigIntegerField"

    class _Text(_Typed, models.TextField):
        pass


MILLION = 1_000_000
LARGEST = Decimal(2**63 - 1) / MILLION


class MillionthsField(_Integer[S_contra, G_co]):
    """Exact to six decimals, refuses more; sums in SQL stay exact on both databases."""

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            raise ValidationError(f"{value!r} is a float. Expected a Decimal, int or text.")
        try:
            return Decimal(str(value).strip())
        except InvalidOperation as error:
            raise ValidationError(f"{value!r} is not a number. Write it like 12.5.") from error

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]
        number = cast("Decimal", self.to_python(value))
        if not number.is_finite() or abs(number) > LARGEST:
            raise ValidationError(f"{number} is too large. Expected at most {LARGEST:.0f}.")
        scaled = number * MILLION
        if scaled != int(scaled):
            raise ValidationError(f"{number} has more than 6 decimals. Round it first.")
        return int(scaled)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        return value if prepared else self.get_prep_value(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        if value is None:
            return None
        number = Decimal(value)
        if number % MILLION == 0:
            return Decimal(int(number) // MILLION)
        return (number / MILLION).normalize()

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else f"{value:f}"

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(
            self,
            **{
                "form_class": forms.DecimalField,
                "max_digits": 19,
                "decimal_places": 6,
                **kwargs,
            },
        )

    @cached_property
    def validators(self) -> list[Any]:
        return [*self.default_validators, *self._validators]  # the range: see get_prep_value


for _sign in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(MillionthsField, _sign, MillionthsField, MillionthsField)
register_combinable_fields(MillionthsField, Combinable.MUL, models.IntegerField, MillionthsField)
register_combinable_fields(models.IntegerField, Combinable.MUL, MillionthsField, MillionthsField)


def exact(value: Decimal | int) -> models.Value:
    """For sums in SQL: ``F("quantity") - exact(taken)``; a bare Decimal would be millionths."""
    return models.Value(value, output_field=MillionthsField())


class QuantityField(MillionthsField[S_contra, G_co]):
    """A quantity in the base unit of its material; seconds per base unit for times."""


class MoneyField(MillionthsField[S_contra, G_co]):
    """An amount in the currency of its site."""


class JsonTextField(_Text[S_contra, G_co]):
    """A value as canonical JSON text: the same bytes on both databases, no floats."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return canonical_text(value)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        return value if prepared else self.get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        return canonical_text(self.value_from_object(obj))
