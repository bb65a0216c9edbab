"""What people type on the floor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.models import Reason


class ReportForm(forms.Form):
    good = forms.DecimalField(
        label=_("Good"), min_value=0, max_digits=15, decimal_places=6, required=False
    )
    scrap = forms.DecimalField(
        label=_("Scrap"), min_value=0, max_digits=15, decimal_places=6, required=False
    )
    reason = forms.ModelChoiceField(
        label=_("Why scrap"), queryset=Reason.objects.none(), required=False
    )
    is_sure = forms.BooleanField(label=_("The quantity is right"), required=False)

    def __init__(self, *args: object, reasons: object = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if reasons is not None:
            self.fields["reason"].queryset = reasons


class InterruptForm(forms.Form):
    reason = forms.ModelChoiceField(label=_("Why"), queryset=Reason.objects.none(), required=False)

    def __init__(self, *args: object, reasons: object = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if reasons is not None:
            self.fields["reason"].queryset = reasons
