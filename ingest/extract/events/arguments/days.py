"""When: the days of an event mention, by how the sentence and the text are built.

Belongs here: choosing among the dates that were found. Does not belong here: finding them
(``ingest.extract.dates``).
"""

from __future__ import annotations

from datetime import date, timedelta

from ingest.extract.claims.lexicon import verbs
from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import clauses_up, hangs_on, is_answered, under, verb_over
from ingest.extract.events.lexicon import light_verbs, listed
from ingest.extract.events.model import Candidate
from ingest.extract.syntax.tree import VERB_TAGS, Tree
from ingest.records import DateMention, EventArgument
from ingest.values import replace, value

_NO_DAYS = listed("scope.toml", "no_days")
_AFTERWARDS = listed("scope.toml", "afterwards")
_SUMS = listed("scope.toml", "sums")
_BLAME_WORDS = listed("light.toml", "blame")
_ABOUT = listed("scope.toml", "about")
_COUNTED_FROM = listed("scope.toml", "counted_from")
_PAST = listed("scope.toml", "past")
_AT_THAT_TIME = listed("scope.toml", "at_that_time")
_PUBLISHED = listed("scope.toml", "published")
_SINCE = listed("scope.toml", "since")
_TIMES = listed("scope.toml", "times")
_RANKING = listed("scope.toml", "ranking")
_OCCURRING = listed("assertion.toml", "occurring")
_BACKGROUND = listed("scope.toml", "background")
_PERFECT = listed("scope.toml", "perfect")
_HAPPENING_ONCE = listed("scope.toml", "happening_once")
_TYING = frozenset(["IN", "DT"])  # tags of words before a date of the story
_STEPS = 8
_BLAME = "responsibility"
_RELATIVE = frozenset(["WDT", "WP"])
_JUDGING = frozenset(["accuse", "deny"])  # classes of cues of claims
_SUPERLATIVE = frozenset(["JJS", "RBS"])
_SOME_WEEK = "XXXX-WXX"  # how the value of a weekday begins whose week is not known
_OFFSETS = ("rel.from-event", "rel.offset-from-date")  # rules of dates that are counted from an event
_STAMP = "time.stamp"  # rule of a date with a time of day in figures
_LATELY = timedelta(days=2)
_SINCE_YESTERDAY = timedelta(days=1)


@value(frozen=True, slots=True)
class When:
    """The days on which it may have happened, the rule that says so, and the date's argument."""

    first: date | None
    last: date | None
    rule: str
    argument: EventArgument | None = None


NEVER = When(None, None, "none")


def time(tree: Tree, candidate: Candidate, referents: Referents, realis: str) -> When:
    """The days of a candidate from the dates of its clause, else the days up to publication for what just happened.

    A state that ended with what the sentence tells is dated to the day before.
    """
    found = _time(tree, candidate, referents, realis)
    if realis == "actual":
        found = _until(found, referents.reference_day)
    if not candidate.is_before:
        return found
    first = found.first if found.first is not None else referents.reference_day
    if first is None:
        return NEVER
    before = _before(first, timedelta(days=1))
    return When(before, before, "carried", found.argument)


def is_ahead(found: When, published: date | None) -> bool:
    """True where the text dates it behind its own day of publication."""
    return found.rule == "linked" and published is not None and found.first is not None and found.first > published


def _until(found: When, published: date | None) -> When:
    """The days up to publication: what has happened "this year" has not happened after it was told."""
    if published is None or found.first is None or found.last is None or not found.first <= published < found.last:
        return found
    return replace(found, last=published)


def _before(day: date, by: timedelta) -> date:
    """The day so long before another; the first that there is, where a text tells of the year 1."""
    return day - by if day - date.min >= by else date.min


def _time(tree: Tree, candidate: Candidate, referents: Referents, realis: str) -> When:
    """The days of a candidate as its sentence tells them."""
    best: tuple[int, int] | None = None
    argument: EventArgument | None = None
    for token, index in referents.dates_in(tree.first, tree.last):
        mention = referents.found.dates[index]
        if (
            mention.exact.lower() in _NO_DAYS
            or mention.value == "PRESENT_REF"
            or _is_published(tree, mention, referents)
            or mention.timex_type not in ("DATE", "TIME")
            or (mention.rule_id == "rel.from-event" and mention.start_date is None)
            or (_is_open(tree, mention.char_start) and _is_ranked(tree, candidate.trigger))
        ):
            continue
        if _is_counted_from(tree, mention, candidate.trigger):
            if mention.anchor != "era" or mention.anchor_date is None:
                continue
            return When(mention.anchor_date, mention.anchor_date, "linked")
        cost = _date_distance(tree, candidate, token, referents)
        if cost is not None and (best is None or (cost, abs(token - candidate.trigger)) < best[:2]):
            best = (cost, abs(token - candidate.trigger))
            chosen, chosen_token = index, token
    if best is not None:
        mention = referents.found.dates[chosen]
        argument = EventArgument(
            start=mention.char_start,
            end=mention.char_end,
            text=mention.exact,
            role="time",
            name=mention.value,
            actor_key=None,
            side=None,
            is_inferred=False,
            date=chosen,
        )
        last, published = mention.end_date or mention.start_date, tree.analysis.dct
        if published is not None and _is_spent(mention, published):
            last = _before(published, timedelta(days=1))
        if last is not None and _is_open(tree, mention.char_start) and published is not None:
            last = max(last, published)  # "since May"
        if last is not None and (
            _is_later_than(tree, candidate, chosen_token)
            or (mention.granularity == "day" and _is_of_another_deed(tree, candidate, chosen_token))
        ):
            return When(_before(last, _LATELY), last, "reported", argument)
        if last is not None:
            return When(mention.start_date, last, "linked", argument)
        if not _is_weekday(mention):
            return When(None, None, "none", argument)
    said = _said_day(tree, candidate, referents)
    dct = said or referents.reference_day
    if dct is not None and realis == "actual" and not candidate.is_state and _is_recent(tree, candidate):
        return When(_before(dct, _LATELY), dct, "reported", argument)
    # "said on Monday that they had control": they had it then
    is_held = candidate.kind == "hold" and (said is not None or _is_present(tree, candidate))
    is_held = is_held and not _is_of_a_while(tree, candidate)
    if dct is not None and realis == "actual" and is_held:
        return When(dct - _SINCE_YESTERDAY, dct, "reported", argument)
    return NEVER if argument is None else When(None, None, "none", argument)


def _is_later_than(tree: Tree, candidate: Candidate, token: int) -> bool:
    """True for the date of what came after a noun that names the event: "rose to 45 on Tuesday after a strike".

    A toll is counted, and rises, after the deaths: of these its date says no more than that they were before.
    """
    t, n = tree.tokens, candidate.trigger
    if candidate.sense.part != "N" or under(tree, token, n):
        return False
    is_behind = t.deps[n] == "pobj" and t.lowers[t.heads[n]] in _AFTERWARDS
    return is_behind or t.lowers[_counted_by(tree, n)] in _SUMS


def _is_of_another_deed(tree: Tree, candidate: Candidate, token: int) -> bool:
    """True for the date of a verb that is about a happening and is none: "on Tuesday the minister condemned the raid".

    What is condemned, claimed, denied or investigated on a day has happened until then.
    """
    t, n = tree.tokens, candidate.trigger
    if candidate.kind == _BLAME or under(tree, token, n):
        return False
    verb, of_date = verb_over(tree, n), verb_over(tree, token)
    is_beneath = candidate.sense.part == "V" or verb != of_date
    if _is_owned(tree, n, of_date) or (is_beneath and _is_denied(tree, n, of_date)):
        return True
    if candidate.sense.part != "N" or candidate.kind == "meet" or verb is None or not _is_about(t.lowers[verb]):
        return False
    phrase = n  # "convicted of two murders in the 2012 shooting": the year is of the whole phrase
    while t.heads[phrase] != verb:
        phrase = t.heads[phrase]
    return not under(tree, token, phrase)


def _is_owned(tree: Tree, n: int, of_date: int | None) -> bool:
    """True for a noun behind "responsibility for": the date of the verb is that of the owning up."""
    t, at = tree.tokens, n
    for _ in range(_STEPS):
        if at == of_date or t.heads[at] == at:
            return False
        at = t.heads[at]
        if t.lowers[at] in _BLAME_WORDS:
            return of_date is not None and under(tree, at, of_date)
    return False


def _is_denied(tree: Tree, n: int, of_date: int | None) -> bool:
    """True under "denied on Thursday": what its clause, or the noun of its object, tells of was before."""
    if of_date is None or n == of_date or not under(tree, n, of_date):
        return False
    cue = verbs().get(tree.tokens.lowers[of_date])
    return cue is not None and cue.cue_class in _JUDGING


def _is_about(word: str) -> bool:
    cue = verbs().get(word)
    is_judging = cue is not None and cue.cue_class in _JUDGING and word not in light_verbs()
    return is_judging or word in _ABOUT


def _counted_by(tree: Tree, n: int) -> int:
    """The noun that a noun hangs on by prepositions: of the attack in "the toll from a missile attack", the toll."""
    t = tree.tokens
    while t.deps[n] == "pobj" and t.deps[t.heads[n]] == "prep" and t.tags[t.heads[t.heads[n]]].startswith("N"):
        n = t.heads[t.heads[n]]
    return n


def _said_day(tree: Tree, candidate: Candidate, referents: Referents) -> date | None:
    """The day on which it was said, where the sentence tells it: "on Monday the monitor said"; None elsewhere."""
    entry = next((referents.found.dates[k] for _, k in referents.dates_in(tree.first, tree.last)), None)
    if entry is not None and _is_of_entry(tree, entry):
        return entry.end_date or entry.start_date
    t, at = tree.tokens, candidate.clause
    for _ in range(_STEPS):
        if t.deps[at] == "ccomp":
            break
        if t.heads[at] == at:
            return None
        at = t.heads[at]
    verb = t.heads[at]
    if verb == at or t.tags[verb] not in VERB_TAGS:
        return None
    for token, index in referents.dates_in(tree.first, tree.last):
        day = referents.found.dates[index].end_date
        published = referents.reference_day
        if day is None or published is None or day > published:
            continue
        is_opening = tree.analysis.token_at(referents.found.dates[index].char_start) == tree.first
        if is_opening or hangs_on(tree, token, verb):
            return day
    return None


def _is_counted_from(tree: Tree, mention: DateMention, trigger: int) -> bool:
    """Whether a date is counted from the trigger: "a week before the invasion", "day 40 of the invasion"."""
    if mention.char_start <= tree.analysis.tokens.starts[trigger] < mention.char_end:
        return True
    t, at = tree.tokens, tree.analysis.token_at(mention.char_end - 1) + 1
    is_offset = mention.rule_id in _OFFSETS
    if not is_offset or at >= tree.last or t.lowers[at] not in _COUNTED_FROM:
        return False
    return t.heads[trigger] == at or t.heads[at] == trigger


def _is_present(tree: Tree, candidate: Candidate) -> bool:
    """True for a state that goes on when it is told of: "controls", "is held by", "the rebel-held town"."""
    t = tree.tokens
    if t.tags[candidate.trigger] == "VBD" or t.tags[candidate.clause] == "VBD":
        return t.deps[candidate.trigger] in ("amod", "acl", "pobj")
    lows = {t.lowers[k] for k in tree.kids(candidate.clause) if t.deps[k] in ("aux", "auxpass")}
    return lows.isdisjoint(_PAST)


def _is_of_a_while(tree: Tree, candidate: Candidate) -> bool:
    """True of "was briefly in rebel hands", "was once held by them": that was at another time than what is told."""
    lows = {tree.tokens.lowers[k] for k in tree.kids(candidate.clause)}
    return tree.tokens.tags[candidate.clause] != "VBZ" and not lows.isdisjoint(_AT_THAT_TIME)


def _is_weekday(mention: DateMention) -> bool:
    """True for "on Monday" where no day of publication places it."""
    return (mention.value or "").startswith(_SOME_WEEK)


def _is_spent(mention: DateMention, published: date) -> bool:
    """True for "earlier this week", of which the day of publication and those behind it are no part."""
    first, last = mention.start_date, mention.end_date
    if first is None or last is None or not mention.exact.lower().startswith("earlier"):
        return False
    return first < published <= last


def _is_published(tree: Tree, mention: DateMention, referents: Referents) -> bool:
    """ "Published 29 April", "16.05.2017 (updated", the "16-05-2017" by a headline: of the page, not of the story."""
    first = tree.analysis.first_token_from(mention.char_start)
    last = tree.analysis.token_at(mention.char_end - 1)
    lowers = tree.tokens.lowers
    around = {*lowers[max(tree.first, first - 2) : first], *lowers[last + 1 : last + 3]}  # "Last updated at"
    is_stamp = mention.exact.replace("-", "").replace(".", "").replace("/", "").isdigit()
    if _is_of_entry(tree, mention) or _is_day_of_page(tree, mention, referents):
        return True
    is_opening = first == tree.first and mention.start_date == referents.reference_day
    is_of_page = is_stamp and (is_opening or referents.is_headline(tree.sentence))
    return is_of_page or not _PUBLISHED.isdisjoint(around)


def _is_day_of_page(tree: Tree, mention: DateMention, referents: Referents) -> bool:
    """True for the "Friday 6 Feb 2015" before a story and under a picture, where a text is of that very day.

    Of its own day a story tells as of "Friday" or "today"; with a year it stands in what frames the story, but for a
    date that a word ties to its sentence: "on 6 February 2015", "the 6 February 2015 raid".
    """
    before = tree.analysis.first_token_from(mention.char_start) - 1
    if before >= tree.first and tree.tokens.tags[before] in _TYING:
        return False
    is_that_day = mention.start_date == mention.end_date == referents.reference_day
    return is_that_day and mention.start_date is not None and str(mention.start_date.year) in mention.exact


def _is_of_entry(tree: Tree, mention: DateMention) -> bool:
    """True for the "12 Jul 2022 20.36" that opens an entry of a page written through the day: when it was told."""
    return mention.rule_id == _STAMP and tree.analysis.first_token_from(mention.char_start) == tree.first


def _is_open(tree: Tree, start: int) -> bool:
    """True where "since" stands before a date."""
    before = tree.analysis.first_token_from(start) - 1
    return before >= tree.first and tree.tokens.lowers[before] in _SINCE


def _is_ranked(tree: Tree, trigger: int) -> bool:
    """True of a happening that is the most or the first of its kind: "the deadliest attack since May" was not then.

    So is what has come "for the first time since May", and what else that sentence tells of it.
    """
    t = tree.tokens
    words = [k for kid in tree.kids(trigger) for k in (kid, *tree.kids(kid)) if kid < trigger]
    words += [k for time in range(tree.first, tree.last) if _is_first_time(tree, time) for k in tree.kids(time)]
    return any(t.tags[k] in _SUPERLATIVE or t.lowers[k] in _RANKING for k in words)


def _is_first_time(tree: Tree, k: int) -> bool:
    """True for the "time" of "for the first time since May"."""
    t = tree.tokens
    is_of_time = t.lowers[k] in _TIMES and t.lowers[t.heads[k]] == "for"
    return is_of_time and any(t.lowers[kid] in _SINCE for kid in tree.kids(k) if kid > k)


def _is_background(tree: Tree, token: int, trigger: int, referents: Referents) -> bool:
    """True for a date that only tells when something else began: "the worst since the start of the war in 2011"."""
    t, at = tree.tokens, token
    for _ in range(_STEPS):
        head = t.heads[at]
        if head in (at, trigger) or t.tags[head] in VERB_TAGS:
            return False
        if t.lowers[head] in _SINCE:
            return referents.date_at(at) is None
        at = head
    return False


def _date_distance(tree: Tree, candidate: Candidate, token: int, referents: Referents) -> int | None:
    trigger = candidate.trigger
    if is_answered(tree, token, trigger) or (
        is_answered(tree, trigger, token) and not is_answered(tree, token, _root(tree, token))
    ):
        return None  # the day of a deed is not that of its answer
    if _is_background(tree, token, trigger, referents):
        return None
    if hangs_on(tree, token, candidate.trigger) or _is_of_own_clause(tree, candidate, token):
        return 0
    distance = clauses_up(tree, candidate, token)
    if distance is not None and distance > 1 and tree.tokens.deps[candidate.clause] == "relcl":
        return None
    return distance


def _root(tree: Tree, token: int) -> int:
    heads = tree.tokens.heads
    while heads[token] != token:
        token = heads[token]
    return token


def _is_of_own_clause(tree: Tree, candidate: Candidate, token: int) -> bool:
    """True for a date of the clause behind a noun: "the uprising that began in March", "talks due on Monday"."""
    t, verb = tree.tokens, verb_over(tree, token)
    for _ in range(_STEPS):
        if verb is None or t.deps[verb] != "xcomp":
            break
        verb = t.heads[verb]
    if verb is None or candidate.sense.part != "N" or t.heads[verb] != candidate.trigger:
        return False
    is_carried = t.lowers[verb] in _OCCURRING or t.lowers[verb] in light_verbs()
    # "the attack that hit the port on Monday"
    does = any(t.deps[k] == "nsubj" and t.tags[k] in _RELATIVE for k in tree.kids(verb))
    is_carried = is_carried or (does and not _is_about(t.lowers[verb]))
    return t.deps[verb] == "acl" or (t.deps[verb] == "relcl" and is_carried)


def _is_recent(tree: Tree, candidate: Candidate) -> bool:
    """True for a plain past, a perfect or the present of a headline; a past perfect may be long ago."""
    t = tree.tokens
    n = candidate.trigger
    if t.deps[n] == "pobj" and t.lowers[t.heads[n]] in _BACKGROUND:
        return False  # "since the invasion"
    lows = {t.lowers[k] for k in tree.kids(candidate.clause) if t.deps[k] in ("aux", "auxpass")}
    is_plain_past = t.tags[n] == "VBD" or (t.tags[n] == "VBN" and lows.isdisjoint(_PERFECT))
    if t.lowers[n] in _HAPPENING_ONCE and (candidate.sense.part == "N" or is_plain_past):
        return False  # of "Russia's invasion", "when it annexed X" the text does not say that it was just now
    # "said that they had shelled": the tense is the report's
    return "had" not in lows or t.deps[candidate.clause] == "ccomp"
