"""What a person says about a file before it is read."""

from collections.abc import Iterable
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from obeya.modules.exchange.profiles import PROFILES
from obeya.modules.exchange.reading.archive import LIMITS, MEGABYTE
from obeya.modules.exchange.shadow.rows import ShadowSourceRow


class UploadForm(forms.Form):
    """The file, and the program that it comes from."""

    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("No file was chosen. Choose a workbook, a CSV file or a ZIP of them."),
            "empty": _("The file is empty. Save it again in the program it comes from."),
        },
    )
    profile = forms.ChoiceField(
        label=_("Where it comes from"),
        required=False,
        help_text=_("A file whose columns are not ours is shown to you: you say what they are."),
    )
    shift_to = forms.DateField(
        label=_("Let the plan begin on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Moves the dates of demand and purchases by whole days; empty: as they are."),
    )

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, profile.title) for code, profile in PROFILES.items()]
        profile = cast(forms.ChoiceField, self.fields["profile"])
        profile.choices = [("", _("Find out from the file")), *choices, *((n, n) for n in known)]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.file_bytes:
            size = LIMITS.file_bytes // MEGABYTE
            raise forms.ValidationError(
                _("The file is larger than %(size)s MB. Split it, or delete unused sheets.")
                % {"size": size}
            )
        return file


class FirstUploadForm(UploadForm):
    """The same while there is no site yet: the import opens it."""

    site_code = forms.SlugField(
        label=_("Code of the new site"),
        required=False,
        max_length=20,
        help_text=_("Short, as in addresses: KES. Empty: the one that the file names."),
    )
    zone = forms.CharField(
        label=_("Its time zone"),
        required=False,
        max_length=64,
        help_text=_("As in Europe/Berlin. Empty: the one that the file names."),
    )

    field_order = ("file", "profile", "site_code", "zone", "shift_to")

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone and zone not in available_timezones():
            raise forms.ValidationError(
                _("This is no time zone. Write one like Europe/Berlin or America/Chicago.")
            )
        return zone


class ShadowSourceForm(forms.Form):
    """A list that the ERP writes every night."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=40,
        help_text=_("Of its folder too: small letters, digits, dashes."),
    )
    profile = forms.ChoiceField(label=_("Read by the profile"))
    at = forms.TimeField(
        label=_("Looked for at"),
        initial="04:00",
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("By the clock of the site."),
    )
    least_percent = forms.IntegerField(
        label=_("Least size, in percent of the last file"),
        initial=50,
        min_value=0,
        max_value=100,
        help_text=_("A file with fewer rows is not taken over, but told."),
    )
    is_on = forms.BooleanField(label=_("Look for it every night"), required=False, initial=True)

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(n, n) for n in known]
        choices += [(code, profile.title) for code, profile in PROFILES.items()]
        cast(forms.ChoiceField, self.fields["profile"]).choices = choices

    def row(self) -> ShadowSourceRow:
        return ShadowSourceRow(**self.cleaned_data)


class ShadowFileForm(forms.Form):
    """A list of the ERP, sent by hand."""

    file = forms.FileField(
        label=_("File"), error_messages={"required": _("No file was chosen. Choose the list.")}
    )
    is_sure = forms.BooleanField(
        label=_("It may be much smaller than the last one"), required=False
    )

    clean_file = UploadForm.clean_file
