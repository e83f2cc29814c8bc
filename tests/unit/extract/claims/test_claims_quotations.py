"""Pairing of quotation marks."""

from __future__ import annotations

import pytest

from ingest.extract.claims.quotations.marks import find_quotations
from ingest.extract.layout import lay_out


def quotes(text):
    return [text[q.start : q.end] for q in find_quotations(text, lay_out(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We go," he said. "Now."', ["We go", "Now"]),
        ("“We go,” he said. “Now.”", ["We go", "Now"]),
        ("''We go,'' he said.", ["We go"]),
        ("``We go,'' he said.", ["We go"]),
        ("« We go », said the guard.", ["We go"]),
        ("„We go“, said the guard.", ["We go"]),
        ("‘We go,’ he said.", ["We go"]),
        ("'We go,' he said.", ["We go"]),
        ("It's the soldiers' mess, isn't it.", []),
        ("the 'special operation' is a war", ["special operation"]),
        ("“He told me ‘go’ twice,” she said.", ["He told me ‘go’ twice"]),
        ("“One.\n\n“Two,” he said.", ["One", "Two"]),
        ("“One, and no end\n\nTwo.", ["One, and no end"]),
        ("The road is “closed. “Open,” he said.", ["closed", "Open"]),
        ("He is 6' 2\" tall.", []),
        ("in the '90s and the '80s", []),
        ("no marks at all", []),
        # between dashes
        ("Ten fled.\n\n- It is cold. We go - said Jan Roe.", ["It is cold. We go"]),
        ("– It is cold – said Jan Roe. – We go – he added.", ["It is cold", "We go"]),
        ("- It is “cold” - adds the head of the port.- We go - he adds.", ["It is “cold”", "We go"]),
        ("- The driver - who said nothing - left.", []),
        ("- The mill - a ruin - is gone.", []),
        ("The mill - said to be a ruin - is gone.", []),
        ('""', []),
    ],
)
def test_pairs(text, expected):
    assert quotes(text) == expected
