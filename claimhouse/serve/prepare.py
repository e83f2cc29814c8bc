"""What is asked of a publication as soon as it is opened, so that nobody waits for it.

Belongs here: which pages are made once for nobody. Does not belong here: when (``publications``).

The first question to a table reads where its parts lie in the file, which takes longer than the answer; what is new
since a day looks at all that came in since, and is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from claimhouse.publications import Publication
from claimhouse.serve import things, views
from claimhouse.serve.parameters import Asked
from claimhouse.serve.views import Page

# a thing that has much, of each kind that has a page, by the page that shows it
_THINGS: tuple[tuple[Callable[[Publication, str], Page], str], ...] = (
    (things.event, "select event_id from events order by mention_count desc limit 1"),
    (things.claim, "select claim_id from fct_claims where is_current limit 1"),
    (things.mention, "select event_mention_id from fct_event_mentions where is_current limit 1"),
    (things.place, "select place_id from dim_places limit 1"),
    (things.actor, "select actor_id from dim_actors order by claim_count desc nulls last limit 1"),
)


def prepare(publication: Publication) -> None:
    """Make what most begin with: what is new of the newest load and of all, a search, one thing of each kind."""
    views.home(publication)
    views.new(publication, Asked({}))
    if publication.search is not None:
        publication.search.find("said")
    for make, asked in _THINGS:
        for (identity,) in publication.ask(asked).rows:
            make(publication, identity)
    for first in publication.days_taken_in[:1]:
        views.new(publication, Asked({"since": first.isoformat()}))
