"""What people say about call-offs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from obeya.engines.calloffs.read import LARGEST_BYTES
from obeya.modules.calloffs.models import DeliveryMove, TradingPartner
from obeya.modules.calloffs.rows import DeliveryRow, PartnerRow
from obeya.plant.resources.models import Party


class MessageForm(forms.Form):
    file = forms.FileField(label=_("File"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 8 MB. Send its messages in several files.")
            )
        return file


class PartnerForm(forms.Form):
    edi_id = forms.CharField(label=_("Number in their messages"), max_length=100)
    customer = forms.ModelChoiceField(label=_("Customer"), queryset=Party.objects.none())
    our_id = forms.CharField(label=_("Our number with them"), max_length=100, required=False)
    notice = forms.ChoiceField(label=_("Shipping notices"), choices=TradingPartner.Notice.choices)

    def __init__(self, *args: Any, customers: QuerySet[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = customers

    def row(self) -> PartnerRow:
        said = self.cleaned_data
        return PartnerRow(said["edi_id"], said["customer"].code, said["our_id"], said["notice"])


class DeliveryForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), choices=DeliveryMove.Kind.choices)
    document = forms.CharField(label=_("Delivery note or complaint"), max_length=100)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=15, decimal_places=6)

    def row(self, agreement: str) -> DeliveryRow:
        said = self.cleaned_data
        return DeliveryRow(agreement, said["document"], said["quantity"], said["kind"])
