"""The progress of a refresh: a step that takes long is named, a short one is not."""

from __future__ import annotations

import time

import dagster as dg
import pytest

from claimhouse.cli import refresh
from claimhouse.cli.refresh import Progress
from ingest.authority import AuthorityError
from ingest.files import DamagedError


@dg.op(name="read_documents")
def long_step() -> None:
    time.sleep(0.5)


@dg.op(name="extract_facts")
def short_step() -> None:
    pass


@dg.graph
def both() -> None:
    long_step()
    short_step()


def test_a_long_step_is_named_once_and_a_short_one_never(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(refresh, "_SECONDS_UNTOLD", 0.1)
    with dg.DagsterInstance.ephemeral() as instance, Progress() as progress:
        run_id = "8f0e7a52-6f0b-4d0c-9a55-2d4a52f0a001"
        instance.add_event_listener(run_id, progress.on_event)
        assert both.execute_in_process(instance=instance, run_id=run_id).success
    time.sleep(0.3)
    told = capsys.readouterr().err
    assert told.count("reading the sources …") == 1
    assert "finding facts" not in told


def because(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (AuthorityError("actors.yml: entry 2: no such kind"), "actors.yml: entry 2: no such kind"),
        (KeyError("place"), "KeyError: 'place'"),
        # not what it came of, which names no file
        (
            because(DamagedError("part-00000.parquet is damaged"), OSError("no magic bytes")),
            "part-00000.parquet is damaged",
        ),
        (because(ValueError("step failed"), OSError("no magic bytes")), "OSError: no magic bytes"),
    ],
)
def test_an_error_of_a_run_is_told_without_the_name_of_its_class(raised: Exception, told: str) -> None:
    @dg.op
    def fails() -> None:
        raise raised

    @dg.job
    def job() -> None:
        fails()

    assert refresh._problem(job.execute_in_process(raise_on_error=False)) == told
