"""What a supervisor fills in who wants a date."""

from django import forms
from django.utils.translation import gettext_lazy as _

from obeya.modules.scheduling.asked_promise import PromiseRow


class PromiseForm(forms.Form):
    material = forms.CharField(label=_("Material"), help_text=_("Code."), max_length=100)
    quantity = forms.DecimalField(label=_("Quantity"), max_digits=16, decimal_places=6)
    due = forms.DateField(
        label=_("Wished by the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: as soon as possible."),
    )

    def row(self) -> PromiseRow:
        return PromiseRow(**self.cleaned_data)
