"""Codes in a line of text: `{% load codes %}`."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_CODE = re.compile(r"([^\s,;:()]{0,12}\w[-/]\w[^\s,;:()]{0,12})")  # longer ones may break


@register.filter
def unbroken(text: object) -> SafeString:
    """A text whose codes (HMC-1, MO-12/10) stay on one line: browsers break at their hyphens.

    It is one element, because links and cells of tables lay their parts out apart.
    """
    parts = enumerate(_CODE.split(str(text)))
    kept = [format_html('<span class="nowrap">{}</span>', p) if n % 2 else p for n, p in parts]
    whole = format_html_join("", "{}", ((part,) for part in kept))
    return format_html("<span>{}</span>", whole) if len(kept) > 1 else whole
