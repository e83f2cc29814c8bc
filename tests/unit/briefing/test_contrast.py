"""Every colour that text or a mark has can be told from what lies behind it, in light, in dark and on paper."""

from __future__ import annotations

import re

import pytest

from claimhouse.briefing.page import TEMPLATES

CSS = (TEMPLATES / "page.css").read_text(encoding="utf-8")
TEXT = ("ink", "soft", "link", "c0", "c1", "c2", "c3", "c4", "warn")
# WCAG 2.2, 1.4.3
TEXT_RATIO = 4.5


def _themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.S)
    found = [dict(re.findall(r"--([a-z0-9]+): (#[0-9a-f]{3,6})\b", block)) for block in blocks]
    assert len(found) == 3
    light, dark, paper = found
    return {"light": light, "dark": {**light, **dark}, "paper": {**light, **paper}}


THEMES = _themes()


def _luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("color", TEXT)
def test_text_can_be_read(theme: str, color: str) -> None:
    colors = THEMES[theme]
    for behind in ("paper", "panel", "land", "sea"):
        assert contrast(colors[color], colors[behind]) >= TEXT_RATIO, behind


@pytest.mark.parametrize("theme", THEMES)
def test_marked_text_can_be_read(theme: str) -> None:
    colors = THEMES[theme]
    assert contrast(colors["ink"], colors["mark"]) >= TEXT_RATIO
    assert contrast(colors["soft"], colors["mark"]) >= TEXT_RATIO


def test_nothing_is_told_by_colour_alone() -> None:
    # what has a colour of its own has a pattern, a dash, a glyph or a word as well
    assert "url(#hatch-c1)" in CSS
    for rule in (".b-disputed", ".ring", ".area", ".line"):
        assert "stroke-dasharray" in re.search(re.escape(rule) + r" \{([^}]*)\}", CSS)[1], rule
