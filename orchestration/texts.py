"""What the UI says of an asset: its description without markup, and the page on which a browser shows it.

Belongs here: how texts of records and of dbt read in the UI, addresses of pages. Does not belong here: the texts
themselves (``ingest.records``, ``dbt_project``), the pages (``claimhouse.serve``).
"""

from __future__ import annotations

import inspect

import dagster as dg

# where `claimhouse serve` shows its pages, unless it is told another port; a browser opens no file from a page
_SERVED = "http://127.0.0.1:8765"
SHOWN_BY = "claimhouse serve"
PAGES_OF_TABLES = {
    "control_timeline": "/control",
    "dim_actors": "/actors",
    "dim_articles": "/search?sort=newest",
    "dim_places": "/places",
    "event_members": "/events",
    "events": "/events",
    "fct_claims": "/claims",
    "fct_event_mentions": "/event_mentions",
    "figure_revisions": "/figures",
    "figure_series": "/figures",
    "ops_check_results": "/quality",
    "ops_loads": "/quality",
    "ops_rejected": "/quality",
    "relations": "/relations",
}


def plain(text: str) -> str:
    """A text without the marks and the indentation that it has in code.

    Lists of the UI show a text as it is, and its pages take an indented paragraph for code.
    """
    return inspect.cleandoc(text).replace("`", "")


def served(address: str = "/", name: str = SHOWN_BY) -> dict[str, dg.UrlMetadataValue]:
    """Metadata of this name that leads to a page of ``claimhouse serve``."""
    return {name: dg.MetadataValue.url(_SERVED + address)}


def served_table(name: str) -> dict[str, dg.UrlMetadataValue]:
    """Metadata that leads to the page of a table; none for a table that has no page."""
    address = PAGES_OF_TABLES.get(name)
    return served(address) if address else {}
