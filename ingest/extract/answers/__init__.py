"""Who answers whom: claims that reject what another speaker of the article has said.

Belongs here: finding, among the claims of one article, those that one claim denies, and a link for each. Does not
belong here: finding claims (``ingest.extract.claims``), what is said of one event in several articles
(``ingest.resolve``).

Five rules. ``answers.points_back``: the speaker rejects "the accusation", calls it "nonsense" or denies "this", and so
answers whom it names, what stands right before, or who has said something of that speaker (``pointing``, ``sources``).
``answers.same_matter``: the speaker denies something that another has said in much the same words.
``answers.same_event``: the same, where both tell of an event of one kind, in like words or of the same parties
(``deeds``). ``answers.rejected``: the speaker rejects a claim that the text gives inside the rejection; of one that
nobody is named for only where nobody else is answered. ``answers.of_denier``: the speaker denies in other words what
has just been said of its side, or of an event. Who only says that something is not so answers nobody,
unless it is an event that the other says has happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.extract.answers.between import distance, is_another, may_be_answered, overlap, passes_on_a_denial, words_for
from ingest.extract.answers.deeds import (
    CONTROL,
    blames,
    denies_told_event,
    disowns,
    is_negative,
    own_agents,
    tell_of_one_event,
)
from ingest.extract.answers.lexicon import STEM, lexicon
from ingest.extract.answers.pointing import (
    BESIDE_CHARS,
    OPENING_WORDS,
    charged,
    is_disclaimer,
    is_of_blame,
    pointed_at,
    points_at_last,
    points_back,
)
from ingest.extract.answers.sayings import NEAR_CHARS, WORD, Mentions, Saying, Sayings
from ingest.extract.answers.sources import is_source, source_of
from ingest.extract.answers.wording import reports_a_denial, says_what_would_be
from ingest.extract.claims.coreference.actors import demonyms
from ingest.records import Claim, EventMention, Link
from ingest.values import replace

POINTS_BACK, SAME_MATTER, REJECTED = "answers.points_back", "answers.same_matter", "answers.rejected"
SAME_EVENT, OF_DENIER = "answers.same_event", "answers.of_denier"
MAY_ANSWER = frozenset([POINTS_BACK, SAME_MATTER, SAME_EVENT, REJECTED, OF_DENIER])
ANSWERS = "answer"  # the role of the link

_LEAST_SHARED = 2
_LEAST_SHARE = 0.5
_MOST_ANSWERED = 3
_CONTINUED_CHARS = 400  # behind a denial, in which its speaker says why
_SAME_BREATH_CHARS = 30  # "denied the claim, saying that"
_RELATIVE = "denial.relative"  # the rule of claims that reads ", which it denies"
_TOLD_CHARS = 1_500  # around a denial, in which the event of which it speaks is told in other words
_SPOKEN_CHARS = 200  # from a denial to the words of whom it names
_LEAD_CHARS = 400  # in which an article opens
_HABIT_CHARS = 200  # from what is said again and again to what answers it


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
    if (not one.is_denial and not one.is_retort) or one.is_no_denial_itself:
        return
    for other in sayings.near(one):
        gap = one.claim.char_start - other.claim.char_end
        pointing = [link for link in found[other.index] if link.rule_id == POINTS_BACK]
        if not pointing or not 0 < gap <= _CONTINUED_CHARS:
            continue
        if not points_back(other) or not _is_of_one_side(one, other):
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
        and 0 < distance(o, one) <= NEAR_CHARS
        and len(o.stems & one.stems) >= max(_LEAST_SHARED, shared + 1)
    ]
    if not told:
        return None
    nearest = max(told, key=lambda o: (len(o.stems & one.stems), -distance(o, one), -o.index))
    return replace(link, index=nearest.index)


def _shared(one: Saying, answered: Saying) -> int:
    """How many stems a claim has in common with what is answered; that it names who said it counts too."""
    return len(answered.stems & one.stems) + bool(one.words & words_for(answered))


def _is_of_one_side(one: Saying, other: Saying) -> bool:
    """True of one speaker, and of two of one side."""
    is_one = one.speaker is not None and one.speaker == other.speaker
    return is_one or (one.claim.speaker_side is not None and one.claim.speaker_side == other.claim.speaker_side)


def _answered(one: Saying, sayings: Sayings) -> Iterator[tuple[Saying, str]]:
    if not (one.is_denial or one.is_retort or is_disclaimer(one) or disowns(one)) or _is_proposal(one):
        return
    if (one.claim.cue_class != "deny" and says_what_would_be(one.opening)) or one.is_no_denial_itself:
        return
    for find in (_told_around, _told_alike, _told_elsewhere):
        found = list(find(one, sayings))
        if found:
            yield from found
            return
    # "denied reports that the town had fallen", where nobody is named who says so
    for rejected in sayings.inside(one):
        if _is_rejected(rejected, one) and rejected.speaker is None:
            yield rejected, REJECTED


def _is_rejected(inner: Saying, one: Saying) -> bool:
    """True of a claim that a denial holds and turns down: "denied reports of it", "no truth in the report of it"."""
    cue = inner.claim.cue
    is_charge = one.is_retort and cue is not None and cue.text.lower() in lexicon().charges
    return (inner.claim.stance == "disputed" or is_charge) and not _is_proposal(inner)


def _told_around(one: Saying, sayings: Sayings) -> Iterator[tuple[Saying, str]]:
    """What a denial answers that stands in the words of another: ", which it denies", ", an account it dismissed"."""
    if one.claim.cue_class != "deny":
        return
    parent = sayings.around(one)
    takes_up = points_at_last(one)
    if parent is not None and (one.follows_a_charge or takes_up) and parent.says_something and is_another(one, parent):
        yield parent, POINTS_BACK
    elif takes_up:  # "the mayor blamed the army, while the army denied these claims, saying …"
        for other in charged(one, sayings):
            yield other, POINTS_BACK
    # "the findings of the panel, which said that …"
    for other in sayings.behind(one, _SPOKEN_CHARS) if points_back(one) else ():
        speaker = other.claim.speaker
        if (
            speaker is not None
            and one.claim.char_start < speaker.start < one.claim.char_end
            and _may_be_said(other, one)
        ):
            yield other, REJECTED
    for other in sayings.near(one) if one.claim.rule_id == _RELATIVE else ():
        is_it = other.claim.char_start <= one.claim.char_start and overlap(one.claim, other.claim)
        if other.index != one.index and is_it and other.may_be_answered and is_another(one, other):
            yield other, POINTS_BACK


def _may_be_said(other: Saying, one: Saying) -> bool:
    return may_be_answered(other, one, is_hedged_too=True)


def _told_alike(one: Saying, sayings: Sayings) -> Iterator[tuple[Saying, str]]:
    """What a denial answers that it holds itself, or that another has said in much the same words."""
    for rejected in sayings.inside(one):
        is_accusation = one.claim.cue_class == "deny" and rejected.claim.cue_class == "accuse"
        if not _is_rejected(rejected, one) and not is_accusation:
            continue
        if is_another(one, rejected):
            yield rejected, REJECTED
        yield from _of_same_matter(rejected, one, sayings)
    # "charges that the dam was blown up are nonsense": the text gives what is turned down
    is_given = one.is_retort and not lexicon().charges.isdisjoint(one.opening.split())
    for other, rule_id in _of_same_matter(one, one, sayings):
        yield other, REJECTED if is_given else rule_id


def _told_elsewhere(one: Saying, sayings: Sayings) -> Iterator[tuple[Saying, str]]:
    """What a denial answers that it only points at, or of which it says in other words that it is not so."""
    if points_back(one):
        for other in pointed_at(one, sayings):
            yield other, POINTS_BACK
    elif not lexicon().elsewhere.isdisjoint(one.opening.split()):
        return  # "denied earlier reports of it"
    elif _says_what_is_not_so(one) or (disowns(one) and one.claim.cue_class != "deny"):
        for other in _told_of_denier(one, sayings) or _of_event_beside(one, sayings) or _of_blame(one, sayings):
            yield other, OF_DENIER
    elif one.is_denial and lexicon().charges.isdisjoint(one.opening.split()):
        for other in _of_event_beside(one, sayings):
            yield other, OF_DENIER


def _is_proposal(one: Saying) -> bool:
    """True of what is asked for or proposed: who turns it down denies no statement."""
    if one.claim.cue_class in ("ask", "order", "promise"):
        return True
    if one.opening.startswith(lexicon().to_do):
        return True
    named = WORD.findall(one.opening)[:OPENING_WORDS]
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
    before = [o for o in sayings.near(one) if 0 < distance(o, one) <= NEAR_CHARS and may_be_answered(o, one)]
    side = one.claim.speaker_side
    told = [o for o in before if o.claim.speaker_kind != "media" and (side in o.accused or side in _owners(o.claim))]
    blaming = [o for o in before if blames(o, one) and _tell_of_one_deed(one, o)] if disowns(one) else []
    last = told[-1:] if _says_what_is_not_so(one) else blaming[-1:]
    return [o for o in last or blaming[-1:] if not (_befalls(o, side) or _tells_of_no_deed(o))]


def _of_blame(one: Saying, sayings: Sayings) -> list[Saying]:
    """What others tell of the deed that a denial disowns and blame its speaker for, before it or below."""
    if one.is_standing or not disowns(one):
        return []
    told = [
        o
        for o in (*sayings.near(one), *sayings.behind(one, _TOLD_CHARS))
        if abs(distance(o, one)) <= _TOLD_CHARS and may_be_answered(o, one) and not _is_of_habit(o, one)
    ]
    blaming = [
        o
        for o in told
        if blames(o, one)
        and tell_of_one_event(one, o)
        and not passes_on_a_denial(o, sayings)
        and _tell_of_one_deed(one, o)
    ]
    nearest = min(blaming, key=lambda o: (-len(o.stems & one.stems), abs(distance(o, one)), o.index), default=None)
    return [] if nearest is None else [nearest]


def _tell_of_one_deed(one: Saying, other: Saying) -> bool:
    """True of two that tell of a deed to the same people or place, or share words beside that of the deed."""
    are_of_blame = all(any(e.kind == "responsibility" for e in o.events) for o in (one, other))
    return are_of_blame or denies_told_event(one, other) or len(one.stems & other.stems) >= _LEAST_SHARED


def _of_event_beside(one: Saying, sayings: Sayings) -> list[Saying]:
    """What another tells right before of the event that a denial says has not been: "the attack never happened"."""
    denied = [e for e in one.events if is_negative(e)]
    if not denied or not (one.claim.cue_class == "deny" or all(map(is_negative, one.events))):
        return []
    before = [o for o in sayings.near(one) if 0 <= one.start - o.end <= BESIDE_CHARS and may_be_answered(o, one)]
    last = max(before, key=lambda o: (o.start, -o.index), default=None)
    if last is None or not tell_of_one_event(one, last, is_strict=True) or passes_on_a_denial(last, sayings):
        return []
    return [] if disowns(one) and not blames(last, one) else [last]


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


def _of_same_matter(matter: Saying, one: Saying, sayings: Sayings) -> Iterator[tuple[Saying, str]]:
    """Claims of other speakers that say what ``matter`` says or denies, the most alike and nearest first.

    The rule says whether the two tell of one event or share no more than words.
    """
    is_said = one.claim.cue_class == "deny" or matter is not one or one.is_retort
    is_own_deed, source = disowns(one) or is_of_blame(one), source_of(one)
    found = []
    for other in _around(one, source, sayings):
        if not may_be_answered(other, one) or other.index == matter.index or passes_on_a_denial(other, sayings):
            continue
        is_one_event = tell_of_one_event(matter, other)
        if is_one_event is False or not (is_said or (is_one_event and any(map(is_negative, one.events)))):
            continue
        if (is_own_deed and not _tells_of_denier(other, one)) or _is_of_habit(other, one):
            continue
        shared = matter.stems & other.stems
        share = len(shared) / max(1, min(len(matter.stems), len(other.stems)))
        # of a deed and a thing alone, "using the weapons" and "the stock of weapons", two words are too few
        least = _LEAST_SHARED + (bool(matter.events) and not other.events)
        is_alike = len(shared) >= least and share >= _LEAST_SHARE and bool(shared & matter.matters & other.matters)
        is_near = abs(distance(other, one)) <= _TOLD_CHARS
        is_told = is_one_event and is_near and not (is_own_deed and not blames(other, one))
        if is_alike or (is_told and _is_of_told_event(matter, other, source, sayings)):
            is_accused = other.claim.cue_class == "accuse" and one.claim.speaker_side in other.accused
            rule_id = SAME_EVENT if is_one_event else OF_DENIER if is_accused else SAME_MATTER
            found.append((-share, abs(distance(other, one)), other.index, (other, rule_id)))
    yield from (entry[-1] for entry in sorted(found, key=lambda entry: entry[:3]))


def _tells_of_denier(other: Saying, one: Saying) -> bool:
    """True of what may be answered by who denies a deed: it blames the denier, or speaks of it and blames nobody."""
    blamed = blames(other, one)
    if blamed is None:
        is_spoken_of = (
            bool((one.own_names | own_agents(one)) & other.told_words) or one.claim.speaker_side in other.spoken_of
        )
        return other.claim.cue_class == "accuse" or is_spoken_of
    return blamed


def _around(one: Saying, source: tuple[str, ...], sayings: Sayings) -> list[Saying]:
    """What a denial may answer: what is told long after it only where it names who says so, or opens the article."""
    near = list(sayings.near(one))
    is_lead = one.claim.char_start < _LEAD_CHARS
    if not (source or is_lead):
        return near
    last = near[-1].claim.char_start
    further = [o for o in sayings.behind(one, _TOLD_CHARS) if o.claim.char_start > last]
    is_told = (
        o for o in further if (is_lead and denies_told_event(one, o)) or (source and is_source(o, source, sayings))
    )
    return [*near, *is_told]


def _is_of_told_event(matter: Saying, other: Saying, source: tuple[str, ...], sayings: Sayings) -> bool:
    """True where the two tell of an event of one kind with the same parties, in words that differ otherwise."""
    shared = len(matter.stems & other.stems)
    if source and is_source(other, source, sayings):
        return bool(matter.stems & other.stems - sayings.called(other) - {word[:STEM] for word in source})
    held = {e.kind for e in matter.events} & CONTROL
    return denies_told_event(matter, other) and shared >= (1 if held else _LEAST_SHARED)


def _is_of_habit(other: Saying, one: Saying) -> bool:
    """True of what is said again and again, and not right before: no denial of one thing answers it."""
    return other.is_habit and not 0 <= one.start - other.end <= _HABIT_CHARS
