"""The form for moving stock; what it may contain is decided by the action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from obeya.plant.ledgers.models import StockStatus
from obeya.plant.resources.models import Equipment, Site


class MoveForm(forms.Form):
    material = forms.CharField(label=_("Material"), help_text=_("Code."))
    quantity = forms.DecimalField(label=_("Quantity"), decimal_places=6)
    from_location = forms.ChoiceField(label=_("From"))
    to_location = forms.ChoiceField(label=_("To"))
    lot = forms.CharField(label=_("Lot"), required=False)
    from_status = forms.ChoiceField(label=_("Is now"), choices=StockStatus.choices)
    status = forms.ChoiceField(label=_("Will be"), choices=StockStatus.choices)

    def __init__(self, *args: object, site: Site, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = Equipment.objects.at(site).in_use().real().filter(level="storage")
        choices = [(each.code, f"{each.code} {each.name}") for each in places.order_by("code")]
        self.fields["from_location"].choices = choices  # type: ignore[attr-defined]
        self.fields["to_location"].choices = choices  # type: ignore[attr-defined]
