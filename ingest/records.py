"""The one schema of the facts and of everything else that is landed.

Belongs here: the records, their columns' meaning, codes and limits. Arrow schemas, the
expectation suites run on each load, and the test that dbt's models have not drifted are all made
from it. Does not belong here: how a record is found or stored.

Offsets are Unicode code points into the article's stored text, end exclusive. ``None`` means
unknown, refused or open; it is never a guess.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Any

from ingest.values import value

# --- code lists: every code is explained in dbt_project/seeds ----------------------------------

TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")
TIMEX_MODS = (
    "START",
    "MID",
    "END",
    "APPROX",
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
)
GRANULARITIES = (
    "second",
    "minute",
    "hour",
    "day_part",
    "day",
    "weekend",
    "week",
    "month",
    "season",
    "quarter",
    "half_year",
    "year",
    "decade",
    "century",
    "reference",
)
DATE_ANCHORS = ("explicit", "publication", "text", "era", "none")
BOUNDS = ("exact", "approx", "at_least", "more_than", "at_most", "less_than", "range", "vague")
FIGURE_KINDS = (
    "count",
    "money",
    "share",
    "length",
    "area",
    "mass",
    "speed",
    "duration",
    "temperature",
    "rate",
    "other",
)
STATUSES = (
    "killed",
    "wounded",
    "captured",
    "missing",
    "displaced",
    "evacuated",
    "destroyed",
    "damaged",
    "shot_down",
    "launched",
    "present",
    "held",
    "other",
)
PLACE_KINDS = ("settlement", "region", "country", "water", "facility", "other", "reference")
PLACE_RELATIONS = ("in", "near", "direction_of", "outskirts", "between", "along")
DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW", "centre")
SPEECHES = ("direct", "indirect", "mixed")
POLARITIES = ("affirmative", "negative", "question")
STANCES = ("neutral", "endorsed", "disputed")
HEDGES = ("none", "possible", "probable")
LINK_KINDS = ("figure", "date", "location", "claim")
LINK_ROLES = ("event", "utterance", "answer")
TOPICS = (
    "control",
    "advance",
    "encirclement",
    "troop_presence",
    "strike",
    "casualties",
    "losses",
    "logistics",
    "prisoners",
    "damage",
    "humanitarian",
    "diplomacy",
    "military_aid",
    "order_or_plan",
    "other",
)
CUE_CLASSES = ("say", "deny", "accuse", "order", "estimate", "believe", "promise", "ask", "write", "other")
ACTOR_KINDS = ("person", "role", "institution", "country", "group", "media", "unnamed")

# kinds follow ACLED and PLOVER, as far as war is told; the terms are those of ACE/ERE and TAC KBP
EVENT_KINDS = (
    "strike",
    "clash",
    "take",
    "hold",
    "leave",
    "advance",
    "encircle",
    "kill_or_wound",
    "destroy",
    "detain",
    "release",
    "displace",
    "deploy",
    "deliver",
    "abuse",
    "negotiate",
    "decree",
    "protest",
    "responsibility",
)
EVENT_POLARITIES = ("affirmative", "negative")
REALIS = ("actual", "future", "possible", "unknown", "hypothetical", "generic")
EXTENTS = ("whole", "part")
ARGUMENT_ROLES = ("agent", "target", "instrument", "place", "origin", "destination", "time")
ARGUMENT_CLASSES = (
    *("civilian", "child", "armed", "official", "journalist", "medic", "aid_worker", "prisoner", "people"),
    *("settlement", "territory", "building", "vehicle", "aircraft", "vessel", "weapon", "thing"),
)
TARGET_CLASSES = (
    *("energy", "health", "school", "housing", "transport", "water", "food", "culture", "government", "military"),
    *("aid", "media"),
)
COUNT_ROLES = (
    *("killed", "wounded", "missing", "captured", "destroyed", "damaged", "launched", "shot_down", "displaced"),
    *("released", "present", "took_part"),
)
COUNT_SCOPES = ("event", "part", "period", "cumulative", "rate")
TIME_RULES = ("linked", "carried", "reported", "none")


def column(
    doc: str,
    *,
    codes: tuple[str, ...] | None = None,
    low: float | None = None,
    high: float | None = None,
    default: Any = ...,
    before: str | int | None = None,
) -> Any:
    """A record's field with its meaning, its codes if it has any, and its inclusive limits.

    ``before`` is what the column holds in rows that were landed before there was such a column; null where it
    is not given.
    """
    metadata = {"doc": doc, "codes": codes, "low": low, "high": high, "before": before}
    return field(metadata=metadata) if default is ... else field(metadata=metadata, default=default)


@value(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive), and that very text."""

    start: int
    end: int
    text: str


@value(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What every fact carries: the characters that prove it and the rule that found it."""

    char_start: int = column("First character of the evidence in the article's text.", low=0)
    char_end: int = column("Character after the evidence in the article's text.", low=1)
    exact: str = column("The evidence: the text between char_start and char_end.")
    rule_id: str = column("The rule that made the fact.")
    confidence: float = column("How sure the rule is, 0 to 1.", low=0, high=1)


@value(frozen=True, slots=True, kw_only=True)
class DateMention(Evidence):
    """One temporal expression, as TIMEX3."""

    timex_type: str = column("TIMEX3 type.", codes=TIMEX_TYPES)
    value: str | None = column("TIMEX3 value: ISO 8601, resolved as far as the text allows.")
    mod: str | None = column("TIMEX3 modifier.", codes=TIMEX_MODS, default=None)
    start_date: date | None = column("First day that is meant, inclusive.", default=None)
    end_date: date | None = column("Last day that is meant, inclusive.", default=None)
    granularity: str | None = column("The unit that the expression names.", codes=GRANULARITIES, default=None)
    anchor: str = column("What the value was resolved against.", codes=DATE_ANCHORS, default="none")
    anchor_date: date | None = column("The day it was resolved against.", default=None)
    is_year_inferred: bool = column("True where the text does not state the year.", default=False)


@value(frozen=True, slots=True, kw_only=True)
class Figure(Evidence):
    """One quantity that the article asserts."""

    low: float | None = column("Lowest value that is meant, inclusive, in unit; null where open.")
    high: float | None = column("Highest value that is meant, inclusive, in unit; null where open.")
    best: float | None = column("The one number to plot: the stated one, or the middle of a range.", default=None)
    bound: str = column("How the value is bounded.", codes=BOUNDS)
    kind: str = column("What sort of quantity it is.", codes=FIGURE_KINDS)
    unit: str | None = column("ISO 4217 code or unit symbol, as stated.", default=None)
    si_low: float | None = column("low in the SI unit of the kind.", default=None)
    si_high: float | None = column("high in the SI unit of the kind.", default=None)
    si_unit: str | None = column("The SI unit of si_low and si_high.", default=None)
    counted: str | None = column("Head noun of what is counted, lower case, as written.", default=None)
    counted_phrase: str | None = column("The whole noun phrase that is counted.", default=None)
    status: str | None = column("What befell the counted.", codes=STATUSES, default=None)
    vague_word: str | None = column("The vague word whose table gave the bounds.", default=None)
    per: str | None = column("The denominator of a rate.", default=None)
    part_of: int | None = column("Index, in the article's figures, of the total this is part of.", default=None)
    is_cumulative: bool = column("True where it sums up since a date.", default=False)


@value(frozen=True, slots=True, kw_only=True)
class Location(Evidence):
    """One mention of a place."""

    place: str | None = column("GeoNames name; null where unresolved.", default=None)
    geonameid: int | None = column("GeoNames id, where the place has one.", default=None)
    country: str | None = column("ISO 3166-1 alpha-2 code.", default=None)
    admin1: str | None = column("First-level region's name.", default=None)
    lat: float | None = column("Latitude of the place, WGS 84 degrees.", low=-90, high=90, default=None)
    lon: float | None = column("Longitude of the place, WGS 84 degrees.", low=-180, high=180, default=None)
    kind: str = column("What sort of place it is.", codes=PLACE_KINDS)
    feature_code: str | None = column("GeoNames feature code.", default=None)
    relation: str = column("How what is told of lies to the place.", codes=PLACE_RELATIONS, default="in")
    direction: str | None = column("Compass direction from, or part of, the place.", codes=DIRECTIONS, default=None)
    distance_km: float | None = column("Stated distance from the place in km.", low=0, default=None)
    precision: int = column("UCDP where_prec: 1 exact point … 7 sea or air.", low=1, high=7)
    is_resolved: bool = column("True where the mention has a place.")
    derived_lat: float | None = column(
        "Latitude reckoned from direction and distance; never a stated one.", low=-90, high=90, default=None
    )
    derived_lon: float | None = column(
        "Longitude reckoned from direction and distance.", low=-180, high=180, default=None
    )
    derived_rule: str | None = column("The rule that reckoned derived_lat and derived_lon.", default=None)
    candidates: str = column("JSON list of the best candidates: geonameid, name, country, score.", default="[]")
    antecedent: int | None = column("Index, in the article's locations, that a reference stands for.", default=None)
    gazetteer_version: str | None = column("Version of the gazetteer that resolved it.", default=None)


@value(frozen=True, slots=True, kw_only=True)
class Link:
    """A claim's link to a fact of the same article, by its index in that list of facts."""

    kind: str = column("figure, date, location or claim.", codes=LINK_KINDS)
    index: int = column("Index in the article's facts of that kind.", low=0)
    rule_id: str = column("The rule that linked them.")
    role: str = column(
        "Whether it belongs to what is claimed, to the claiming, or is answered by it.",
        codes=LINK_ROLES,
        default=LINK_ROLES[0],
    )


@value(frozen=True, slots=True, kw_only=True)
class Claim(Evidence):
    """One attributed claim: one speaker, one cue, one content.

    ``char_start`` to ``char_end`` reach from the first to the last character of the content.
    """

    speaker: Span | None = column("Who holds it, as written; null where the text names none.")
    speaker_name: str | None = column("The name that the speaker stands for in this article.")
    speaker_kind: str | None = column("What sort of speaker it is.", codes=ACTOR_KINDS, default=None)
    speaker_role: str | None = column("Office or role that the article states.", default=None)
    speaker_affiliation: str | None = column("Body that the article says the speaker belongs to.", default=None)
    speaker_side: str | None = column(
        "ISO code of the state whose side the speaker is on, where stated or known.", default=None
    )
    speaker_office: str | None = column("What the role is in one word: spokesperson, governor.", default=None)
    actor_key: str | None = column(
        "What the speaker's name is in every spelling; null for those without a name of their own.", default=None
    )
    speaker_known_as: str | None = column("Full name of a well-known speaker.", default=None)
    cue: Span | None = column("The words that carry the attribution.")
    cue_class: str | None = column("Class of the cue.", codes=CUE_CLASSES, default=None)
    content: tuple[Span, ...] = column("What is claimed, in one or more spans.")
    speech: str = column("How much of the content is quoted.", codes=SPEECHES)
    polarity: str = column("Whether the content affirms, denies or asks.", codes=POLARITIES)
    stance: str = column("Stance of whoever passes the claim on.", codes=STANCES)
    hedge: str = column("How the claim is hedged.", codes=HEDGES, default="none")
    topic: str = column("What the claim is about.", codes=TOPICS)
    parent: int | None = column("Index, in the article's claims, of the claim whose content holds it.", default=None)
    depth: int = column("0 for a claim of the article, 1 inside another's content, and so on.", low=0, default=0)
    chain: tuple[str, ...] = column("Names along the reporting line, first source first.", default=())
    channel: str | None = column("Where it was said: Telegram, a briefing, a newspaper.", default=None)
    addressee: str | None = column("To whom it was said.", default=None)
    basis: str | None = column("What the speaker rests it on, as written.", default=None)
    links: tuple[Link, ...] = column("Figures, dates and locations that belong to it.", default=())


@value(frozen=True, slots=True, kw_only=True)
class EventArgument(Span):
    """One participant, thing, place or time of an event mention, as written, and the fact that it stands for."""

    role: str = column("What it is to the event.", codes=ARGUMENT_ROLES)
    name: str | None = column("The name that it stands for in this article, resolved as speakers are.", default=None)
    actor_key: str | None = column("What that name is in every spelling, as of speakers.", default=None)
    side: str | None = column("Side that it is on or belongs to, as of speakers.", default=None)
    argument_class: str | None = column("What sort of people or thing it is.", codes=ARGUMENT_CLASSES, default=None)
    target_class: str | None = column(
        "What sort of installation was hit; null where it is none.", codes=TARGET_CLASSES, default=None
    )
    is_inferred: bool = column("True where an adjective, an owner or its sentence names it, no argument of its own.")
    location: int | None = column("Index, in the article's locations, of the place that it is.", default=None)
    date: int | None = column("Index, in the article's dates, of the time that it is.", default=None)


@value(frozen=True, slots=True, kw_only=True)
class EventCount:
    """A figure that belongs to an event mention."""

    figure: int = column("Index in the article's figures.", low=0)
    role: str = column("What befell those counted, or what they did.", codes=COUNT_ROLES)
    scope: str = column("How much the count covers.", codes=COUNT_SCOPES)
    is_further: bool = column("True for those on top of others: 'three more', 'six others'.", default=False)
    is_outdated: bool = column("True where the text calls it no longer the last: 'an earlier toll'.", default=False)


@value(frozen=True, slots=True, kw_only=True)
class EventMention(Evidence):
    """One mention of an event or a state: who did what to whom, where and when.

    ``char_start`` to ``char_end`` are the trigger: the word that names the event.
    """

    kind: str = column("What sort of event or state it is.", codes=EVENT_KINDS)
    polarity: str = column("Negative where the text says that it did not happen.", codes=EVENT_POLARITIES)
    realis: str = column("Whether it happened, will, may, or is not known to have.", codes=REALIS)
    extent: str | None = column("How much of the place is held or taken.", codes=EXTENTS, default=None)
    extent_words: str | None = column("The words that state the extent.", default=None)
    statement_start: int = column("First character of the clause that tells of it.", low=0)
    statement_end: int = column("Character after the clause that tells of it.", low=1)
    claim: int | None = column(
        "Index, in the article's claims, of the innermost claim that holds it; null in the publisher's own voice.",
        default=None,
    )
    caused_by: int | None = column("Index, in the article's event mentions, of the cause of this effect.", default=None)
    same_event: int | None = column(
        "Index, in the article's event mentions, of the first mention of the same happening; null for the first.",
        default=None,
    )
    first_date: date | None = column("First day on which it may have happened, inclusive.", default=None)
    last_date: date | None = column("Last day on which it may have happened, inclusive.", default=None)
    time_rule: str = column("Where the days come from.", codes=TIME_RULES, default="none")
    arguments: tuple[EventArgument, ...] = column("Participants, instrument, places and times.", default=())
    counts: tuple[EventCount, ...] = column("Figures that belong to it.", default=())


@value(frozen=True, slots=True, kw_only=True)
class Facts:
    """All facts of one text, each list in order of its evidence."""

    claims: list[Claim]
    figures: list[Figure]
    dates: list[DateMention]
    locations: list[Location]
    events: list[EventMention] = field(default_factory=list)


# --- articles and documents ---------------------------------------------------------------------

OUTCOMES = ("loaded", "duplicate", "rejected")
NOT_EXTRACTED = "not_extracted"
REJECT_REASONS = (
    "unreadable",  # no permission, vanished, an I/O error
    "outside_inbox",  # a link that leads out of the folder
    "unsupported_type",  # not a kind of file that is read
    "empty",
    "too_large",  # over the limit before or after decompression
    "binary",  # no text, whatever its name says
    "bad_encoding",
    "malformed",  # half a JSON, missing fields, broken structure
    "no_text",  # a page in which no article text was found
    "not_an_article",  # front page, index, video stub, paywall, cookie wall
    NOT_EXTRACTED,  # loaded, but no extractor reads its language: it has no facts
    "not_allowed",  # robots.txt, or an address that is not fetched
    "gone",  # the address says that what stood there is no more, and nothing was landed from it
    "error",  # anything unforeseen, with its message
)
DATE_SOURCES = (
    "json_ld",
    "meta",
    "text_head",  # the date that the text opens with
    "time_element",
    "feed",
    "field",
    "header",
    "url",
    "page_text",  # a date that the page shows without marking it
    "dateline",
    "file",  # the name of the file
)
CHANGE_KINDS = ("new", "edited", "corrected", "withdrawn")
COPY_KINDS = ("exact", "near", "syndicated")


@value(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article: what was read out of one document.

    ``text`` is the title, a blank line, and the body; every offset of every fact points into it.
    """

    article_id: str = column("Identity over versions: from the canonical address, else from source and path.")
    article_version_id: str = column("Identity of this text of this article.")
    text_sha256: str = column("SHA-256 of the stored text as UTF-8, lower-case hex.")
    source: str = column("Name of the source it came through.")
    uri: str = column("Where in the source it stood: path, address, line.")
    url: str | None = column("Canonical address of the article, where known.", default=None)
    publisher: str | None = column("Publisher's name.", default=None)
    publisher_country: str | None = column("ISO 3166-1 alpha-2 code of the publisher's home.", default=None)
    publisher_side: str | None = column(
        "ISO code of the state whose side the publisher is on, where known.", default=None
    )
    author: str | None = column("Author line.", default=None)
    agency: str | None = column("News agency that the text credits.", default=None)
    title: str | None = column("Title; null where the document has none.")
    text: str = column(
        "Title, a blank line, and the body; the offsets of all facts point into it. Of a page that is gone the one"
        " word “Withdrawn.”."
    )
    char_count: int = column("Length of text in Unicode code points.", low=1)
    language: str | None = column("ISO 639-1 code of the text's language.", default=None)
    published_date: date | None = column("Publication date; null where none was found or believed.", default=None)
    published_date_source: str | None = column(
        "Where the publication date was found.", codes=DATE_SOURCES, default=None
    )
    modified_at: datetime | None = column("When the publisher says it was last changed, UTC.", default=None)
    version_at: datetime | None = column(
        "What versions of an article are ordered by, UTC: when an archive captured the page or it was fetched; of a"
        " file, when it says that it was last changed, else when another text was found in it than before, else when it"
        " says that it was published; else when it was read.",
        default=None,
    )
    dateline_place: str | None = column("Place named in the dateline, as written.", default=None)
    change_kind: str = column("What this version is to the one before.", codes=CHANGE_KINDS, default="new")
    copy_group_id: str = column(
        "The texts that are copies of each other, whole, cut or edited: the version that came first names the group."
    )
    copy_of_version_id: str | None = column(
        "The other article's version that it repeats most of; null where it repeats none that came before.",
        default=None,
    )
    copy_kind: str | None = column("What it is to the version that it repeats.", codes=COPY_KINDS, default=None)
    copy_share: float | None = column(
        "Share of the shorter text's runs of five words that both have.", low=0, high=1, default=None
    )
    warnings: str = column("JSON list of what was doubtful about the document.", default="[]")


@value(frozen=True, slots=True, kw_only=True)
class Document:
    """One document that was read, and what became of it. The sums of promises come from here."""

    document_id: str = column("Identity of this reading: source, place and bytes.")
    source: str = column("Name of the source it came through.")
    uri: str = column("Where in the source it stood: path, address, line.")
    file_uri: str = column("The file or address that held it; the same as uri where it held nothing else.")
    fingerprint: str = column("What tells that file from a changed one: SHA-256 of its bytes where they could be read.")
    document_sha256: str | None = column("SHA-256 of the document's bytes; null where they could not be read.")
    archive_sha256: str | None = column("SHA-256 of the archived file that holds it.")
    byte_count: int | None = column("Size of the document in bytes.", low=0)
    fetched_at: datetime = column("When it was read, UTC.")
    outcome: str = column("What became of it.", codes=OUTCOMES)
    reason: str | None = column("Why it was rejected, or loaded without facts.", codes=REJECT_REASONS, default=None)
    detail: str | None = column("The reason in words, or what it is a duplicate of.", default=None)
    article_version_id: str | None = column("The version it gave, or the one it repeats.", default=None)


@value(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One text from which one set of extractors took its facts, be they none."""

    article_version_id: str = column("The version that was read.")
    extractor_version: str = column("Versions of all extractors and their data, as one string.")
    claim_count: int = column("Claims found.", low=0)
    figure_count: int = column("Figures found.", low=0)
    date_count: int = column("Dates found.", low=0)
    location_count: int = column("Locations found.", low=0)
    event_count: int = column("Event mentions found.", low=0, before=0)
    error: str | None = column("Why the text gave no facts, where extraction failed.", default=None)
