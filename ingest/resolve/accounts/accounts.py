"""Landed rows of facts as accounts: what each article says of each happening.

Belongs here: putting mentions, arguments, counts, claims and places of one article together, and joining
the mentions that the text itself ties. Does not belong here: which mentions it ties (``mention_links``), comparing
articles (``scoring``, ``relations``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.resolve.accounts.claim_statements import told_span
from ingest.resolve.accounts.figures import as_least, counts_of_mention, with_told_bound
from ingest.resolve.accounts.mention_links import DATED, linked_mentions, of_one_clause
from ingest.resolve.accounts.names import LEAST_NAME, names_inside_sentences, told_names
from ingest.resolve.accounts.plurals import is_many
from ingest.resolve.accounts.rows import Rows, place_id_of
from ingest.resolve.accounts.voices import Row, stems
from ingest.resolve.days import days_of, told_days
from ingest.resolve.kinds import STEM, are_allied, background_rules, families, terms
from ingest.resolve.model import Account, Count, Denial, Participant, Place, Statement, Voice
from ingest.resolve.places import are_far_apart, fit_of, holds
from ingest.values import replace

_NAMED_WITHIN = re.compile(r"\b[A-Z][\w’'-]+ in (?:the )?$")  # before a place's name: "Baba Amr in"
_NAMED_FEATURE = re.compile(
    r"(?:['’]?s)?(?: (?!and\b|in\b|of\b|near\b|including\b)[a-z-]+){1,3}"
)  # behind a place's name
_OF_OBJECT = "object"  # the rule of claims whose content is the object of their cue
_NAMES_CHARS = 200  # on each side of a statement
_TRIGGER_STEM = 5  # letters by which "attack" and "attacked" are one word
_SITES = frozenset(["settlement", "facility"])
_OWN_PLACE = 2  # precision down to which a settlement is known itself, not only what it lies in
_AT_A_POINT = frozenset(["violence", "encircle", "advance"])
_SIEGE = frozenset(["encircle"])  # "besieged areas" that are not named lie anywhere
# of an article, in which its news stands: a change that is told further down without a day is of some time before
_NEWS_CHARS = 2_000
_HEAD_DAYS = timedelta(days=1)  # before the day that a page bears at its head, which may be read as that of its news
_SCENE_CHARS = 200  # before what is told, in which the place that a text has named last is where it is
_OLD_DAYS = 10  # before the days of publication, from which on a told day is of something before the news


def accounts_of(rows: Rows) -> Iterator[Account]:
    """The accounts of every article, in the order of their first mention."""
    for version_id, mentions in rows.mentions.items():
        article = rows.articles.get(version_id)
        if article is not None:
            accounts = list(_accounts_of_article(article, mentions, rows))
            named = [(row["char_start"], _place(row)) for row in rows.named.get(version_id, ())]
            yield from with_carried_places(accounts, named)


def with_carried_places(accounts: list[Account], named: Sequence[tuple[int, Place]] = ()) -> Iterator[Account]:
    """The accounts; one of violence that names no place, or only a region around it, has the article's main point.

    One of the main point for which the text gives no day has the days of the others there. ``named`` holds the places
    that the text names, with the characters where they begin, in order: what is told before the main point is named
    was not there, nor what was long before the news, nor what is told where the text has gone on to another point.
    """
    placed = [a for a in accounts if _is_at_a_point(a)]
    main = _main_point(placed)
    days = _main_days([a for a in placed if main is not None and main in a.places[:1]])
    of_main = (start for start, place in named if main is not None and place.place_id == main.place_id)
    first_named = min(of_main, default=0)
    for account in accounts:
        if main is None or not _is_at_a_point(account) or account.kinds == _SIEGE:
            yield account
            continue
        is_told_before = first_named > account.statements[0].end
        is_likely = main not in account.places[:1] and (bool(account.places) or not is_told_before)
        is_likely = is_likely and not (_is_of_before(account) or _is_told_elsewhere(account, main, named))
        if is_likely and all(holds(place, main) for place in account.places):
            account = replace(account, places=(main, *account.places), is_place_carried=True)
        if days is not None and account.last_date is None and main in account.places[:1]:
            account = replace(account, first_date=days[0], last_date=days[1])
        yield account


def _is_told_elsewhere(account: Account, main: Place, named: Sequence[tuple[int, Place]]) -> bool:
    """True where the point that the text has named last before an account, and not long before, is not the main one."""
    told = account.statements[0]
    near = [place for start, place in named if told.start - _SCENE_CHARS <= start < told.end and place.is_point]
    return bool(near) and fit_of(near[-1], main) is None


def _main_days(accounts: list[Account]) -> tuple[date, date] | None:
    """The days that most of some accounts give; None where no days are given most."""
    told = Counter((a.first_date, a.last_date) for a in accounts if a.first_date and a.last_date).most_common(2)
    if not told or (len(told) == 2 and told[0][1] == told[1][1]):
        return None
    return told[0][0]


def _main_point(accounts: list[Account]) -> Place | None:
    """The point that most of an article's located accounts name, the first in the text of equals; None for none."""
    recent = [account for account in accounts if not _is_of_before(account)]
    points = [account.places[0] for account in recent if account.places and account.places[0].is_point]
    told = Counter(place.place_id for place in points)
    return max(points, key=lambda place: told[place.place_id], default=None)


def _is_of_before(account: Account) -> bool:
    """True of what the text dates to long before its news: a history that it recalls."""
    published, last = account.published_date, account.last_date
    if published is None or last is None or not account.is_dated:
        return False
    return (published - last).days > _OLD_DAYS


def _is_at_a_point(account: Account) -> bool:
    """True of what happens at a point: fighting and its dead, a siege, an advance."""
    return any(families()[kind] in _AT_A_POINT for kind in account.kinds)


def _accounts_of_article(article: Row, mentions: list[Row], rows: Rows) -> Iterator[Account]:
    """Mentions tied as one happening, or as cause and effect, are one account."""
    stated = _with_open_bounds({row["event_mention_id"]: _statement(row, article, rows) for row in mentions})
    groups = {
        row["event_mention_id"]: _Group.of(row, stated[row["event_mention_id"]], article["published_date"])
        for row in mentions
    }
    rule: dict[str, str] = {}
    told_together = of_one_clause(mentions, article["text"], article["language"] or "en")
    for row, other, rule_id in [*linked_mentions(mentions), *told_together]:
        one, two = groups[row["event_mention_id"]], groups[other["event_mention_id"]]
        if one is not two and one.excludes(two):
            continue
        later = max((row, other), key=lambda r: r["ordinal"])
        rule.setdefault(later["event_mention_id"], rule_id)
        if one is not two:
            larger, smaller = (one, two) if len(one.rows) >= len(two.rows) else (two, one)
            larger.take(smaller)
            groups.update({r["event_mention_id"]: larger for r in smaller.rows})
    voices, names = rows.voices.get(article["article_version_id"], frozenset()), told_names(article["text"])
    for group in {id(g): g for g in groups.values()}.values():
        statements = tuple(stated[r["event_mention_id"]] for r in sorted(group.rows, key=lambda r: r["ordinal"]))
        links = tuple(rule.get(s.mention_id, "same_event") if i else "first" for i, s in enumerate(statements))
        yield summed_up(article, statements, links, voices, names)


@dataclass(slots=True)
class _Group:
    """Mentions that are one happening so far, and what others of it must agree with: places, and times."""

    rows: list[Row]
    held: set[str]
    points: list[Place]  # where the text puts them, where it names a point
    news: date  # the latest first day of what is told as news, without a day of its own; the least date for none
    told: date  # the earliest last day that the text tells; the greatest date for none
    days: list[tuple[date, date]]  # first and last, as the text tells them
    doers: dict[str | None, set[str]]  # sides of those who strike, by who says so: None for the publisher

    @classmethod
    def of(cls, row: Row, statement: Statement, published: date | None) -> _Group:
        held = {statement.held.place_id} if statement.held is not None else set()
        is_news, is_told = row["time_rule"] == "reported", row["time_rule"] in DATED
        news = row["first_date"] if is_news else None
        told = row["last_date"] if is_told else None
        points = [place for place in statement.places if place.is_point]
        first = row["first_date"]
        if first == told == published and first is not None:
            first -= _HEAD_DAYS
        days = [(first, told)] if first and told else []
        sides = {p.side for p in statement.agents if p.side} if row["kind"] == "strike" else set()
        doers = {None if statement.voice.is_publisher else statement.voice.key: sides} if sides else {}
        return cls([row], held, points, news or date.min, told or date.max, days, doers)

    def excludes(self, other: _Group) -> bool:
        """True of two places held, points far apart, strikes of two sides, two days, and news beside a day long ago."""
        if len(self.held | other.held) > 1 or are_far_apart(self.points, other.points):
            return True
        if _are_of_two_sides(self.doers, other.doers):
            return True
        if any(last < first or end < begin for begin, last in self.days for first, end in other.days):
            return True
        return max((self.news - other.told).days, (other.news - self.told).days) > _OLD_DAYS

    def take(self, other: _Group) -> None:
        """Take in the mentions of another group."""
        self.rows += other.rows
        self.held |= other.held
        self.points += other.points
        self.days += other.days
        for who, sides in other.doers.items():
            self.doers.setdefault(who, set()).update(sides)
        self.news, self.told = max(self.news, other.news), min(self.told, other.told)


def _are_of_two_sides(ours: dict[str | None, set[str]], theirs: dict[str | None, set[str]]) -> bool:
    """True where the publisher, or one who is named, tells of strikes of two sides; two who blame each other do not."""
    if not ours or not theirs or _may_strike_together(set().union(*ours.values()), set().union(*theirs.values())):
        return False
    return any(
        not _may_strike_together(one, other)
        for who, one in ours.items()
        for whom, other in theirs.items()
        if who == whom or None in (who, whom)
    )


def _may_strike_together(ours: set[str], theirs: set[str]) -> bool:
    """True of sides of which one is among both, and of allies, whose planes a text may not tell apart."""
    return bool(ours & theirs) or are_allied(ours | theirs)


def _with_open_bounds(stated: dict[str, Statement]) -> dict[str, Statement]:
    """The statements, each count with the open bound that its article gives it elsewhere: a headline leaves it out.

    What a speaker counts is opened by his own words alone: of "at least 44" and a hospital's 44 the one is exact.
    """
    given = [(s.voice, c) for s in stated.values() for c in s.counts]
    opened = {(voice.key, c.role, c.low) for voice, c in given if c.low is not None and c.high is None}
    if not opened:
        return stated
    by_anyone = {(role, low) for _, role, low in opened}

    def is_opened(voice: Voice, count: Count) -> bool:
        is_own = (voice.key, count.role, count.low) in opened
        return is_own or (voice.is_publisher and (count.role, count.low) in by_anyone)

    return {
        key: replace(s, counts=tuple(as_least(c) if is_opened(s.voice, c) else c for c in s.counts))
        for key, s in stated.items()
    }


def summed_up(
    article: Row,
    statements: tuple[Statement, ...],
    links: tuple[str, ...],
    voices: frozenset[str] = frozenset(),
    story_names: tuple[str, ...] = (),
) -> Account:
    """The account that some statements of one article give together; ``voices`` and ``story_names`` are the article's.

    What did not happen, or is only planned, tells nothing of where and when unless nothing else does.
    """
    told = [s for s in statements if s.is_told and not s.is_negative] or list(statements)
    first, last, is_dated = days_of(told, article["published_date"])
    return Account(
        account_id=statements[0].mention_id,
        article_version_id=article["article_version_id"],
        article_id=article["article_id"],
        landed_at=article["recorded_at"].isoformat(),
        published_date=article["published_date"],
        statements=statements,
        links=links,
        kinds=frozenset(s.kind for s in told),
        places=_places(told),
        first_date=first,
        last_date=last,
        is_dated=is_dated,
        agents=_distinct(p for s in told for p in s.agents),
        targets=_distinct(p for s in told for p in s.targets),
        instruments=_union([s.instruments for s in told]),
        counts=tuple(c for s in told for c in s.counts),
        words=_union([s.words for s in told]),
        names=_names(article, told),
        is_many=told[0].is_many,
        triggers=frozenset(s.trigger_stem for s in told),
        voices=voices,
        story_names=story_names,
    )


def _names(article: Row, told: list[Statement]) -> frozenset[str]:
    """Stems of the capitalised words in and around the first statement, but for those that begin a sentence."""
    names, first = names_inside_sentences(article["text"]), told[0]
    start, end = max(0, first.start - _NAMES_CHARS), first.end + _NAMES_CHARS
    # with what shows that they begin no sentence, and of a name at the end so much that it is one
    near = names[bisect_left(names, (start + 2,)) : bisect_right(names, (end - LEAST_NAME + 1,))]
    places = frozenset().union(*(stems(p.name) for s in told for p in s.places))
    return frozenset([name[: min(STEM, end - at)].lower() for at, name in near]) - places


def _union(sets: list[frozenset[str]]) -> frozenset[str]:
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)  # as mostly


def _distinct(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    return tuple(dict.fromkeys(participants))


def _places(statements: list[Statement]) -> tuple[Place, ...]:
    """The places of the first statement that has any, the most precise first."""
    for s in sorted(statements, key=lambda s: min((p.precision for p in s.places), default=9)):
        if s.places:
            return s.places
    return ()


# --- one statement ----------------------------------------------------------------------------


def _statement(row: Row, article: Row, rows: Rows) -> Statement:
    claim = _claim_of(row, rows)
    arguments = rows.arguments.get(row["event_mention_id"], [])
    language = article["language"] or "en"
    start, end = row["statement_start"], row["statement_end"]
    first, last, time_rule = told_days(row, article["published_date"])
    return Statement(
        mention_id=row["event_mention_id"],
        ordinal=row["ordinal"],
        kind=row["kind"],
        is_negative=row["polarity"] == "negative",
        realis=row["realis"],
        extent=row["extent"],
        start=start,
        end=end,
        claim_id=row["claim_id"],
        voice=rows.voice_of(claim, article),
        first_date=first,
        last_date=last,
        time_rule=time_rule,
        confidence=row["confidence"],
        agents=tuple(_participant(a, language) for a in arguments if a["role"] == "agent" and not _is_he(row, a)),
        targets=tuple(_participant(a, language) for a in arguments if a["role"] == "target"),
        instruments=frozenset().union(*(stems(a["exact"], language) for a in arguments if a["role"] == "instrument")),
        places=_places_of(arguments, rows),
        held=_held(row, arguments, rows),
        counts=tuple(
            with_told_bound(c, article["text"], start, end)
            for c in counts_of_mention(rows.counts.get(row["event_mention_id"], []), arguments, rows.figures)
        ),
        words=stems(article["text"][start:end], language),
        is_disputed=claim is not None and claim["stance"] == "disputed",
        is_background=_is_background(row),
        trigger=(row["char_start"], row["char_end"]),
        is_many=is_many(row, article, rows.counts.get(row["event_mention_id"], [])),
        trigger_stem=article["text"][row["char_start"] : row["char_end"]][:_TRIGGER_STEM].lower(),
        is_of_one=_is_of_one(row, arguments),
        denials=_denials(claim, article, rows),
    )


def _denials(claim: Row | None, article: Row, rows: Rows) -> tuple[Denial, ...]:
    """Who rejects, in the same article, the claim that a mention is in."""
    links = rows.answers.get(claim["claim_id"], ()) if claim is not None else ()
    answering = ((rows.claims.get(link["claim_id"]), link["rule_id"]) for link in links)
    return tuple(
        Denial(answer["claim_id"], *told_span(answer), rows.voice_of(answer, article), rule_id)
        for answer, rule_id in answering
        if answer is not None
    )


def _claim_of(row: Row, rows: Rows) -> Row | None:
    """The claim that says it; of "the mayor blamed the army for it" the mayor's, whose cue names the blame."""
    is_blame = row["kind"] == "responsibility"
    blaming = rows.cues.get((row["article_version_id"], row["char_start"])) if is_blame else None
    claim = blaming or (rows.claims.get(row["claim_id"]) if row["claim_id"] else None)
    is_counted = claim is not None and bool(rows.counts.get(row["event_mention_id"]))
    return None if is_counted and claim is not None and _owns_up(claim) else claim


def _owns_up(claim: Row) -> bool:
    """True of "claimed the attack that killed nine": who claims a deed is not the one who counts its dead."""
    return claim["rule_id"] == _OF_OBJECT and (claim["cue_exact"] or "").lower() in terms("owning_terms")


def _is_background(row: Row) -> bool:
    """True of who holds or took a place as it is told by the way, on no day that the text gives."""
    if row["kind"] == "hold":
        return row["rule_id"] in background_rules("background_states") or row["time_rule"] == "carried"
    is_change = families().get(row["kind"]) == "control"
    is_undated = row["time_rule"] in ("reported", "none")
    is_aside = row["rule_id"] in background_rules("background_changes") or row["char_start"] > _NEWS_CHARS
    return is_change and is_undated and is_aside


def _is_he(mention: Row, argument: Row) -> bool:
    """True of a person whom a pronoun takes up as the one who takes a place: it is the wrong one too often."""
    return mention["kind"] in ("take", "hold") and argument["exact"].lower() in terms("personal_pronouns")


def _is_of_one(mention: Row, arguments: list[Row]) -> bool:
    """True of "who killed him" and "the gunman was shot dead": of one person, however many the attack has killed."""
    ends = [a["exact"].lower().split()[-1:] for a in arguments if a["role"] == "target"]
    return mention["kind"] == "kill_or_wound" and bool(ends) and all(terms("one_person").issuperset(e) for e in ends)


def _participant(row: Row, language: str) -> Participant:
    return Participant(
        name=row["name"],
        actor_key=row["actor_key"],
        side=row["side"],
        argument_class=row["argument_class"],
        target_class=row["target_class"],
        is_inferred=row["is_inferred"],
        words=stems(row["exact"], language),
    )


def _is_told_apart(row: Row, location: Row) -> bool:
    """True of a place that another clause names: likely as it is, it tells no two happenings apart."""
    is_reference = row["char_start"] != location["char_start"]  # "the city", which stands for the location
    return row["role"] == "place" and row["is_inferred"] and not is_reference


def _places_of(arguments: list[Row], rows: Rows) -> tuple[Place, ...]:
    """Places where its clause says that it happened, the most precise first; a place that is the target counts too."""
    found: dict[str, Place] = {}
    for row in arguments:
        location = rows.locations.get(row["location_id"]) if row["location_id"] else None
        if location is None or row["role"] not in ("place", "target") or not location["is_resolved"]:
            continue
        if _is_told_apart(row, location):
            continue
        place = _place(location)
        found.setdefault(place.place_id, place)
    return tuple(sorted(found.values(), key=lambda p: p.precision))


def _held(row: Row, arguments: list[Row], rows: Rows) -> Place | None:
    """The place that is held, taken or left: what the first target is, not what lies around it."""
    if families().get(row["kind"]) != "control":
        return None
    target = next((a for a in arguments if a["role"] == "target"), None)
    location = rows.locations.get(target["location_id"]) if target and target["location_id"] else None
    if target is None or location is None or not location["is_resolved"] or _is_of_feature(target, location):
        return None
    return None if _is_only_within(location) else _place(location)


def _is_only_within(location: Row) -> bool:
    """True of a village or a site of which only the province or the country is known: that is not what is held."""
    return location["precision"] > _OWN_PLACE and location["kind"] in _SITES


def _is_of_feature(target: Row, location: Row) -> bool:
    """True where a place's name only tells which feature is meant, or where it lies.

    "The Tabaqa military airport", "the Midan district of Damascus", "Baba Amr in Homs" are no towns.
    """
    words = target["exact"]
    before = words[: max(0, location["char_start"] - target["char_start"])]
    named = _NAMED_FEATURE.match(words[max(0, location["char_end"] - target["char_start"]) :])
    behind = named[0].split() if named is not None else []
    is_part = not terms("parts_of_places").isdisjoint(before.lower().split())
    is_within = is_part or _NAMED_WITHIN.search(before) is not None
    return is_within or not terms("features_of_places").isdisjoint(behind)


def _place(row: Row) -> Place:
    return Place(
        place_id=place_id_of(row),
        name=row["place"],
        country=row["country"],
        admin1=row["admin1"],
        lat=row["lat"],
        lon=row["lon"],
        precision=row["precision"],
        relation=row["relation"],
        location_id=row["location_id"],
    )
