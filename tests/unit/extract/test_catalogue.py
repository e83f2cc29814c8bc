"""Catalogues of rules: what is refused when one is read, and the comparison with the code."""

import pytest

from ingest.extract.catalogue import Catalogue, CatalogueError, Rule, _rule

PLAIN = Rule("plain", "What it does.", "The mayor said so.", "frame")


def test_rows_are_found_by_their_id_in_the_order_of_the_file() -> None:
    catalogue = Catalogue([PLAIN, Rule("other", "d", "e", "f", 0.6, ("plain",))])
    assert list(catalogue) == ["plain", "other"]
    assert catalogue["other"].veto == ("plain",)


@pytest.mark.parametrize(
    "rules",
    [
        [PLAIN, PLAIN],
        [Rule("bare", "", "e", "f")],
        [Rule("unsure", "d", "e", "f", 1.2)],
        [Rule("forbidden", "d", "e", "f", 0.8, ("nobody",))],
    ],
)
def test_a_catalogue_that_is_not_well_formed_is_refused(rules: list[Rule]) -> None:
    with pytest.raises(CatalogueError):
        Catalogue(rules)


def test_a_row_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(CatalogueError, match="descripton"):
        _rule({"id": "x", "descripton": "d", "example": "e", "frame": "f"}, "test")


def test_code_and_catalogue_are_compared_both_ways() -> None:
    catalogue = Catalogue([PLAIN])
    catalogue.check(["plain"])
    with pytest.raises(CatalogueError, match="without a row"):
        catalogue.check(["plain", "new"])
    with pytest.raises(CatalogueError, match="without a rule"):
        catalogue.check([])
