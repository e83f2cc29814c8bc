"""robots.txt, as RFC 9309 has it.

Belongs here: what a host's rules allow to fetch, and how often. Does not belong here: fetching them, nor
what follows where they cannot be had (``ingest.sources.fetch``).
"""

from __future__ import annotations

from protego import Protego

LARGEST_BYTES = 512_000
_LONGEST_DELAY = 60.0


class Robots:
    """The rules of one host for one user agent.

    ``problem`` says why the rules could not be had; then they allow nothing. ``delay`` is the pause between
    two requests that the host asks for, in seconds.
    """

    def __init__(self, rules: Protego | None = None, *, problem: str | None = None, delay: float = 0.0) -> None:
        self._rules = rules
        self.problem = problem
        self.delay = delay

    @classmethod
    def parsed(cls, text: str, user_agent: str) -> Robots:
        """The rules that a robots.txt states; one that cannot be parsed forbids nothing."""
        try:
            rules = Protego.parse(text)
            delay = float(rules.crawl_delay(_name(user_agent)) or 0.0)
        except Exception:  # a parser of other people's text
            return cls()
        return cls(rules, delay=min(max(delay, 0.0), _LONGEST_DELAY))

    def allows(self, url: str, user_agent: str) -> bool:
        """True where the address may be fetched."""
        if self.problem is not None:
            return False
        return self._rules is None or bool(self._rules.can_fetch(url, _name(user_agent)))


def _name(user_agent: str) -> str:
    return user_agent.partition("/")[0].partition(" ")[0]
