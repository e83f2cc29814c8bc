"""Files that people write in YAML: a few lines that stand for billions of values are refused, and quickly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimhouse.watchlist import WatchError, load_watchlists
from ingest.authority import AuthorityError, load_authority
from ingest.settings import Settings
from ingest.sources import SourcesError, load_sources
from ingest.yaml_files import BoundedLoader

TENFOLD = "&a0 [x, x, x, x, x, x, x, x, x, x]" + "".join(
    f", &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)
)
READ: dict[str, tuple[type[Exception], Callable[[Path], Any]]] = {
    "sources": (SourcesError, lambda path: load_sources(path, Settings(sources_file=path))),
    "actors": (AuthorityError, load_authority),
    "watches": (WatchError, load_watchlists),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{kind}:\n  - {{name: [{many}], kind: folder, actor: *a9}}\n", "aliases stand for more than"),
        ("{kind}:\n  - &it {{name: inbox, kind: folder, <<: *it}}\n", "inside what it stands for"),
        ("{kind}: &it [*it]\n", "inside what it stands for"),
    ],
)
def test_aliases_that_stand_for_too_much_are_refused(tmp_path: Path, kind: str, text: str, says: str) -> None:
    error, read = READ[kind]
    path = tmp_path / "file.yml"
    path.write_text(text.format(kind=kind, many=TENFOLD), encoding="utf-8")
    with pytest.raises(error, match=says):
        read(path)


def test_aliases_that_spare_writing_are_read() -> None:
    text = "a: &one {kind: folder}\nb: [*one, *one]\nc:\n  <<: *one\n  name: x\n"
    assert yaml.load(text, Loader=BoundedLoader)["c"] == {"kind": "folder", "name": "x"}
    assert yaml.load("", Loader=BoundedLoader) is None
