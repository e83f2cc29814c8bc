"""The dbt files that follow from the records, rules and marts, written anew by ``make schema``.

Belongs here: the sources, the staging models and the landed columns of the marts, as YAML made from
``ingest.tables``; the list of rules as a seed; writing these and what ``claimhouse.dbt_readers`` makes.
Does not belong here: what a mart adds to the landed columns, its tests and its description, which people
write into the mart's own YAML; they are left as they are.

A column is written once, in ``ingest/records.py``. What it is called, its type, what it means and
whether it may be null is copied from there into dbt's files; the macros ``staged`` and
``landed_as`` read these files, so that no SQL names a landed column that it only hands on.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from claimhouse.dbt_readers import exposures, published_sources
from ingest.extract.rules import PublishedRule, all_rules
from ingest.home import SHIPPED_DIR
from ingest.manifest import LOADS
from ingest.quality.results import CHECKS
from ingest.resolve.tables import RESOLVED
from ingest.tables import TABLES, Column, Table

DBT = SHIPPED_DIR / "dbt_project"
MODELS = DBT / "models"
RULES = DBT / "seeds/extraction_rules.csv"
STAGING = "staging/_landing.yml"
EXPOSURES = "_exposures.yml"
SOURCES = "published/_sources.yml"
LANDED = {**TABLES, **{table.name: table for table in RESOLVED}, "loads": LOADS, "checks": CHECKS}
# a mart -> the landed table whose columns it hands on
MARTS = {
    "ops_documents": "documents",
    "ops_loads": "loads",
    "ops_check_results": "checks",
    "ops_extractions": "extractions",
    "dim_article_versions": "articles",
    "fct_claims": "claims",
    "fct_figures": "figures",
    "fct_dates": "dates",
    "fct_locations": "locations",
    "fct_event_mentions": "event_mentions",
    "fct_event_arguments": "event_arguments",
    "bridge_event_mention_figures": "event_counts",
    "bridge_claim_figures": "claim_links",
    "bridge_claim_dates": "claim_links",
    "bridge_claim_locations": "claim_links",
}
# landed columns that stand under other names in the marts of these tables
RENAMED = {"claim_links": {"fact_kind", "fact_id"}}
_WRITTEN = "# Written by `make schema` from ingest/records.py; what is changed here is lost.\n"
_WRITTEN_FOR_READERS = (
    "# Written by `make schema` from the marts and from what reads them; what is changed here is lost.\n"
)
_COLUMN = re.compile(r"^      - name: (\S+)$")
_SECTION = re.compile(r"^ {0,4}\S")


class SchemaError(ValueError):
    """A YAML of a mart is not laid out as all of them are; the message says which and where."""


def duckdb_type(kind: pa.DataType) -> str:
    """The name that DuckDB and dbt have for an Arrow type, as landed files hold it.

    Raises:
        KeyError: no landed column has that type yet.
    """
    if pa.types.is_list(kind):
        return duckdb_type(kind.value_type) + "[]"
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{f.name}" {duckdb_type(f.type)}' for f in kind) + ")"
    if pa.types.is_timestamp(kind):
        return "TIMESTAMP WITH TIME ZONE"
    names = {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE", "bool": "BOOLEAN", "date32[day]": "DATE"}
    return names[str(kind)]


def mart_type(kind: pa.DataType) -> str:
    """The same in the warehouse, where moments are in UTC and carry no zone."""
    return duckdb_type(kind).replace(" WITH TIME ZONE", "")


def generated() -> dict[Path, str]:
    """Every file that ``make schema`` writes, with its text.

    Raises:
        SchemaError: a mart's YAML is not laid out as expected.
    """
    files = {MODELS / STAGING: _staging(), RULES: _rules(all_rules())}
    for mart, table in MARTS.items():
        path = MODELS / "marts" / f"{mart}.yml"
        files[path] = with_landed_columns(path.read_text(encoding="utf-8"), LANDED[table], path.name)
    published = _published(files)
    files[MODELS / EXPOSURES] = _WRITTEN_FOR_READERS + exposures(SHIPPED_DIR, published)
    files[MODELS / SOURCES] = _WRITTEN_FOR_READERS + published_sources(published)
    return files


def _published(files: Mapping[Path, str]) -> dict[str, dict[str, Any]]:
    """What the YAML says of each published model and seed, by name; of a file that is to be written, its new text."""
    found: dict[str, dict[str, Any]] = {}
    for path in (*sorted((MODELS / "marts").glob("*.yml")), DBT / "seeds" / "code_lists.yml"):
        content = yaml.safe_load(files.get(path) or path.read_text(encoding="utf-8"))
        found |= {node["name"]: node for kind in ("models", "seeds") for node in content.get(kind, ())}
    return found


def _staging() -> str:
    """Sources and staging models; one is the other with moments in UTC."""
    sources = ["sources:", "  - name: landing"]
    sources += [
        "    description: Parquet and JSON files that the ingest writes, append only; read through the macro landed.",
        "    tables:",
    ]
    models = ["models:"]
    for name, table in LANDED.items():
        sources += [f"      - name: {name}", f"        description: {_text(table.summary)}"]
        sources += ["        config:", "          meta:", "            dagster:"]
        sources += [f"              asset_key: [landing, {name}]", "        columns:"]
        models += [f"  - name: stg_landing__{name}", f"    description: {_text(table.summary)}", "    columns:"]
        for column in table.columns:
            sources += [f"          - name: {column.name}", f"            data_type: {duckdb_type(column.type)}"]
            sources.append(f"            description: {_text(column.doc)}")
            if column.before is not None:
                sources += ["            config:", "              meta:", f"                before: {column.before}"]
            models += [f"      - name: {column.name}", f"        data_type: {mart_type(column.type)}"]
            models.append(f"        description: {_text(column.doc)}")
    return _WRITTEN + "\n".join(["version: 2", "", *sources, "", *models]) + "\n"


def with_landed_columns(text: str, table: Table, where: str) -> str:
    """A mart's YAML with its landed columns as the table has them.

    A landed column that is not there yet is put behind the one that comes before it in the table. Columns
    that are not landed, data tests of columns, and everything outside the list of columns stay as they are.

    Args:
        text: the YAML as it is.
        table: the landed table whose columns the mart hands on.
        where: what to call the file in an error.

    Raises:
        SchemaError: there is not exactly one list of columns, or its columns are not laid out as expected.
    """
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if line == "    columns:"]
    if len(starts) != 1:
        raise SchemaError(f"{where}: {len(starts)} lists of columns, and there must be one")
    first = starts[0] + 1
    last = next((i for i in range(first, len(lines)) if _SECTION.match(lines[i])), len(lines))
    while not lines[last - 1].strip():
        last -= 1
    blocks = dict(_blocks(lines[first:last], where))
    landed = {c.name: c for c in table.columns if c.name not in RENAMED.get(table.name, set())}
    order = list(blocks)
    names = list(landed)
    for i, name in enumerate(names):
        if name not in blocks:
            behind = next((order.index(n) + 1 for n in reversed(names[:i]) if n in order), 0)
            order.insert(behind, name)
    columns = []
    for name in order:
        block = blocks.get(name, [])
        columns += _described(landed[name], block) if name in landed else block
    return "\n".join([*lines[:first], *columns, *lines[last:]]) + "\n"


def _blocks(lines: list[str], where: str) -> Iterator[tuple[str, list[str]]]:
    """Each column's name and lines."""
    name, block = "", list[str]()
    for line in lines:
        found = _COLUMN.match(line)
        if found:
            if name:
                yield name, block
            name, block = found.group(1), [line]
        elif not name or not line.startswith("        "):
            raise SchemaError(f"{where}: {line!r} is no line of a column")
        else:
            block.append(line)
    if name:
        yield name, block


def _described(column: Column, block: list[str]) -> list[str]:
    """The lines of a landed column; of those that are there, all but name, type, meaning and constraint are kept."""
    lines = [f"      - name: {column.name}", f"        data_type: {mart_type(column.type)}"]
    lines.append(f"        description: {_text(column.doc)}")
    if not column.is_nullable:
        lines += ["        constraints:", "          - type: not_null"]
    is_kept = False
    for line in block[1:]:
        if re.match(r"^        \S", line):
            is_kept = line.split(":")[0].strip() not in ("data_type", "description", "constraints")
        if is_kept:
            lines.append(line)
    return lines


def _text(value: str) -> str:
    """A string as YAML on one line, in quotation marks where it needs them."""
    dumped: str = yaml.safe_dump(value, width=10**6, allow_unicode=True)
    return dumped.removesuffix("\n").removesuffix("\n...")


def _rules(rules: list[PublishedRule]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["rule_kind", "rule_id", "description", "example", "confidence"])
    for rule in rules:
        rows.writerow([rule.kind, rule.rule_id, rule.description, " ".join(rule.example.split()), rule.confidence])
    return out.getvalue()


def main() -> int:
    """Write the files that are not current, and name them."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(SHIPPED_DIR)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
