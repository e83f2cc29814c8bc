"""Loading the list of sources that a user edits.

Belongs here: ``sources.yml`` to checked entries; errors that name file, line and what is allowed. Does
not belong here: what an entry may say (``ingest.sources.config``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ingest.settings import Settings
from ingest.sources.config import KINDS, Publisher, SourceConfig, SourcesError
from ingest.yaml_files import BoundedLoader

_LARGEST = 4_000_000  # bytes of a list of sources; one of ten thousand has a quarter of it
_Model = TypeVar("_Model", bound=BaseModel)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    include: list[Annotated[str, Field(description="another file like this one, relative to it")]] = []
    publishers: list[Any] = []
    sources: list[Any] = []


def load_sources(path: Path, settings: Settings) -> list[SourceConfig]:
    """The sources of a file, in its order, disabled ones too.

    Files that it includes come behind its own.

    Raises:
        SourcesError: the file cannot be read or says what is not allowed.
    """
    sources = _load(path, settings, {}, {})
    if not sources:
        raise SourcesError(f"{path}: at least one source is needed")
    return sources


def _load(path: Path, settings: Settings, read: dict[Path, str], taken: dict[str, str]) -> list[SourceConfig]:
    """The sources of one file and of those it includes.

    Args:
        read: the files that were read so far, each with where it is included; this one is put to them.
        taken: which name stands where.
    """
    try:
        text = _text_of(path)
    except FileNotFoundError:
        advice = "" if read else "; `claimhouse init my-desk` makes a folder that has one"
        raise SourcesError(f"there is no {path}{advice}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path}: cannot be read: {error}") from error
    read.setdefault(path.resolve(), str(path))
    try:
        loader = BoundedLoader(text)
        node = loader.get_single_node()
        content = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f"{path}:{mark.line + 1}" if mark else str(path)
        raise SourcesError(f"{at}: no valid YAML: {getattr(error, 'problem', None) or error}") from error
    for repeated in _repeated_keys(node):
        raise SourcesError(f"{path}:{repeated.start_mark.line + 1}: the key {repeated.value!r} stands here twice")
    file = _checked(_File, content, path, node, ())
    publishers = tuple(
        _checked(Publisher, entry, path, node, ("publishers", i)) for i, entry in enumerate(file.publishers)
    )
    sources: list[SourceConfig] = []
    for i, entry in enumerate(file.sources):
        where: tuple[str | int, ...] = ("sources", i)
        kind = entry.get("kind") if isinstance(entry, dict) else None
        if not isinstance(kind, str) or kind not in KINDS:
            allowed = ", ".join(sorted(KINDS))
            key = (*where, "kind") if isinstance(entry, dict) and "kind" in entry else where
            raise SourcesError(f"{path}:{_line(node, key)}: kind is {kind!r}, allowed are: {allowed}")
        source = _checked(KINDS[kind], entry, path, node, where)
        place = f"{path}:{_line(node, (*where, 'name'))}"
        if source.name in taken:
            raise SourcesError(f"{place}: the name {source.name!r} is taken at {taken[source.name]}")
        taken[source.name] = place
        try:
            sources.append(_placed(source.model_copy(update={"publishers": publishers}), path.parent, settings))
        except ValueError as problem:
            raise SourcesError(
                f"{path}:{_line(node, (*where, 'path'))}: {_dotted((*where, 'path'))}: {problem}"
            ) from None
    for i, name in enumerate(file.include):
        place, other = f"{path}:{_line(node, ('include', i))}", path.parent / name
        if "\0" in name:
            raise SourcesError(f"{place}: a path has no zero bytes")
        if (real := other.resolve()) in read:
            raise SourcesError(f"{place}: {name} is read already, by {read[real]}; a file is included once")
        read[real] = place
        sources += _load(other, settings, read, taken)
    return sources


def _text_of(path: Path) -> str:
    """The text of a list of sources.

    Raises:
        SourcesError: it is a folder, a pipe or a device, which may never end, or too large.
        OSError, UnicodeDecodeError: it cannot be read.
    """
    if not S_ISREG(path.stat().st_mode):
        raise SourcesError(f"{path}: cannot be read: it is no file")
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise SourcesError(f"{path}: cannot be read: a list of sources has at most {_LARGEST:,} bytes")
    return data.decode("utf-8")


def _placed(source: SourceConfig, folder: Path, settings: Settings) -> SourceConfig:
    """The source with its path made absolute.

    Raises:
        ValueError: the path cannot be that of a file; the message says why.
    """
    given: Path | None = getattr(source, "path", None)
    if given is not None:
        if "\0" in str(given):
            raise ValueError("a path has no zero bytes")
        try:
            return source.model_copy(update={"path": folder / given.expanduser()})
        except RuntimeError:
            raise ValueError(f"{given.parts[0]} is nobody's home folder here; got {str(given)!r}") from None
    return source.model_copy(update={"path": settings.inbox_dir}) if source.kind == "folder" else source


def _checked(
    model: type[_Model], value: Any, path: Path, node: yaml.Node | None, where: tuple[str | int, ...]
) -> _Model:
    try:
        return TypeAdapter(model).validate_python(value)
    except ValidationError as error:
        problems = []
        for e in error.errors():
            place = (*where, *e["loc"])
            problems.append(f"{path}:{_line(node, place)}: {_dotted(place)}: {_allowed(model, e)}")
        raise SourcesError("\n".join(problems)) from error


def _allowed(model: type[BaseModel], error: Any) -> str:
    if error["type"] == "extra_forbidden":
        keys = [n for n, f in model.model_fields.items() if not f.exclude]
        return f"unknown key; allowed are: {', '.join(keys)}"
    field = model.model_fields.get(str(error["loc"][0])) if error["loc"] else None
    hint = f" ({field.description})" if field and field.description else ""
    got = error.get("input")
    return f"{error['msg']}{hint}; got {got!r}" if error["type"] != "missing" else f"missing{hint}"


def _repeated_keys(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Keys that stand twice in one mapping: YAML would let the later win without a word."""
    stack, seen_nodes = [node] if node is not None else [], set()
    while stack:
        at = stack.pop()
        if id(at) in seen_nodes:
            continue
        seen_nodes.add(id(at))
        if isinstance(at, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in at.value:
                if isinstance(key, yaml.ScalarNode):
                    if key.value in keys:
                        yield key
                    keys.add(key.value)
                stack.append(value)
        elif isinstance(at, yaml.SequenceNode):
            stack += at.value


def _dotted(place: tuple[str | int, ...]) -> str:
    return ".".join(str(p) for p in place) or "file"


def _line(node: yaml.Node | None, place: tuple[str | int, ...]) -> int:
    """The line, from 1, where the value at ``place`` stands; that of what holds it where there is none."""
    line = node.start_mark.line + 1 if node else 1
    for step in place:
        child: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == step:
                    child, line = value, key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            child = node.value[step]
            line = child.start_mark.line + 1
        if child is None:
            break
        node = child
    return line
