"""Who answers whom: claims that reject what another speaker of the article has said.

Belongs here: finding, among the claims of one article, those that one claim denies, and a link for each. Does not
belong here: finding claims (``ingest.extract.claims``), what is said of one event in several articles
(``ingest.resolve``).

Four rules. ``answers.points_back``: the speaker rejects "the accusation" or calls it "nonsense", and so answers who
has said something of that speaker. ``answers.same_matter``: the speaker denies something that another has said in much
the same words. ``answers.rejected``: the speaker rejects a claim that the text gives inside the rejection.
``answers.of_denier``: the speaker denies in other words what has just been said of its side. Who only says that
something is not so answers nobody, unless it is an event that the other says has happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.extract.answers.lexicon import STEM, lexicon
from ingest.extract.answers.sayings import LEAST_LETTERS, NEAR_CHARS, WORD, Mentions, Saying, Sayings
from ingest.extract.answers.wording import reports_a_denial, says_what_would_be
from ingest.extract.claims.coreference.actors import demonyms
from ingest.records import Claim, EventMention, Link
from ingest.values import replace

POINTS_BACK, SAME_MATTER, REJECTED = "answers.points_back", "answers.same_matter", "answers.rejected"
OF_DENIER = "answers.of_denier"
MAY_ANSWER = frozenset([POINTS_BACK, SAME_MATTER, REJECTED, OF_DENIER])
ANSWERS = "answer"  # the role of the link

_LEAST_SHARED = 2
_LEAST_SHARE = 0.5
_MOST_ANSWERED = 3
_SHORT = 8  # words of a content that may be nothing but a retort
_OPENING_WORDS = 4  # of a content, in which the noun stands that is turned down
_DISCLAIMING_WORDS = 12  # of a content, in which a speaker says that it had no part in something
_CONTINUED_CHARS = 400  # behind a denial, in which its speaker says why
_SAME_BREATH_CHARS = 30  # "denied the claim, saying that"
# kinds of events that somebody is accused of
_DEEDS = frozenset(["strike", "clash", "kill_or_wound", "destroy", "abuse", "responsibility"])
_NEAREST = frozenset(["this", "that"])
_THE = frozenset(["the", "these", "those"])


def with_answers(text: str, claims: Sequence[Claim], events: Sequence[EventMention]) -> list[Claim]:
    """The claims of a text, each with a link to every claim that it answers by denying it."""
    mentions = Mentions(events)
    spoken = [Saying(text, i, claim, mentions) for i, claim in enumerate(claims)]
    sayings = Sayings(spoken)
    found = {one.index: tuple(_links(one, sayings)) for one in spoken}
    out = list(claims)
    if not any(found.values()):
        return out
    for one in spoken:
        links = found[one.index] or tuple(_continued(one, found, spoken, sayings))
        if links:
            out[one.index] = replace(one.claim, links=(*one.claim.links, *links))
    return out


def _links(one: Saying, sayings: Sayings) -> Iterator[Link]:
    """The links of one claim to those that it answers, the nearest first."""
    answered: set[int] = set()
    for other, rule_id in _answered(one, sayings):
        if other.index not in answered and len(answered) < _MOST_ANSWERED:
            answered.add(other.index)
            yield Link(kind="claim", index=other.index, rule_id=rule_id, role=ANSWERS)


def _continued(
    one: Saying, found: Mapping[int, Sequence[Link]], spoken: Sequence[Saying], sayings: Sayings
) -> Iterator[Link]:
    """What a denial answers that a claim behind it gives the reason of: "denied it, saying the town was not lost"."""
    if not one.is_denial:
        return
    for other in sayings.near(one):
        gap = one.claim.char_start - other.claim.char_end
        pointing = [link for link in found[other.index] if link.rule_id == POINTS_BACK]
        if not pointing or not 0 < gap <= _CONTINUED_CHARS:
            continue
        if not _points_back(other) or not _is_of_one_side(one, other):
            continue
        least = 0 if gap <= _SAME_BREATH_CHARS else _LEAST_SHARED
        closest = [_closest(one, link, spoken, sayings) for link in pointing]
        plain = [link if _shared(one, spoken[link.index]) >= least else None for link in pointing]
        links = [link for two in zip(closest, plain, strict=True) if (link := two[0] or two[1]) is not None]
        if links:
            yield from links
            return


def _closest(one: Saying, link: Link, spoken: Sequence[Saying], sayings: Sayings) -> Link | None:
    """The link, to what its speaker has said of the matter of a reason; None where that is nothing else."""
    answered = spoken[link.index]
    shared = len(answered.stems & one.stems)
    told = [
        o
        for o in sayings.near(one)
        if o.speaker == answered.speaker
        and o.may_be_answered
        and 0 < _distance(o, one) <= NEAR_CHARS
        and len(o.stems & one.stems) >= max(_LEAST_SHARED, shared + 1)
    ]
    if not told:
        return None
    nearest = max(told, key=lambda o: (len(o.stems & one.stems), -_distance(o, one), -o.index))
    return replace(link, index=nearest.index)


def _shared(one: Saying, answered: Saying) -> int:
    """How many stems a claim has in common with what is answered; that it names who said it counts too."""
    return len(answered.stems & one.stems) + bool(one.words & _words_for(answered))


def _is_of_one_side(one: Saying, other: Saying) -> bool:
    """True of one speaker, and of two of one side."""
    is_one = one.speaker is not None and one.speaker == other.speaker
    return is_one or (one.claim.speaker_side is not None and one.claim.speaker_side == other.claim.speaker_side)


def _answered(one: Saying, sayings: Sayings) -> Iterator[tuple[Saying, str]]:
    if not one.is_denial and not one.is_retort and not _is_disclaimer(one):
        return
    found, is_turned_down = False, _is_proposal(one)
    for rejected in () if is_turned_down else sayings.inside(one):
        if rejected.claim.stance != "disputed" or _is_proposal(rejected):
            continue
        if _is_another(one, rejected):
            found = True
            yield rejected, REJECTED
        for other in _of_same_matter(rejected, one, sayings):
            found = True
            yield other, SAME_MATTER
    # "charges that the dam was blown up are nonsense": the text gives what is turned down
    is_given = one.is_retort and not lexicon().charges.isdisjoint(one.opening.split())
    for other in _of_same_matter(one, one, sayings):
        found = True
        yield other, REJECTED if is_given else SAME_MATTER
    if not found and not is_turned_down and _points_back(one):
        for other in _pointed_at(one, sayings):
            yield other, POINTS_BACK
    elif not found and not is_turned_down and _says_what_is_not_so(one):
        for other in _told_of_denier(one, sayings):
            yield other, OF_DENIER


def _is_proposal(one: Saying) -> bool:
    """True of what is asked for or proposed: who turns it down denies no statement."""
    if one.claim.cue_class in ("ask", "order", "promise"):
        return True
    if one.opening.startswith(lexicon().to_do):
        return True
    named = WORD.findall(one.opening)[:_OPENING_WORDS]
    return one.claim.cue_class == "deny" and not lexicon().proposals.isdisjoint(named)


def _says_what_is_not_so(one: Saying) -> bool:
    """True of "denied that it had crossed the border": the denial says itself what is not so, and of nothing else."""
    claim = one.claim
    if claim.cue is None or claim.cue.text.lower() not in lexicon().denying:
        return False
    named = set(one.opening.split())
    return named.isdisjoint(lexicon().charges) and named.isdisjoint(lexicon().elsewhere)


def _told_of_denier(one: Saying, sayings: Sayings) -> list[Saying]:
    """What a denial in other words answers: what another has said right before that the denier's side does."""
    if one.is_standing:
        return []
    before = (o for o in sayings.near(one) if 0 < _distance(o, one) <= NEAR_CHARS and _may_be_answered(o, one))
    side = one.claim.speaker_side
    told = [o for o in before if o.claim.speaker_kind != "media" and (side in o.accused or side in _owners(o.claim))]
    last = told[-1:]
    return [o for o in last if not (_befalls(o, side) or _tells_of_no_deed(o))]


def _befalls(other: Saying, side: str | None) -> bool:
    """True of what has been done to a side, of which it does nothing: its soldiers were killed."""
    parties = {(a.role, a.side) for e in other.events for a in e.arguments}
    return ("target", side) in parties and ("agent", side) not in parties


def _tells_of_no_deed(other: Saying) -> bool:
    """True of what others would answer a deed with, and of words that tell of a denial themselves."""
    return any(says_what_would_be(span.text) or reports_a_denial(span.text) for span in other.claim.content)


def _owners(claim: Claim) -> frozenset[str]:
    """Sides of which a claim tells something: "Belgium's jets", also where a text has lost its apostrophes."""
    words = (w.lower().replace("’", "'") for span in claim.content for w in WORD.findall(span.text))
    owners = (word.removesuffix("s").removesuffix("'") for word in words)
    return frozenset(demonyms()[word] for word in owners if word in demonyms())


def _pointed_at(one: Saying, sayings: Sayings) -> Iterator[Saying]:
    """What a denial without a matter of its own answers: who accuses the speaker, else who speaks of it.

    Of each accuser the nearest claim before the denial counts. "That attack" is one that the accusation tells of too.
    """
    before = (o for o in sayings.near(one) if _distance(o, one) > 0 and _may_be_answered(o, one, is_hedged_too=True))
    others = [o for o in before if len(o.words) > 1 and not any(reports_a_denial(s.text) for s in o.claim.content)]
    if any(e.same_event is not None for e in one.events):
        others = [o for o in others if o.happenings & one.happenings]
    theirs = [o for o in others if _is_of(o, one)]
    if not theirs and _points_at_last(one):
        theirs = [o for o in others if _distance(o, one) <= NEAR_CHARS]
    if theirs:
        yield min(theirs, key=lambda o: (_distance(o, one), o.index))
        return
    if one.claim.cue_class == "deny" or len(one.words) <= _SHORT or _is_disclaimer(one):
        accusing = [o for o in others if _accuses(o, one)]
        if accusing:
            accusing.sort(key=lambda o: (_distance(o, one), o.index))
            yield from {o.speaker: o for o in reversed(accusing)}.values()
            return
    if one.is_standing:
        return
    denier = _words_for(one)
    near = [o for o in others if _distance(o, one) <= NEAR_CHARS]
    if _is_of_reports(one):
        near = [o for o in near if denier & o.words or one.claim.speaker_side is None]
    else:
        near = [o for o in near if denier & o.words and o.claim.speaker_kind != "media"]
    if near:
        yield min(near, key=lambda o: (_distance(o, one), o.index))


def _is_of(other: Saying, one: Saying) -> bool:
    """True of what a short denial names as the words of its speaker: "the Russian claim", "the agency's report"."""
    if len(one.words) > _SHORT or other.claim.speaker_kind == "media":
        return False
    words = {w for span in one.claim.content for w in WORD.findall(span.text.lower().replace("’", "'"))}
    words = {w.removesuffix("'s") for w in words}
    sides = demonyms()
    if other.claim.speaker_side in {sides[w] for w in words if w in sides}:
        return True
    named = {
        w.lower() for w in WORD.findall(other.claim.speaker_name or "") if w[0].isupper() and len(w) >= LEAST_LETTERS
    }
    return bool(named & words - sides.keys())


def _points_at_last(one: Saying) -> bool:
    """True of "this claim" and "that allegation": what stands right before."""
    named = WORD.findall(one.opening)[:2]
    return len(named) == 2 and named[0] in _NEAREST and named[1] in lexicon().charges


def _accuses(other: Saying, one: Saying) -> bool:
    """True of a claim that accuses, or tells of the deed that the denier's side is said to have done."""
    side = one.claim.speaker_side
    if _is_of_opponents(other) and _distance(other, one) <= NEAR_CHARS:
        return True
    if other.claim.cue_class == "accuse":
        return not other.accused or side is None or side in other.accused
    has_no_matter = not one.matters - lexicon().charge_stems and not one.events
    if side is None or not (has_no_matter or one.happenings & other.happenings):
        return False
    deeds = (e for e in other.events if e.kind in _DEEDS and e.realis == "actual" and not _is_negative(e))
    return any(a.role == "agent" and a.side == side for e in deeds for a in e.arguments)


def _is_of_opponents(other: Saying) -> bool:
    """True of "its rivals had opened fire": who answers it as an accusation is the opponent."""
    named = WORD.findall(other.opening)[:_OPENING_WORDS]
    return bool(other.events) and not lexicon().opponents.isdisjoint(named)


def _words_for(one: Saying) -> frozenset[str]:
    """Beginnings of the words by which a text may speak of a speaker: of the name, and of the state it speaks for."""
    name = {word.lower()[:STEM] for word in WORD.findall(one.claim.speaker_name or "") if len(word) >= LEAST_LETTERS}
    state = {word[:STEM] for word, side in demonyms().items() if side == one.claim.speaker_side and " " not in word}
    return frozenset(name | state)


def _of_same_matter(matter: Saying, one: Saying, sayings: Sayings) -> Iterator[Saying]:
    """Claims of other speakers that say what ``matter`` says or denies, the most alike and nearest first."""
    is_said = one.claim.cue_class == "deny" or matter is not one or one.is_retort
    found = []
    for other in sayings.near(one):  # what is told long after the denial is no longer what it answers
        if not _may_be_answered(other, one) or other.index == matter.index:
            continue
        is_one_event = _tell_of_one_event(matter, other)
        if is_one_event is False or not (is_said or (is_one_event and any(map(_is_negative, one.events)))):
            continue
        shared = matter.stems & other.stems
        share = len(shared) / max(1, min(len(matter.stems), len(other.stems)))
        # of a deed and a thing alone, "using the weapons" and "the stock of weapons", two words are too few
        least = _LEAST_SHARED + (bool(matter.events) and not other.events)
        if len(shared) >= least and share >= _LEAST_SHARE and shared & matter.matters & other.matters:
            found.append((-share, abs(_distance(other, one)), other.index, other))
    yield from (entry[-1] for entry in sorted(found, key=lambda entry: entry[:3]))


def _is_negative(event: EventMention) -> bool:
    return event.polarity == "negative"


def _tell_of_one_event(one: Saying, other: Saying) -> bool | None:
    """True where the events of the two are of one kind and no two places; None where one of them tells of none.

    What the other only looks into, plans or has heard of it does not say.
    """
    if not one.events or not other.events:
        return None
    said = {e.kind for e in other.events if e.realis == "actual"}
    if not {e.kind for e in one.events} & said:
        return False
    return not one.places or not other.places or bool(one.places & other.places)


def _may_be_answered(other: Saying, one: Saying, *, is_hedged_too: bool = False) -> bool:
    """True of what another speaker affirms, outside of what the one says."""
    return (
        other.may_be_answered
        and other.index != one.index
        and not _overlap(other.claim, one.claim)
        and (is_hedged_too or other.claim.hedge == "none")
        and _is_another(one, other)
    )


def _is_another(one: Saying, other: Saying) -> bool:
    """True of two speakers that the article names, who are not one and not of one side."""
    if one.speaker is None or other.speaker is None or one.speaker == other.speaker:
        return False
    if (other.claim.speaker_name or "").lower() in lexicon().nobody:
        return False
    if other.claim.cue is not None and lexicon().forging.search(other.claim.cue.text):
        return False  # "made up by pranksters": those say nothing themselves
    names = [(s.claim.speaker_name or "").lower().split() for s in (one, other)]
    if names[0][-1:] == names[1][-1:] and names[0]:
        return False
    return one.claim.speaker_side is None or one.claim.speaker_side != other.claim.speaker_side


def _overlap(one: Claim, other: Claim) -> bool:
    """True where one claim's content stands inside the other's: they are one saying."""
    return one.char_start < other.char_end and other.char_start < one.char_end


def _distance(other: Saying, one: Saying) -> int:
    """Characters from the start of the other claim to that of the one; negative where the other comes after."""
    return one.claim.char_start - other.claim.char_start


def _is_of_reports(one: Saying) -> bool:
    """True of a retort to what has been reported: "the situation mentioned in the media does not exist"."""
    return one.is_retort and any(
        not lexicon().reported.isdisjoint(WORD.findall(span.text.lower())) for span in one.claim.content
    )


def _is_disclaimer(one: Saying) -> bool:
    """True where a speaker says that it had no part in something: "we have nothing to do with this attack"."""
    opening = " ".join(one.opening.split()[:_DISCLAIMING_WORDS])
    found = lexicon().disclaimers.search(opening)
    if found is None:
        return False
    before = {word.lower()[:STEM] for word in WORD.findall(opening[: found.start()])}
    return bool(before & (_words_for(one) | lexicon().own))


def _points_back(one: Saying) -> bool:
    """True of a denial without a matter of its own: "denied the accusation", "nonsense", "denied any involvement"."""
    if one.is_retort or _is_disclaimer(one):
        return True
    words = [word.lower() for span in one.claim.content for word in WORD.findall(span.text)]
    if one.is_denial and any(a in _THE and b in lexicon().accusations for a, b in pairwise(words)):
        # "it had no such weapons and the allegations were propaganda"; who cannot verify them denies nothing
        return lexicon().checks.isdisjoint(words)
    if one.claim.cue_class != "deny" or len(words) > _SHORT or lexicon().elsewhere.intersection(words):
        return False
    return bool(lexicon().charges.intersection(words))
