"""robots.txt, as RFC 9309 has it.

Belongs here: what a host allows to fetch, and how often. Does not belong here: fetching.

No robots.txt (4xx) allows everything; one that cannot be had (5xx, no connection) forbids everything for
this run, and so does one of more than half a megabyte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

if TYPE_CHECKING:
    from ingest.sources.fetch import Fetcher

_LARGEST = 512_000
_LONGEST_DELAY = 60.0


class Robots:
    """The rules of one host for one user agent."""

    def __init__(self, rules: Protego | None, problem: str | None = None, delay: float = 0.0) -> None:
        self._rules = rules
        self.problem = problem
        self.delay = delay

    @classmethod
    def allowing(cls) -> Robots:
        """Rules that allow everything."""
        return cls(None)

    @classmethod
    def fetched(cls, fetcher: Fetcher, url: str) -> Robots:
        """The rules of the host of an address."""
        from ingest.sources.fetch import FetchError

        parts = urlsplit(url)
        try:
            answer = fetcher.ask_robots(f"{parts.scheme}://{parts.netloc}/robots.txt", _LARGEST)
        except FetchError as error:
            if error.reason == "not_allowed":
                raise
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return cls.allowing()
            return cls(None, error.detail)
        text = (answer.data or b"").decode("utf-8", "replace")
        try:
            rules = Protego.parse(text)
            delay = float(rules.crawl_delay(_name(fetcher.manners.user_agent)) or 0.0)
        except Exception:  # a parser of other people's text; what cannot be parsed forbids nothing
            return cls.allowing()
        return cls(rules, delay=min(max(delay, 0.0), _LONGEST_DELAY))

    def allows(self, url: str, user_agent: str) -> bool:
        """True where the address may be fetched.

        Raises:
            FetchError: the rules could not be had.
        """
        from ingest.sources.fetch import FetchError

        if self.problem is not None:
            raise FetchError(f"robots.txt could not be had: {self.problem}", is_lasting=True)
        return self._rules is None or bool(self._rules.can_fetch(url, _name(user_agent)))


def _name(user_agent: str) -> str:
    return user_agent.partition("/")[0].partition(" ")[0]
