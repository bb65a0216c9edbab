"""The parts of which pages are made: `{% load ui %}`. The gallery shows each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django import template
from django.conf import settings
from django.contrib.messages import constants
from django.forms import Textarea
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from obeya.ui.lists.pasting import paste_address

register = template.Library()

_AROUND_FILES = 64 * 1024  # bytes of a request that are its other fields
TONES = ("neutral", "active", "good", "warning", "danger")
DECORATION = SafeString('aria-hidden="true"')
SHAPES = {  # the shape says it too, for whoever does not see the colour
    "neutral": "circle",
    "active": "circle-play",
    "good": "circle-check",
    "warning": "triangle-alert",
    "danger": "octagon-alert",
}


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.simple_tag
def stylesheet(name: str) -> str:
    return static(f"ui/css/{name}.css")


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """The theme that the person chose; the cookie is written by theme.js."""
    request = context.get("request")
    choice = request.COOKIES.get("theme") if request else None
    return choice if choice in ("light", "dark") else "auto"


@register.simple_tag
def icon(name: str, label: str = "", turns: bool = False) -> SafeString:
    """One of the vendored icons; with a label it speaks, else it is decoration.

    `turns` mirrors arrows where text runs from right to left.
    """
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"></use></svg>',
        " icon--turns" if turns else "",
        format_html('role="img" aria-label="{}"', label) if label else DECORATION,
        static("ui/vendor/lucide/icons.svg"),
        name,
    )


@register.simple_tag
def badge(word: str, tone: str = "neutral", shape: str = "", plain: bool = False) -> SafeString:
    """A state: shape, word and colour. Normal states stay grey."""
    return format_html(
        '<span class="badge badge--{}{}">{}{}</span>',
        tone if tone in TONES else "neutral",
        " badge--plain" if plain else "",
        icon(shape or SHAPES.get(tone, "circle")),
        word,
    )


@register.filter
def tone(message: object) -> str:
    """The tone of a django.contrib.messages message."""
    level = getattr(message, "level", constants.INFO)
    if level >= constants.ERROR:
        return "danger"
    if level >= constants.WARNING:
        return "warning"
    return "good" if level >= constants.SUCCESS else "neutral"


@register.filter
def tone_icon(message: object) -> str:
    return {**SHAPES, "neutral": "info"}[tone(message)]


@register.filter
def amount(value: Decimal | float | None) -> str:
    """A number as people of this language write it, without needless zeros; nothing is a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, Decimal):
        value = value.normalize() if value == value.to_integral() else value
        text = format(value.quantize(Decimal(1)) if value == value.to_integral() else value, "f")
        decimals = len(text.rstrip("0").partition(".")[2]) if "." in text else 0
        return number_format(Decimal(text), decimals, use_l10n=True, force_grouping=True)
    return number_format(value, use_l10n=True, force_grouping=True)


@register.simple_tag
def moment(at: datetime | None, form: str = "SHORT_DATETIME_FORMAT", relative: bool = False):
    """A time in the zone that is active (the site's); `relative` lets the page keep "4 min ago"."""
    if at is None:
        return "–"
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}"{}>{}</time>',
        at.isoformat(),
        f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}",
        SafeString(" data-relative") if relative else "",
        date_format(local, form),
    )


@register.simple_block_tag
def card(content: str, title: str = "", tone: str = "", note: str = "", flush: bool = False):
    """{% card "Title" %}…{% endcard %}; `flush` lets a table or list touch the edges."""
    head = format_html('<header class="card__header"><h2>{}</h2></header>', title) if title else ""
    return format_html(
        '<section class="card{}">{}<div class="card__body{}">{}</div>{}</section>',
        f" card--{tone}" if tone in TONES else "",
        head,
        " card__body--flush" if flush else "",
        content,
        format_html('<footer class="card__footer">{}</footer>', note) if note else "",
    )


@register.simple_block_tag
def page_header(content: str, title: str, above: str = "", above_url: str = "", state=""):
    """Title, what stands above it, its state (a badge), and the next actions as content."""
    link = (
        format_html('<a href="{}">{}</a>', above_url, above)
        if above_url
        else format_html("{}", above)
    )
    return format_html(
        '<header class="page-header"><div class="page-header__text">{}'
        '<h1 class="page-header__title">{}{}</h1></div>{}</header>',
        format_html('<p class="page-header__above">{}</p>', link) if above else "",
        format_html("<span>{}</span>", title),
        state,
        format_html('<div class="page-header__actions">{}</div>', content)
        if content.strip()
        else "",
    )


@register.simple_block_tag
def empty_state(content: str, title: str, text: str = "", icon_name: str = "inbox"):
    """Says what would stand here and how it gets here; content is the first step, a button."""
    return format_html(
        '<div class="empty">{}<h2>{}</h2>{}{}</div>',
        icon(icon_name),
        title,
        format_html("<p>{}</p>", text) if text else "",
        content,
    )


@register.simple_block_tag
def callout(content: str, tone: str = "neutral"):
    shape = {**SHAPES, "neutral": "info"}.get(tone, "info")
    return format_html(
        '<div class="callout callout--{}">{}<div>{}</div></div>', tone, icon(shape), content
    )


@register.simple_block_tag
def dialog(content: str, id_: str, title: str, wide: bool = False):
    """Opened by any `data-opens="id"`. Buttons go into a `dialog__footer` inside the content."""
    return format_html(
        '<dialog id="{0}" class="dialog{1}" aria-labelledby="{0}-title">'
        '<header class="dialog__header"><h2 id="{0}-title">{2}</h2>'
        '<button type="button" class="button button--quiet button--icon button--small push" '
        'data-closes aria-label="{3}">{4}</button></header>'
        '<div class="dialog__body">{5}</div></dialog>',
        id_,
        " dialog--wide" if wide else "",
        title,
        _("Close"),
        icon("x"),
        content,
    )


@register.simple_block_tag
def menu(content: str, label: str, icon_name: str = "", only_icon: bool = False):
    """A drop-down of `menu__item` links and buttons."""
    face = format_html("{}{}", icon(icon_name) if icon_name else "", "" if only_icon else label)
    return format_html(
        '<details class="menu"><summary class="button{}"{}>{}{}</summary>'
        '<div class="menu__sheet">{}</div></details>',
        " button--icon button--quiet" if only_icon else "",
        format_html(' aria-label="{}"', label) if only_icon else "",
        face,
        "" if only_icon else icon("chevron-down"),
        content,
    )


@register.inclusion_tag("ui/parts/paste.html", takes_context=True)
def paste_rows(context: template.Context, table: str, *, is_small: bool = False, **said: str):
    """The way for rows copied in a spreadsheet into this table, for who may bring some."""
    address = paste_address(context.get("actor"), context.get("site"), table, said)
    return {
        "address": address,
        "is_small": is_small,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/parts/stat.html")
def stat(label, value, unit="", target="", note="", tone="", trend="", url=""):  # noqa: PLR0917
    """A figure against its target. `trend` is "up", "down" or "flat"; `tone` only if abnormal."""
    arrows = {
        "up": ("trending-up", _("rising")),
        "down": ("trending-down", _("falling")),
        "flat": ("arrow-right", _("steady")),
    }
    arrow, trend_word = arrows.get(trend, ("", ""))
    return {
        "label": label,
        "value": amount(value) if isinstance(value, int) else value,
        "unit": unit,
        "target": target,
        "note": note,
        "tone": tone,
        "url": url,
        "arrow": arrow,
        "trend_word": trend_word,
        "shape": SHAPES.get(tone, ""),
    }


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[Mapping], label: str = ""):
    """Links between views of one thing: {title, url, is_current, count}."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/facts.html")
def facts(rows: Iterable[tuple]):
    """A definition list: (term, value) pairs; an empty value is a dash."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Iterable[Mapping]):
    """What happened, newest first: {at, title, text, by, icon, tone}."""
    return {"entries": entries}


@register.inclusion_tag("ui/parts/tree.html")
def tree(nodes: Iterable[Mapping], label: str = ""):
    """A folding tree, e.g. a BOM: {title, url, note, badge, is_open, children}."""
    return {"nodes": nodes, "label": label}


@register.inclusion_tag("ui/parts/progress.html")
def progress(label: str, value: float | None = None, maximum: float = 100, note: str = ""):
    """How far a run is; without a value it is under way but cannot say how far."""
    return {"label": label, "value": value, "maximum": maximum, "note": note}


@register.inclusion_tag("ui/parts/field.html")
def field(bound_field, whole: bool = False):
    """One form field with label, help and errors, wired for screen readers."""
    widget = bound_field.field.widget
    return {
        "field": bound_field,
        "is_check": getattr(widget, "input_type", "") == "checkbox",
        "whole": whole or isinstance(widget, Textarea),
    }


@register.inclusion_tag("ui/parts/form_fields.html")
def form_fields(form):
    return {"form": form}


@register.inclusion_tag("ui/parts/file_drop.html")
def file_drop(name: str, label: str, accept: str = "", multiple: bool = False, note: str = ""):
    return {
        "name": name,
        "label": label,
        "accept": accept,
        "multiple": multiple,
        "note": note,
        "most_bytes": settings.LARGEST_REQUEST - _AROUND_FILES,
        "most_mb": settings.LARGEST_REQUEST // 2**20,
    }
