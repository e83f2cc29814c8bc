"""What is compared across articles: statements, and the accounts that one article gives of one happening.

Belongs here: the frozen records that resolving works on. Does not belong here: how they are read from
landed rows (``accounts``), how they are compared (``scoring``, ``relations``).

A *statement* is one event mention with its voice: who says it. An *account* is all that one version of an
article says of one happening: the mentions that the text itself ties together.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date

from ingest.values import value

# UCDP precisions (where_prec): of a region at most, of a country, of a river, a lake or a sea
DISTRICT, REGION, COUNTRY, WATER = 3, 5, 6, 7
_ROUNDING = 0.1  # by which a number may be off that is called "some" or "about" so many


@value(frozen=True, slots=True)
class Participant:
    """An agent or a target: who it is, as far as the text says."""

    name: str | None = None
    actor_key: str | None = None
    side: str | None = None
    argument_class: str | None = None
    target_class: str | None = None
    is_inferred: bool = False
    words: frozenset[str] = frozenset()


@value(frozen=True, slots=True)
class Place:
    """A resolved place with what contains it. ``precision`` is UCDP where_prec."""

    place_id: str
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: int
    relation: str = "in"
    location_id: str = field(default="", compare=False)  # the mention that the place was read from

    @property
    def is_point(self) -> bool:
        """True of a settlement, a facility or what lies near one."""
        return self.precision <= 2

    @property
    def names_region(self) -> bool:
        """True of a town that its region is called after: "in Idlib" may be anywhere in the governorate."""
        return self.is_point and self.admin1 is not None and self.admin1.startswith(f"{self.name} ")


@value(frozen=True, slots=True)
class Count:
    """How many were killed, taken, launched: a figure with its role and what it covers."""

    figure_id: str
    role: str
    scope: str
    low: float | None
    high: float | None
    bound: str
    people: str | None  # class of those counted where the text names one: civilian, armed, child
    counted: str | None
    is_further: bool = False  # of those on top of others: "three more", "a further nine"
    is_outdated: bool = False  # by the text's own word: "a previous toll of nine"
    is_intake: bool = False  # of those whom a hospital has taken in: no fewer were hurt

    def excludes(self, other: Count) -> bool:
        """True where no number fits both; an open bound excludes only what lies beyond it, "some 80" not 86."""
        return _below(self._most, other._least) or _below(other._most, self._least)

    @property
    def _least(self) -> float | None:
        return self.low * (1 - _ROUNDING) if self.low is not None and self.bound == "approx" else self.low

    @property
    def _most(self) -> float | None:
        return self.high * (1 + _ROUNDING) if self.high is not None and self.bound == "approx" else self.high

    def equals(self, other: Count) -> bool:
        """True where both give the same number, however it is bounded."""
        return self.value == other.value and self.value is not None

    @property
    def value(self) -> float | None:
        """The number that the text names."""
        return self.low if self.low is not None else self.high


def _below(high: float | None, low: float | None) -> bool:
    return high is not None and low is not None and high < low


@value(frozen=True, slots=True)
class Voice:
    """Who makes a statement: the speaker of a claim, or a publisher in its own voice.

    ``key`` is equal for one voice wherever it speaks; a speaker whose name is no one's in particular has a
    key of its article alone. ``origin`` is whose text it was read in: an agency, or the first of its copies.
    ``outlet`` is the publisher of the article. ``certainty`` is how sure it is that it is whose words these are, where
    1 is as sure as most.
    """

    key: str
    name: str | None
    side: str | None
    is_publisher: bool
    is_named: bool
    origin: str
    outlet: str
    role: frozenset[str] = frozenset()  # stems of the office and the body that an article gives a person
    body: str | None = None  # stem of the noun that heads the name of a body: "observ"
    words: frozenset[str] = frozenset()  # stems of the name
    is_media: bool = False  # an agency, a paper, a channel, "state television"
    certainty: float = 1.0


@value(frozen=True, slots=True)
class Denial:
    """A claim by which, as its text says, a voice rejects what another has said; spans as those of statements."""

    claim_id: str
    start: int
    end: int
    voice: Voice
    rule_id: str  # by which the text relates the two


@value(frozen=True, slots=True)
class Statement:
    """One event mention with its voice. Spans are characters of the article version's text, end exclusive."""

    mention_id: str
    ordinal: int
    kind: str
    is_negative: bool
    realis: str
    extent: str | None
    start: int
    end: int
    claim_id: str | None
    voice: Voice
    first_date: date | None
    last_date: date | None
    time_rule: str
    confidence: float
    agents: tuple[Participant, ...] = ()
    targets: tuple[Participant, ...] = ()
    instruments: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    held: Place | None = None  # what is held, taken or left, where the words name it; places beside it only lie near
    counts: tuple[Count, ...] = ()
    words: frozenset[str] = frozenset()
    is_disputed: bool = False
    is_background: bool = False  # told by the way, of a state or change of some time before: "the rebel-held town"
    trigger: tuple[int, int] = (0, 0)
    is_many: bool = False  # of several happenings at once
    trigger_stem: str = ""  # the beginning of the words that name it
    is_of_one: bool = False  # what befell one person, by a word that can mean no more: "who killed him"
    denials: tuple[Denial, ...] = ()  # of the claim that it is in, in the same article

    @property
    def is_told(self) -> bool:
        """True of what is said to have happened, or not to have: not of plans, conditions and habits."""
        return self.realis == "actual"


@value(frozen=True, slots=True)
class Account:
    """What one version of an article says of one happening, in the order of the text."""

    account_id: str
    article_version_id: str
    article_id: str
    landed_at: str  # when the load that brought the article was begun, ISO 8601
    published_date: date | None
    statements: tuple[Statement, ...]
    links: tuple[str, ...] = ()  # rule that ties each statement to the account; the first founds it
    kinds: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    first_date: date | None = None
    last_date: date | None = None
    is_dated: bool = False  # the days come from the text, not from the day of publication
    agents: tuple[Participant, ...] = ()
    targets: tuple[Participant, ...] = ()
    instruments: frozenset[str] = frozenset()
    counts: tuple[Count, ...] = ()
    words: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)  # stems of the names near what is told, but for its places
    is_many: bool = False  # told of several happenings at once: "strikes", a sum over a time
    voices: frozenset[str] = field(default_factory=frozenset)  # keys of all whom the article lets speak
    is_place_carried: bool = False  # the place is that of the article's other accounts
    triggers: frozenset[str] = field(default_factory=frozenset)  # beginnings of the words that name what is told
    story_names: tuple[str, ...] = ()  # stems of the names that the article tells most, the most told first

    @property
    def is_of_one(self) -> bool:
        """True of an account that tells of nothing but what befell one person, whom it does not count."""
        return not self.counts and all(s.is_of_one for s in self.statements)

    @property
    def target_words(self) -> frozenset[str]:
        """Stems of all words for whom or what it befell."""
        return frozenset().union(*(p.words for p in self.targets))

    @property
    def held(self) -> Place | None:
        """The place that is held, taken or left; None where no statement names one as such."""
        return next((s.held for s in self.statements if s.held is not None), None)


@value(frozen=True, slots=True)
class Member:
    """An account in an event: whether the article still says so, and by which other account it was joined.

    What is doubtful is compared with the rest of the event, and not shown as told of it.
    """

    account: Account
    is_superseded: bool = False
    joined_with: str | None = None
    score: float = 1.0
    rule_id: str = "first"
    is_doubtful: bool = False


@value(frozen=True, slots=True)
class Event:
    """One happening, or one state of a place, as its members tell it: the first of them was landed first."""

    event_id: str
    members: tuple[Member, ...]

    @property
    def account_ids(self) -> frozenset[str]:
        """The accounts that are in it."""
        return frozenset(member.account.account_id for member in self.members)

    @property
    def is_told(self) -> bool:
        """True where a statement says what was, or was not; what nobody told is no event."""
        return any(statement.is_told for member in self.members for statement in member.account.statements)
