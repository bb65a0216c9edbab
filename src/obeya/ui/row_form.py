"""A form for one row that two people may have open: saving one never undoes what the other saved.

The page carries the values that it was shown with. What its reader did not touch keeps what is
there now; what both changed is asked again, with the other's value named.
"""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_BOTH_CHANGED = _(
    "Somebody else has set this to “%(value)s” meanwhile. Enter what shall stand, and save again."
)


class RowForm(forms.Form):
    """`before` is the row as it is now (any object with the fields as attributes), or None."""

    as_shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, before: Any = None, **kwargs: Any) -> None:
        if before is not None:
            kwargs["initial"] = vars(before) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.before = before
        if before is not None:
            self.fields["code"].disabled = True
            self.initial["as_shown"] = json.dumps(
                {name: self._text(name) for name in sorted(self._kept())}
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        shown = self._shown(said.pop("as_shown", ""))
        kept: dict[str, str] = {}
        for name in self._kept() & said.keys() & shown.keys():
            field, text = self.fields[name], self._text(name)
            then, now = field.to_python(shown[name]), field.to_python(text)
            if now in (then, said[name]):
                continue
            if said[name] == then:
                said[name], kept[name] = now, text
            else:
                self.add_error(name, _BOTH_CHANGED % {"value": text})
        self._show_what_is_there_now(kept)
        return said

    def _kept(self) -> set[str]:
        """The fields whose values others may have changed meanwhile."""
        if self.before is None:
            return set()
        return {n for n, field in self.fields.items() if n != "as_shown" and not field.disabled}

    def _text(self, name: str) -> str:
        value = self.get_initial_for_field(self.fields[name], name)
        return "" if value is None else str(value)

    def _shown(self, text: str) -> dict[str, str]:
        try:
            shown = json.loads(text or "{}")
        except ValueError:
            return {}
        if not isinstance(shown, dict):
            return {}
        return {name: value for name, value in shown.items() if isinstance(value, str)}

    def _show_what_is_there_now(self, kept: dict[str, str]) -> None:
        """Refused and shown again, the page has told of the other's change: saving decides."""
        if self.before is not None:
            self.data = {**self.data.dict(), **kept, "as_shown": self.initial["as_shown"]}
