"""Forms for one row; what they may contain is decided by the save actions."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obeya.modules.organisation.rows import EquipmentRow
from obeya.plant.resources.models import Equipment, Site
from obeya.ui.row_form import RowForm


class EquipmentForm(RowForm):
    code = forms.CharField(label=_("Code"), help_text=_("As painted on the machine."))
    name = forms.CharField(label=_("Name"), required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=Equipment.Level.choices, initial="work_unit"
    )
    parent = forms.CharField(
        label=_("Stands in"), required=False, help_text=_("Code of the area or work center.")
    )
    calendar = forms.CharField(
        label=_("Calendar"), required=False, help_text=_("Code; empty: that of where it stands.")
    )
    classes = forms.CharField(
        label=_("Classes"), required=False, help_text=_("Codes separated by commas.")
    )
    capacity = forms.IntegerField(label=_("Jobs at the same time"), min_value=1, initial=1)
    batch_places = forms.IntegerField(
        label=_("Batch places"), min_value=1, required=False, help_text=_("Of a furnace or oven.")
    )
    setup_family = forms.CharField(
        label=_("Set up for"),
        required=False,
        help_text=_("Setup family that it is set up for now."),
    )

    def __init__(
        self, *args: Any, site: Site, row: EquipmentRow | None = None, **kwargs: Any
    ) -> None:
        if row is not None:
            kwargs["initial"] = {"classes": ", ".join(row.classes)}
        super().__init__(*args, before=row, **kwargs)
        self.site = site

    def clean_code(self) -> str:
        """A form for a new one must not write over another that has the code already."""
        code: str = self.cleaned_data["code"]
        if self.before is None and Equipment.objects.at(self.site).filter(code=code).exists():
            raise forms.ValidationError(
                _("There is equipment %s already. Choose another code, or open and edit that one.")
                % code
            )
        return code

    def row(self) -> EquipmentRow:
        said = dict(self.cleaned_data)
        said["classes"] = tuple(c.strip() for c in said["classes"].split(",") if c.strip())
        return replace(self.before, **said) if self.before else EquipmentRow(**said)
