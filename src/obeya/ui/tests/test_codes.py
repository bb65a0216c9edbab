"""Codes in a sentence stay on one line; everything else may break where it likes."""

import pytest

from obeya.ui.templatetags.codes import unbroken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("HMC-1, HMC-2", "[HMC-1], [HMC-2]"),
        ("SAW-1 is busy with LEG/10 for SO-2.", "[SAW-1] is busy with [LEG/10] for [SO-2.]"),
        ("PRESS-4 (MO-2026-17/10)", "[PRESS-4] ([MO-2026-17/10])"),
        ("CNC turning - 2 shifts", "CNC turning - 2 shifts"),
        ("", ""),
    ],
)
def test_each_code_is_kept_on_one_line(text, shown):
    opened = shown.replace("[", '<span class="nowrap">').replace("]", "</span>")
    whole = f"<span>{opened}</span>" if "[" in shown else opened

    assert unbroken(text) == whole


def test_what_is_no_code_is_escaped_and_so_is_a_code():
    assert unbroken("<b>x</b> A-<1") == "&lt;b&gt;x&lt;/b&gt; A-&lt;1"
    assert unbroken("<i>-1") == "&lt;i&gt;-1"
    assert unbroken("A-1<i>") == '<span><span class="nowrap">A-1&lt;i&gt;</span></span>'


def test_a_code_longer_than_a_phone_is_wide_may_break():
    kept = unbroken("X-" + "9" * 60)

    assert kept == f'<span><span class="nowrap">X-{"9" * 13}</span>{"9" * 47}</span>'
