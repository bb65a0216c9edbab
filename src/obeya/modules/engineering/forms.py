"""Forms for one row; what they may contain is decided by the save actions."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from obeya.modules.engineering.rows import MaterialRow
from obeya.plant.resources.models import Material, MaterialAtSite, Unit
from obeya.ui.row_form import RowForm


def _units() -> list[tuple[str, str]]:
    return [(unit.code, unit.name) for unit in Unit.objects.order_by("code")]


class AssumedForm(forms.Form):
    """What somebody says instead of what was assumed; what is not asked stays as it is."""

    setup_min = forms.DecimalField(min_value=0, decimal_places=6, required=False)
    crew_size = forms.IntegerField(min_value=0, required=False)


class MaterialForm(RowForm):
    code = forms.CharField(label=_("Code"), help_text=_("Part number."))
    name = forms.CharField(label=_("Name"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Material.Kind.choices)
    unit = forms.ChoiceField(label=_("Base unit"), choices=_units, initial="H87")
    policy = forms.ChoiceField(label=_("We get it by"), choices=MaterialAtSite.Policy.choices)
    lead_time_days = forms.DecimalField(label=_("Lead time [days]"), initial=0, decimal_places=6)
    safety_stock = forms.DecimalField(label=_("Safety stock"), initial=0, decimal_places=6)
    lot_minimum = forms.DecimalField(label=_("Smallest order"), initial=0, decimal_places=6)
    lot_multiple = forms.DecimalField(
        label=_("Orders in multiples of"), initial=0, decimal_places=6, help_text=_("0: any.")
    )
    standard_cost = forms.DecimalField(label=_("Standard cost"), initial=0, decimal_places=6)
    storage = forms.CharField(label=_("Usual storage"), required=False, help_text=_("Code."))
    supplier = forms.CharField(label=_("Usual supplier"), required=False, help_text=_("Code."))
    is_lot_tracked = forms.BooleanField(label=_("Kept by lot"), required=False)

    def clean_code(self) -> str:
        """A form for a new one must not write over another that has the code already."""
        code: str = self.cleaned_data["code"]
        if self.before is None and Material.objects.filter(code=code).exists():
            raise forms.ValidationError(
                _("There is a material %s already. Choose another code, or open and edit that one.")
                % code
            )
        return code

    def row(self) -> MaterialRow:
        said = self.cleaned_data
        return replace(self.before, **said) if self.before else MaterialRow(**said)
