"""Denials without a matter of their own, and what they point at: "rejected the accusation", "that is a lie".

Belongs here: whether a claim only points at another, and at which of those around it. Does not belong here: denials
that say themselves what is not so (``ingest.extract.answers``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.extract.answers.between import distance, is_another, may_be_answered, passes_on_a_denial, words_for
from ingest.extract.answers.deeds import HARM, blames, is_negative
from ingest.extract.answers.lexicon import STEM, lexicon
from ingest.extract.answers.sayings import LEAST_LETTERS, NEAR_CHARS, WORD, Saying, Sayings
from ingest.extract.answers.sources import is_source, source_of
from ingest.extract.answers.wording import reports_a_denial
from ingest.extract.claims.coreference.actors import demonyms

SHORT = 8  # words of a content that may be nothing but a retort
OPENING_WORDS = 4  # of a content, in which the noun stands that is turned down
_CHARGE = "denial.charge"  # the rule of claims that reads ", a charge it denies"
_BLAME_WORDS = 3  # of a content, in which the noun stands that only who is blamed denies
_DISCLAIMING_WORDS = 18  # of a content, in which a speaker says that it had no part in something
BESIDE_CHARS = 160  # from the end of a claim to the denial that stands right behind it
_REPORTS_CHARS = 1_500  # from a report to what somebody says of "the media reports" about it
_AHEAD_CHARS = 1_500  # behind a denial that opens an article, in which it is told what is denied
_DONE = frozenset(["actual", "possible"])  # realis of what a side is told to have done, or may have
_NEAREST = frozenset(["this", "that", "these", "those"])
_THE = frozenset(["the", "these", "those"])


def points_back(one: Saying) -> bool:
    """True of a denial without a matter of its own: "denied the accusation", "nonsense", "denied any involvement"."""
    if one.is_retort or is_disclaimer(one):
        return True
    words = [word.lower() for span in one.claim.content for word in WORD.findall(span.text)]
    if one.is_denial and any(a in _THE and b in lexicon().accusations for a, b in pairwise(words)):
        # "it had no such weapons and the allegations were propaganda"; who cannot verify them denies nothing
        return lexicon().checks.isdisjoint(words)
    if one.claim.cue_class != "deny" or lexicon().elsewhere.intersection(words):
        return False
    if is_of_blame(one):
        return True
    if len(words) > SHORT:
        return False
    return bool(lexicon().charges.intersection(words)) or is_pronoun(one)


def is_pronoun(one: Saying) -> bool:
    """True of "denied this": what is denied is a pronoun."""
    return one.claim.cue_class == "deny" and one.opening in lexicon().pronouns


def pointed_at(one: Saying, sayings: Sayings) -> Iterator[Saying]:
    """What a denial without a matter of its own answers.

    Whom it names comes first, then what stands right before it, then who accuses its speaker, then who speaks of it.
    Of each accuser the nearest claim before the denial counts. "That attack" is one that the accusation tells of too.
    """
    if one.claim.rule_id == _CHARGE:
        yield from charged(one, sayings)
        return
    around = [o for o in sayings.near(one) if _may_be_pointed_at(o, one, sayings)]
    if any(e.same_event is not None for e in one.events):
        around = [o for o in around if o.happenings & one.happenings]
    others = [o for o in around if distance(o, one) > 0]
    named = _named(one, others, sayings)
    if named is not None:
        if not _stands_in_own_words(named, one, sayings):
            yield named
        return
    is_short = one.claim.cue_class == "deny" or len(one.words) <= SHORT or is_disclaimer(one)
    accusing = [o for o in others if _accuses(o, one)] if is_short else []
    side = one.claim.speaker_side
    is_certain = any(side in o.accused for o in accusing if side is not None) or (is_of_blame(one) and accusing)
    if not is_certain and (beside := _beside(one, others, sayings)) is not None:
        yield beside
        return
    if accusing:
        yield from _nearest_of_each(accusing, one)
        return
    near = [] if one.is_standing else _near(one, others)
    if near:
        yield min(near, key=lambda o: (distance(o, one), o.index))
    elif (ahead := _ahead(one, around, sayings)) is not None:
        yield ahead


def _nearest_of_each(accusing: Sequence[Saying], one: Saying) -> list[Saying]:
    """The nearest claim of each accuser, the furthest first; where one stands right before, none from further back.

    Those told before the passage that a denial stands in accuse of something else: of another year, or in general.
    """
    near_first = sorted(accusing, key=lambda o: (distance(o, one), o.index))
    is_right_before = any(0 <= one.start - o.end <= BESIDE_CHARS for o in near_first)
    reach = NEAR_CHARS if is_right_before else math.inf
    return list({o.speaker: o for o in reversed(near_first) if distance(o, one) <= reach}.values())


def charged(one: Saying, sayings: Sayings) -> list[Saying]:
    """What the charge of ", a charge it denies" takes up: what stands before it in the sentence, whoever says it."""
    at = one.claim.char_start  # its speaker may be named in the charge itself
    before = [o for o in sayings.near(one) if o.end <= at and o.is_joined_to(one) and o.says_something]
    before = [o for o in before if o.speaker is None or is_another(one, o)]
    last = max(before, key=lambda o: (o.end, o.start, -o.index), default=None)
    return [] if last is None else [last]


def _may_be_pointed_at(other: Saying, one: Saying, sayings: Sayings) -> bool:
    return (
        may_be_answered(other, one, is_hedged_too=True)
        and len(other.words) > 1
        and not any(reports_a_denial(s.text) for s in other.claim.content)
        and not passes_on_a_denial(other, sayings)
    )


def _stands_in_own_words(other: Saying, one: Saying, sayings: Sayings) -> bool:
    """True of what the denier's own side has told by the way: its own words are what is denied, which answers none."""
    around = sayings.around(other)
    return around is not None and around.speaker is not None and not is_another(one, around)


def _named(one: Saying, others: Sequence[Saying], sayings: Sayings) -> Saying | None:
    """What a short denial names as the words of its speaker ("the Russian claim"), or as what stands right before."""
    source = source_of(one) if len(one.words) <= SHORT or one.is_retort else ()
    theirs = [o for o in others if _is_of(o, one) or (source and is_source(o, source, sayings))]
    if not theirs and points_at_last(one):
        theirs = [o for o in others if distance(o, one) <= NEAR_CHARS]
    return min(theirs, key=lambda o: (distance(o, one), o.index), default=None)


def _beside(one: Saying, others: Sequence[Saying], sayings: Sayings) -> Saying | None:
    """What another has said in the same sentence or right before it, with nobody else in between."""
    if one.is_standing or not (one.claim.cue_class == "deny" or one.is_short_retort) or _is_of_any(one):
        return None
    before = [o for o in others if 0 <= one.start - o.end <= BESIDE_CHARS]
    if not before or any(_is_of_third(o, one) for o in before):
        return None
    last = max(before, key=lambda o: (o.start, -o.index))
    if is_of_blame(one) and not last.is_joined_to(one):
        return None  # what only who is blamed denies
    if not (last.events or last.claim.cue_class == "accuse" or is_pronoun(one) or one.is_short_retort):
        return None
    between = (o for o in sayings.near(one) if last.end <= o.start < one.start and o.index != one.index)
    return None if any(o.speaker not in (one.speaker, last.speaker) for o in between) else last


def is_of_blame(one: Saying) -> bool:
    """True of "denied any involvement": it answers those who blame its speaker, and nobody else."""
    named = WORD.findall(one.opening)[:_BLAME_WORDS]
    return is_disclaimer(one) or (one.claim.cue_class == "deny" and not lexicon().blame.isdisjoint(named))


def _has_matter(one: Saying) -> bool:
    """True of "accusations on troops": the noun for what is denied says of what it is."""
    words = WORD.findall(one.opening)
    return any(word in lexicon().charges and after in lexicon().about for word, after in pairwise(words))


def _is_of_any(one: Saying) -> bool:
    """True of "denied charges", which points at none in particular."""
    words = WORD.findall(one.opening)
    return len(words) == 1 and words[0] in lexicon().charges


def _is_of_third(other: Saying, one: Saying) -> bool:
    """True of an accusation of another side than the one that denies something."""
    side = one.claim.speaker_side
    is_known = other.claim.cue_class == "accuse" and side is not None and bool(other.accused)
    return is_known and side not in other.accused


def _near(one: Saying, others: Sequence[Saying]) -> list[Saying]:
    """Those not far before that speak of the denier, or of whom nobody speaks, where reports are denied."""
    denier = words_for(one)
    if _is_of_reports(one):
        told = [o for o in others if distance(o, one) <= _REPORTS_CHARS]
        return [o for o in told if denier & o.words or one.claim.speaker_side is None]
    near = [o for o in others if distance(o, one) <= NEAR_CHARS]
    near = [o for o in near if denier & o.words and o.claim.speaker_kind != "media"]
    return [o for o in near if _tells_of_deed_of(o, one)] if is_of_blame(one) else near


def _tells_of_deed_of(other: Saying, one: Saying) -> bool:
    """True of a claim of harm that the denier's side has done or may have done.

    A claim of which no event is read must open with the denier: "its air force may have aimed at the convoy".
    """
    if not other.events:
        return bool(words_for(one) & {word[:STEM] for word in WORD.findall(other.opening)[:OPENING_WORDS]})
    side = one.claim.speaker_side
    deeds = (e for e in other.events if e.kind in HARM and e.realis in _DONE and not is_negative(e))
    agents = (a for e in deeds for a in e.arguments if a.role == "agent")
    return any((side is not None and a.side == side) or other.words_at(a) & one.own_names for a in agents)


def _ahead(one: Saying, around: Sequence[Saying], sayings: Sayings) -> Saying | None:
    """What is told behind a denial of it: what the named source says, and who blames the denier."""
    if one.is_standing or not (one.claim.cue_class == "deny" or one.is_short_retort or is_disclaimer(one)):
        return None
    ahead = [o for o in sayings.behind(one, _AHEAD_CHARS) if _may_be_pointed_at(o, one, sayings)]
    source = source_of(one)
    told = [o for o in ahead if source and is_source(o, source, sayings)]
    told = [o for o in told if o.claim.cue_class == "accuse" or o.events] or [o for o in ahead if _blames(o, one)]
    matter = one.matters - lexicon().charge_stems - {word[:STEM] for word in source}
    if matter and _has_matter(one):
        told = [o for o in told if matter & o.told_words]  # "accusations on troops"
    return min(told, key=lambda o: (-distance(o, one), o.index), default=None)


def _blames(other: Saying, one: Saying) -> bool:
    is_accusation = other.claim.cue_class == "accuse" and bool(one.own_names & other.told_words)
    return is_accusation or bool(blames(other, one))


def _is_of(other: Saying, one: Saying) -> bool:
    """True of what a short denial names as the words of its speaker: "the Russian claim", "the agency's report"."""
    if len(one.words) > SHORT or other.claim.speaker_kind == "media":
        return False
    words = {w for span in one.claim.content for w in WORD.findall(span.text.lower().replace("’", "'"))}
    words = {w.removesuffix("'s") for w in words}
    sides = demonyms()
    if other.claim.speaker_side in {sides[w] for w in words if w in sides}:
        return True
    named = {
        w.lower() for w in WORD.findall(other.claim.speaker_name or "") if w[0].isupper() and len(w) >= LEAST_LETTERS
    }
    return any(w in words and w not in sides for w in named)


def points_at_last(one: Saying) -> bool:
    """True of "this claim" and "those allegations": what stands right before."""
    named = WORD.findall(one.opening)[:2]
    return len(named) == 2 and named[0] in _NEAREST and named[1] in lexicon().charges


def _accuses(other: Saying, one: Saying) -> bool:
    """True of a claim that accuses, or tells of the deed that the denier's side is said to have done."""
    side = one.claim.speaker_side
    if _is_of_opponents(other) and distance(other, one) <= NEAR_CHARS:
        return True
    if other.claim.cue_class == "accuse":
        return not other.accused or side is None or side in other.accused
    has_no_matter = not one.matters - lexicon().charge_stems and not one.events
    if side is None or not (has_no_matter or one.happenings & other.happenings):
        return False
    deeds = (e for e in other.events if e.kind in HARM and e.realis == "actual" and not is_negative(e))
    return any(a.role == "agent" and a.side == side for e in deeds for a in e.arguments)


def _is_of_opponents(other: Saying) -> bool:
    """True of "its rivals had opened fire": who answers it as an accusation is the opponent."""
    named = WORD.findall(other.opening)[:OPENING_WORDS]
    return bool(other.events) and not lexicon().opponents.isdisjoint(named)


def _is_of_reports(one: Saying) -> bool:
    """True of a retort to what has been reported: "the situation mentioned in the media does not exist"."""
    return one.is_retort and any(
        not lexicon().reported.isdisjoint(WORD.findall(span.text.lower())) for span in one.claim.content
    )


def is_disclaimer(one: Saying) -> bool:
    """True where a speaker says that it had no part in something: "we have nothing to do with this attack"."""
    opening = " ".join(one.opening.split()[:_DISCLAIMING_WORDS])
    found = lexicon().disclaimers.search(opening)
    if found is None:
        return False
    before = opening[: found.start()]
    is_its_own = not {word[:STEM] for word in WORD.findall(before)}.isdisjoint(words_for(one) | lexicon().own)
    # "we do not know whether the raid took place, but we were not involved": the doubt ends with its clause
    clause = lexicon().joints.split(before)[-1]
    return is_its_own and lexicon().wishing.isdisjoint(WORD.findall(clause))
