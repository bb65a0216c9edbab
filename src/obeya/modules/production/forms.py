"""What people type on the floor."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.models import Reason


class ReasonForm(forms.Form):
    """What happened, with one of the plant's reasons for it."""

    def __init__(self, *args: Any, reasons: QuerySet[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = reasons


class ReportForm(ReasonForm):
    good = forms.DecimalField(
        label=_("Good"), min_value=0, max_digits=15, decimal_places=6, required=False
    )
    scrap = forms.DecimalField(
        label=_("Scrap"), min_value=0, max_digits=15, decimal_places=6, required=False
    )
    reason = forms.ModelChoiceField(
        label=_("Why scrap"),
        queryset=Reason.objects.none(),
        required=False,
        empty_label=_("no reason given"),
    )
    is_sure = forms.BooleanField(
        label=_("The quantity is right"),
        required=False,
        help_text=_("Needed only where it is far more than the job asks for."),
    )


class InterruptForm(ReasonForm):
    reason = forms.ModelChoiceField(label=_("Why"), queryset=Reason.objects.none(), required=False)
