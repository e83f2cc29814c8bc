"""The order in which event mentions are found, and nothing else.

Belongs here: the extractor and its steps. Does not belong here: what the steps do (the modules that
they name).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import accumulate

from ingest.extract.analysis import Analysis, Sentence
from ingest.extract.base import Found
from ingest.extract.catalogue import Catalogue, load_catalogue
from ingest.extract.decisions import Outcome
from ingest.extract.events.arguments import days
from ingest.extract.events.arguments.agents import with_agents
from ingest.extract.events.arguments.fillers import arguments
from ingest.extract.events.arguments.identity import Participants
from ingest.extract.events.arguments.parties import with_enemies, with_parties
from ingest.extract.events.assertion.assertion import assertion
from ingest.extract.events.assertion.attribution import Voices
from ingest.extract.events.coreference.causes import across, causes, with_participants
from ingest.extract.events.coreference.joining import join
from ingest.extract.events.counts.attachment import counts
from ingest.extract.events.counts.parts import with_parts
from ingest.extract.events.entities import Referents
from ingest.extract.events.frames import FRAMES, RULES, headline
from ingest.extract.events.grammar.clauses import under, verb_over
from ingest.extract.events.lexicon import listed, senses
from ingest.extract.events.model import Candidate, Named, Sense, Told
from ingest.extract.events.places.assignment import placed
from ingest.extract.events.places.candidates import named as places_named
from ingest.extract.syntax.tree import PROPER, Tree
from ingest.records import EventArgument, EventCount, EventMention
from ingest.values import replace

_PARTICIPLE_ENDINGS = tuple(listed("scope.toml", "participle_endings"))
_OF_WEAPONS = listed("scope.toml", "of_weapons")
_AT_PLACES = listed("scope.toml", "at_places")
_BEHIND_ATTACKS = listed("scope.toml", "behind_attacks")
_BEFORE_THEN = listed("scope.toml", "before_then")
_SUMS = listed("scope.toml", "sums")
_TAKING_UP = listed("scope.toml", "taking_up")
_AS_NOUN = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "compound"])
_AS_HEAD = _AS_NOUN - {"compound"} | {"attr", "acomp"}
_DOING = ("agent", "instrument", "cause")  # what the subject of a verb may be
_PACKAGE = "ingest.extract.events"


def wants_parse(analysis: Analysis, sentence: Sentence) -> bool:
    """True where a word stands that may name an event, as the part of speech that it names one in."""
    if not sentence.is_body:
        return False
    tokens, known = analysis.tokens, senses()
    lows = tokens.lowers[sentence.first : sentence.last]
    if known.keys().isdisjoint(lows):
        return False
    is_existential = "there" in lows
    return any(
        low in known
        and any(_may_be(tokens.tags[i], sense, low) and (is_existential or sense.part != "E") for sense in known[low])
        for i, low in enumerate(lows, sentence.first)
    )


def _may_be(tag: str, sense: Sense, low: str) -> bool:
    """True where the part of speech that the tagger gave a word can be that of the sense; ``low`` is the word."""
    first = tag[:1]
    if sense.part == "V":
        return first == "V" or (tag == "JJ" and low.endswith(_PARTICIPLE_ENDINGS))
    if sense.part == "J":
        return tag in ("JJ", "NN", "NNS", "VBN", "VBD", "VBG", "RB")
    return first == "N" and not tag.startswith("NNP")


def _is_noun_after_all(tree: Tree, i: int, referents: Referents) -> bool:
    """True for a noun tagged as a name in a headline, as an adjective, or as a verb ("airstrikes on it killed")."""
    t = tree.tokens
    if t.tags[i].startswith("NNP"):
        is_headline = referents.is_headline(tree.sentence) or _is_of_headline(tree, i)
        return is_headline and referents.place_at(i) is None
    if t.tags[i] == "JJ":
        # "a counteroffensive", "a regime offensive in"
        is_head = t.deps[i] in _AS_HEAD or (t.deps[i] == "amod" and t.heads[i] == i - 1)
        return is_head and all(sense.part != "J" for sense in senses()[t.lowers[i]])
    if t.tags[i] == "VBG":
        return _is_gerund_noun(tree, i)
    # "since air strikes on the port"
    return t.tags[i] == "VBZ" and (t.deps[i] in _AS_NOUN or (i > tree.first and t.lowers[i - 1] in _OF_WEAPONS))


def _is_gerund_noun(tree: Tree, i: int) -> bool:
    """True for the "shelling" of "shelling by the army killed two", "to resist heavy shelling", "in rebel shelling of".

    Tagged as a verb it has no object, and stands where a noun does; not so in "a summit of nations meeting in Bali".
    """
    t = tree.tokens
    if t.tags[i] != "VBG" or tree.kid(i, "dobj", "aux", "prt", "ccomp", "xcomp") is not None:
        return False
    behind = t.lowers[i + 1] if i + 1 < tree.last else ""
    if t.deps[i] in ("csubj", "nsubj", "nsubjpass"):
        return behind in ("by", "between") or _has_words_of_noun(tree, i)
    if t.deps[i] == "conj" and t.tags[t.heads[i]] == "VBN":
        return t.tags[i - 1] == "CC" and behind not in _AT_PLACES  # "caught in raids or shelling"
    if t.deps[i] in ("dobj", "pobj", "pcomp"):
        is_of_passive = t.deps[i] == "pcomp" and t.deps[t.heads[i]] == "agent"  # "was hit by shelling"
        return is_of_passive or _has_words_of_noun(tree, i)
    return behind == "of" and i > tree.first and t.deps[i - 1] == "pobj" and t.heads[i - 1] < i - 1


def _has_words_of_noun(tree: Tree, i: int) -> bool:
    """True where an article, an adjective or another noun in the singular stands before a word and hangs on it."""
    t = tree.tokens
    before = (k for k in tree.kids(i) if k < i and t.deps[k] in ("det", "amod", "compound", "poss"))
    return any(t.tags[k] not in ("NNS", "NNPS") for k in before)


def _is_of_headline(tree: Tree, i: int) -> bool:
    """True of the "Airstrikes" of "Airstrikes on a village": other headlines, and a page's lines without full stops."""
    t = tree.tokens
    if t.deps[i] == "compound" or i + 1 >= tree.last:
        return False
    is_plural = t.lowers[i].endswith("s") and t.tags[i + 1] in ("VBD", "VBZ", "VBP")
    return is_plural or t.lowers[i + 1] in _BEHIND_ATTACKS


def _is_called(tree: Tree, i: int, words: str) -> bool:
    """True where one of the words stands before a place that somebody holds, or before who holds it.

    "The former rebel stronghold", "the last city in the rebels' hands", "it had been the last city in their hands".
    """
    t = tree.tokens
    noun = t.heads[i] if t.deps[i] == "amod" else i
    if not t.tags[noun].startswith("NN"):
        return False
    heads = [i, noun]
    if t.deps[i] == "pobj":
        above = t.heads[t.heads[i]]
        heads += [k for k in (above, tree.kid(above, "attr")) if k is not None and t.tags[k].startswith("NN")]
    near = [k for head in heads for k in tree.kids(head) if k < head]
    return any(t.lowers[k] in listed("scope.toml", words) for k in near)


def _is_over(tree: Tree, candidate: Candidate, *, is_taken: bool) -> bool:
    """True for a hold that ended with a capture: "took X, the last rebel town", "it had been their last town"."""
    if candidate.kind != "hold" or not _is_called(tree, candidate.trigger, "until_taken"):
        return False
    t, above = tree.tokens, verb_over(tree, candidate.trigger)
    return is_taken or (above is not None and any(t.lowers[k] in _BEFORE_THEN for k in tree.kids(above)))


def _only_sums_up(tree: Tree, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """True for the "toll" of "a toll of 44 dead", where another word tells of the dead."""
    t, toll = tree.tokens, candidate.trigger
    if t.lowers[toll] not in _SUMS:
        return False
    inner = next((tree.kid(k, "pobj") for k in tree.kids(toll) if t.lowers[k] == "of"), None)
    told = {c.trigger for c in found if c.kind == "kill_or_wound"}
    return inner is not None and any(at == inner or t.heads[at] == inner for at in told)


def _ends_verb(tree: Tree, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """True for the "dead" of "shot dead", the "death" of "hacked to death", which the verb tells of."""
    t, i = tree.tokens, candidate.trigger
    is_end = candidate.sense.part == "J" or (t.lowers[i] == "death" and i > tree.first and t.lowers[i - 1] == "to")
    if candidate.kind != "kill_or_wound" or not is_end:
        return False
    over = t.heads[t.heads[i]]
    before = next((c for c in found if c.last == i - 1 or (candidate.sense.part == "N" and c.trigger == over)), None)
    return before is not None and before.kind == candidate.kind and before.sense.part == "V"


def _with_subject_of_headline(tree: Tree, candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The candidate with the "army" of "Army bombs targets, kills rebels" as agent, where "bombs" is read as a noun."""
    verbs = {c.trigger: c for c in found if c.sense.part == "V" and tree.tokens.tags[c.trigger].startswith("NN")}
    misread = next(
        (verbs[f.head] for role in _DOING for f in candidate.roles.get(role, ()) if f.head in verbs), candidate
    )
    if misread.trigger == candidate.trigger:
        return candidate
    roles = {role: fillers for role, fillers in candidate.roles.items() if role not in _DOING}
    return replace(candidate, roles={**roles, "agent": misread.roles.get("agent", ())})


def _is_told_before(tree: Tree, candidate: Candidate, kinds: Set[str]) -> bool:
    """False for a noun that is an event only as one told before ("the meeting"), where the text has told of none."""
    if not candidate.sense.is_taken_up:
        return True
    t = tree.tokens
    is_definite = any(t.deps[k] == "det" and t.lowers[k] in _TAKING_UP for k in tree.kids(candidate.trigger))
    return is_definite and candidate.kind in kinds


def _is_given(tree: Tree, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """True for the "aid" of "sent aid", "committed $2bn in aid": what a verb of giving gives is told by the verb."""
    if candidate.kind != "deliver" or candidate.sense.part != "N":
        return False
    others = (c for c in found if c.kind == "deliver" and c.trigger != candidate.trigger)
    given = [
        f.head
        for c in others
        if c.sense.part == "V" or c.trigger < candidate.trigger
        for f in c.roles.get("target", ())
    ]
    return any(under(tree, candidate.trigger, head) for head in given)


def _with_named_places(tree: Tree, candidate: Candidate, referents: Referents) -> Candidate:
    """The candidate with "Veliz" as what is held in "Veliz, the last city that they hold", "Veliz is their bastion"."""
    if candidate.kind not in ("hold", "take", "leave"):
        return candidate
    t = tree.tokens
    named = []
    for filler in candidate.roles.get("target", ()):
        head = filler.head
        other = t.heads[head] if t.deps[head] == "appos" else None
        if t.deps[head] == "attr":
            other = tree.kid(t.heads[head], "nsubj")
        is_name = other is not None and t.tags[other] in PROPER and referents.place_at(other) is not None
        is_noun = t.tags[head] in ("NN", "NNS") and referents.place_at(head) is None
        named.append(replace(filler, head=other) if other is not None and is_name and is_noun else filler)
    return replace(candidate, roles={**candidate.roles, "target": tuple(named)}) if named else candidate


def load_rules() -> Catalogue:
    """The catalogue of the frames, checked against the rules that they make.

    Raises:
        CatalogueError: a frame makes a rule that the catalogue has not, or the other way round.
    """
    catalogue = load_catalogue(_PACKAGE)
    catalogue.check(RULES)
    return catalogue


class EventExtractor:
    """Finds event mentions: who did what to whom, where and when."""

    name = "events"
    version = "1"

    def __init__(self) -> None:
        self._catalogue = load_rules()

    def extract(self, analysis: Analysis, found: Found) -> list[EventMention]:
        """All event mentions of the text, in order of their triggers."""
        referents = Referents(analysis, found)
        sentences: list[tuple[Tree, Sentence, list[Candidate]]] = []
        kinds: set[str] = set()
        known, lowers = senses(), analysis.tokens.lowers
        indexes = accumulate((sentence.is_body for sentence in analysis.sentences), initial=0)
        for index, sentence in zip(indexes, analysis.sentences, strict=False):
            is_read = sentence.is_body and analysis.is_parsed(sentence)
            if is_read and not known.keys().isdisjoint(lowers[sentence.first : sentence.last]):
                tree = Tree(analysis, sentence)
                candidates = self._candidates(tree, sentence, index, referents, kinds)
                if candidates:
                    sentences.append((tree, sentence, candidates))
                    kinds.update(c.kind for c in candidates)
        if not sentences:
            return []
        participants = Participants(analysis, found)
        voices = Voices(found.claims)
        told: list[Told] = []
        names: list[Sequence[Named]] = []
        for tree, sentence, candidates in sentences:
            counted = counts(tree, sentence, candidates, referents)
            names += [places_named(tree, referents)] * len(candidates)
            for k, candidate in enumerate(candidates):
                told.append(
                    Told(
                        self._mention(tree, candidate, referents, participants, voices, counted.get(k, ())),
                        candidate,
                        sentence,
                        tree,
                    )
                )
        told = with_enemies(told, found.claims)
        caused_by = causes(told)
        told = with_participants(with_parts(told, caused_by, referents), caused_by)
        told = with_agents(told, caused_by, referents, participants)
        told = placed(told, caused_by, names, referents)
        told = with_parties(told, found.locations)
        return join(told, across(told, caused_by), referents)

    def _candidates(
        self, tree: Tree, sentence: Sentence, index: int, referents: Referents, kinds: Set[str]
    ) -> list[Candidate]:
        """The candidates of a sentence, one a trigger: of the senses of a word the first whose frame fits.

        ``kinds`` are those that the sentences before have told of.
        """
        tokens, known = tree.tokens, senses()
        found = []
        taken: set[int] = set()
        lows = tokens.lowers[sentence.first : sentence.last]
        for i, low in [(i, low) for i, low in enumerate(lows, sentence.first) if low in known]:
            if i in taken:
                continue
            tried = self._tried(tree, i, known[low], referents, index)
            candidate = next((c for c in tried if _is_told_before(tree, c, kinds)), None)
            if candidate is not None:
                candidate = _with_named_places(tree, candidate, referents)
                found.append(candidate)
                taken.update(range(candidate.trigger, candidate.last + 1))
        found = [c for c in found if not any(test(tree, c, found) for test in (_only_sums_up, _is_given, _ends_verb))]
        found = [_with_subject_of_headline(tree, c, found) for c in found]
        is_taken = any(c.kind == "take" for c in found)
        return [replace(c, is_before=True) if _is_over(tree, c, is_taken=is_taken) else c for c in found]

    @staticmethod
    def _tried(tree: Tree, i: int, possible: Sequence[Sense], referents: Referents, index: int) -> Iterator[Candidate]:
        recorder = tree.analysis.recorder
        tag = tree.tokens.tags[i]
        low = tree.tokens.lowers[i]
        if tag == "VBG" and any(sense.part == "N" for sense in possible) and _is_gerund_noun(tree, i):
            possible = [sense for sense in possible if sense.part == "N"]
        for sense in possible:
            frames = FRAMES[sense.part]
            if not _may_be(tag, sense, low) and not (sense.part == "N" and _is_noun_after_all(tree, i, referents)):
                if sense.part != "V" or not tag.startswith("NN"):
                    continue
                frames = (headline.verb,)
            for frame in frames:
                candidate = frame(tree, i, sense, referents, index)
                if recorder is not None:
                    span = (tree.tokens.starts[i], tree.tokens.ends[i])
                    rule = candidate.rule if candidate is not None else frame.__name__
                    outcome = Outcome.REFUSED if candidate is None else Outcome.ACCEPTED
                    recorder.record("events", "frames", rule, outcome, sense.kind, span)
                if candidate is not None and not (candidate.kind == "hold" and _is_called(tree, i, "of_before")):
                    yield candidate

    def _mention(
        self,
        tree: Tree,
        candidate: Candidate,
        referents: Referents,
        participants: Participants,
        voices: Voices,
        counted: Sequence[EventCount],
    ) -> EventMention:
        text, tokens = tree.analysis.text, tree.tokens
        start, end = tokens.starts[candidate.trigger], tokens.ends[candidate.last]
        asserted = assertion(tree, candidate, referents)
        told: list[EventArgument] = arguments(tree, candidate, referents, participants)
        when = days.time(tree, candidate, referents, asserted.realis)
        is_present = tokens.tags[candidate.trigger] in ("VBZ", "VBP")
        is_told_as_past = not is_present and not candidate.rule.startswith(("noun.arguments", "noun.bare"))
        if asserted.realis == "actual" and not is_told_as_past and days.is_ahead(when, referents.reference_day):
            asserted = replace(asserted, realis="future")  # "the summit in November", told in July
        told += [when.argument] if when.argument is not None else []
        first, last = _clause(tree, candidate)
        # who reads what is told reads its numbers: of "among the 26 civilians killed" too
        figures = [referents.found.figures[count.figure] for count in counted]
        begins = min(
            (f.char_start for f in figures if f.char_start >= tokens.starts[tree.sentence.first]), default=start
        )
        ends = max((f.char_end for f in figures if f.char_end <= tokens.ends[tree.sentence.last - 1]), default=end)
        return EventMention(
            char_start=start,
            char_end=end,
            exact=text[start:end],
            rule_id=candidate.rule,
            confidence=self._catalogue[candidate.rule].confidence,
            kind=candidate.kind,
            polarity=asserted.polarity,
            realis=asserted.realis,
            extent=asserted.extent,
            extent_words=asserted.extent_words,
            statement_start=min(tokens.starts[first], start, begins),
            statement_end=max(tokens.ends[last], end, ends),
            claim=voices.of(start, end, is_negative=asserted.polarity == "negative"),
            first_date=when.first,
            last_date=when.last,
            time_rule=when.rule,
            arguments=tuple(told),
            counts=tuple(counted),
        )


def _clause(tree: Tree, candidate: Candidate) -> tuple[int, int]:
    """First and last token of the clause that tells of the candidate, without what is joined to it by "and"."""
    t, head = tree.tokens, candidate.clause
    first, last = tree.left(head), tree.right(head)
    for k in tree.kids(head):
        if t.deps[k] == "conj" and k > head and t.tags[k].startswith("V"):
            last = min(last, max(head, tree.left(k) - 1))
    while last > head and (t.deps[last] in ("punct", "cc") or t.tags[last] in ("CC", ",", ".")):
        last -= 1
    while first < head and t.deps[first] == "punct":
        first += 1
    return min(first, candidate.trigger), max(last, candidate.last)
