"""What dbt works out at each call and is the same each time, worked out once.

Belongs here: what a build of a refresh leaves out of dbt's own work, or takes from the last one. Does not belong here:
the call (``orchestration.dbt``).

A refresh of one article builds seventy small tables; half of the time that dbt takes for it goes into this. The tables
are the same without any of it.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

from ingest.files import atomic_write


@contextmanager
def savings(templates: Path) -> Iterator[None]:
    """Meanwhile dbt leaves out what a build of a refresh does not need.

    Args:
        templates: the file that keeps compiled templates.
    """
    from dbt.compilation import Linker
    from dbt_common.behavior_flags import BehaviorFlagRendered
    from dbt_common.dataclass_schema import dbtClassMixin

    with ExitStack() as stack:
        stack.enter_context(without_details())
        stack.enter_context(kept_templates(templates))
        # that project and profile are well-formed, which they were when this very project was compiled
        stack.enter_context(_replaced(dbtClassMixin, "validate", classmethod(lambda cls, data: None)))
        # which module asks for a flag, looked up in the source of each that is on the stack
        stack.enter_context(_replaced(BehaviorFlagRendered, "_default_source", staticmethod(lambda: "dbt")))
        # two summaries of the graph, for a file that nobody reads
        stack.enter_context(_replaced(Linker, "get_graph_summary", lambda self, manifest: {}))
        yield


@contextmanager
def without_details() -> Iterator[None]:
    """No events of dbt that only its debug log would show: putting them together takes a tenth of a build."""
    from dbt_common.events import event_manager_client
    from dbt_common.events.base_types import BaseEvent, EventLevel
    from dbt_common.events.event_manager import EventManager

    details = (EventLevel.DEBUG, EventLevel.TEST)
    put_together = BaseEvent.__init__

    class WithoutDetails(EventManager):
        def fire_event(self, e: BaseEvent, level: EventLevel | None = None, *more: Any, **named: Any) -> None:
            if (level or e.level_tag()) not in details:
                super().fire_event(e, level, *more, **named)

    def remember(self: BaseEvent, *arguments: Any, **named: Any) -> None:
        vars(self)["_given"] = (arguments, named)

    def when_asked(self: BaseEvent, name: str) -> Any:
        if name == "pb_msg":
            arguments, named = vars(self)["_given"]
            put_together(self, *arguments, **named)
            return vars(self)["pb_msg"]
        return getattr(self.pb_msg, name)

    before = event_manager_client.get_event_manager()
    event_manager_client.ctx_set_event_manager(WithoutDetails())
    try:
        with _replaced(BaseEvent, "__init__", remember), _replaced(BaseEvent, "__getattr__", when_asked):
            yield
    finally:
        event_manager_client.ctx_set_event_manager(before)


@contextmanager
def kept_templates(path: Path) -> Iterator[None]:
    """Take the code of templates from a file, and keep in it those that were compiled meanwhile.

    Jinja keeps the code of templates that it loads from files by itself; dbt hands it the texts of models and macros.
    """
    from dbt_common.clients.jinja import MacroFuzzEnvironment

    kept, new = _read(path), dict[str, CodeType]()
    compile_anew = MacroFuzzEnvironment.compile

    def compile_once(self: Any, source: Any, name: str | None = None, filename: str | None = None, **more: Any) -> Any:
        if not isinstance(source, str) or name or filename or more:
            return compile_anew(self, source, name, filename, **more)
        key = f"{type(self).__name__} {source}"
        code = kept.get(key) or new.get(key)
        if code is None:
            code = new[key] = compile_anew(self, source)
        return code

    with _replaced(MacroFuzzEnvironment, "compile", compile_once):
        yield
    if new:
        code = marshal.dumps(kept | new)
        with atomic_write(path) as file:
            file.write(_seal(code) + code)


def _read(path: Path) -> dict[str, CodeType]:
    """The templates that are kept; none where the file is missing, damaged, or of other programs."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    seal, code = content[:_SEAL_BYTES], content[_SEAL_BYTES:]
    if seal != _seal(code):
        return {}
    found: dict[str, CodeType] = marshal.loads(code)  # noqa: S302 - written by this program, whole: see the seal
    return found


_SEAL_BYTES = 32


def _seal(code: bytes) -> bytes:
    programs = (sys.version, *map(version, ("jinja2", "dbt-common", "dbt-core")))
    return hashlib.sha256(" ".join(programs).encode() + code).digest()


@contextmanager
def _replaced(owner: Any, name: str, by: Any) -> Iterator[None]:
    before = vars(owner).get(name)
    setattr(owner, name, by)
    try:
        yield
    finally:
        if before is None:
            delattr(owner, name)
        else:
            setattr(owner, name, before)
