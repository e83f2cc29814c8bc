"""Nothing that can be dropped into a folder stops the reading, and each document gets its outcome."""

from pathlib import Path

import pytest
from hostile import Expected, write_hostile

from ingest.articles import ArticleDraft, Rejection, read_document
from ingest.records import REJECT_REASONS
from ingest.settings import Settings
from ingest.sources import SourceConfig, open_source
from ingest.sources.config import FolderConfig


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, Expected], dict[str, ArticleDraft | Rejection]]:
    folder: Path = tmp_path_factory.mktemp("hostile") / "inbox"
    expected = write_hostile(folder)
    settings = Settings(inbox=folder)
    config: SourceConfig = FolderConfig(name="inbox", kind="folder")
    found: dict[str, ArticleDraft | Rejection] = {}
    for raw in open_source(config, settings).documents(lambda uri, fingerprint: False):
        for item in read_document(raw, config, settings):
            assert item.uri not in found
            found[item.uri] = item
    return expected, found


def test_there_are_enough_of_them(outcomes):
    assert len(outcomes[0]) >= 90


def test_every_document_has_one_outcome_and_no_other(outcomes):
    expected, found = outcomes
    assert sorted(found) == sorted(expected)


def test_each_outcome_is_the_expected_one(outcomes):
    expected, found = outcomes
    wrong = []
    for uri, what in expected.items():
        item = found[uri]
        got = item.reason if isinstance(item, Rejection) else None
        if (got != what.reason) or (isinstance(item, ArticleDraft) and what.warning not in item.warnings):
            wrong.append((uri, what, got, getattr(item, "detail", None) or item.warnings))
    assert not wrong


def test_what_is_loaded_is_clean_and_what_is_not_says_why(outcomes):
    for item in outcomes[1].values():
        if isinstance(item, Rejection):
            assert item.reason in REJECT_REASONS
            assert item.detail
            item.detail.encode()
        else:
            assert item.text == item.text.strip()
            assert item.char_count == len(item.text)
            assert not set(item.text) & set("\0\x1b\u202e\u200b\ufeff\u00ad\r")
            item.text.encode()
            assert item.published_date is None or item.published_date.year < 2100
            assert item.document_sha256


def test_no_secret_of_the_machine_is_read(outcomes):
    texts = [i.text for i in outcomes[1].values() if isinstance(i, ArticleDraft)]
    assert not any("root:" in text for text in texts)
