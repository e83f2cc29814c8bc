"""What befell the counted: killed, captured, shot down … read from the clause, on tags alone.

Belongs here: finding the verb, noun or adjective that says it, behind and before the counted. Does
not belong here: the words themselves (``data/status.toml``), and what one figure takes over from
another (``relations``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.extract.analysis import Tokens
from ingest.extract.figures.lexicon import table, words

_BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "'s", "’s", "'re", "’re", "got", "get", "getting"})
_HAVE = frozenset({"have", "has", "had", "having"})
_AUXILIARY = (
    _BE | _HAVE | frozenset({"will", "would", "could", "may", "might", "can", "should", "must", "did", "do", "does"})
)
_SINGULAR = frozenset({"is", "was", "has", "does"})
_NEGATION = frozenset({"not", "n't", "n’t", "never"})
_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_VERB_OR_NOUN = _VERB_TAGS | {"NN", "NNS", "JJ", "NNP", "NNPS"}
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSE_ENDS = frozenset({";", ":", "—", "...", "…"})
_OBJECT_TAGS = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ"})
_PHRASE_TAGS = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "HYPH", "IN", "PRP$", "VBG"})
_SKIPPED_LEFT = frozenset({"DT", "JJ", "JJR", "JJS", "RB", "RBR", "PRP$", "PDT", "``", "''", "CD", "HYPH", "PRP"})
_PARTICLES = frozenset({"down", "out", "up", "dead", "prisoner", "hostage", "captive", "missing"})
_STILL = frozenset({"still", "now", "also", "already", "currently", "all", "only"})
_HOLDING = frozenset({"held", "defended", "manned", "guarded", "occupied", "garrisoned"})
_SEARCH = frozenset({"look", "looking", "search", "searching", "searched", "looked"})
_ADDING = (("along", "with"), ("together", "with"), ("as", "well", "as"))
_REACH = 16
_INSERTION = 8
_BOUND_REACH = 5
_LIST_REACH = 12
_END = -1


@dataclass(frozen=True, slots=True)
class Statuses:
    """The words that show a status, by their part in the clause."""

    verbs: dict[str, str]
    intransitive: dict[str, str]
    phrasal: dict[tuple[str, str], str]
    nouns: dict[str, str]
    of_nouns: dict[str, str]
    adjectives: dict[str, str]
    predicates: frozenset[str]


@cache
def statuses() -> Statuses:
    """The lexicon, each sort of word with the status it shows."""
    parts: dict[str, dict[str, str]] = {
        k: {} for k in ("verbs", "intransitive", "phrasal", "nouns", "of_nouns", "adjectives")
    }
    for status, row in table("status").items():
        for part, known in parts.items():
            for word in row[part]:
                known.setdefault(word, status)
    return Statuses(
        verbs=parts["verbs"],
        intransitive=parts["intransitive"],
        phrasal={(a, b): status for phrase, status in parts["phrasal"].items() for a, b in [phrase.split()]},
        nouns=parts["nouns"],
        of_nouns=parts["of_nouns"],
        adjectives=parts["adjectives"],
        predicates=frozenset(parts["verbs"]) | frozenset(parts["intransitive"]) | frozenset(parts["adjectives"]),
    )


def of_clause(
    tokens: Tokens,
    sentence: tuple[int, int],
    first: int,
    last: int,
    head: str | None,
    attributes: tuple[int, int],
    *,
    agrees: bool = True,
) -> str | None:
    """Status of what tokens ``first`` to ``last`` count; ``attributes`` are the tokens before the head.

    ``agrees`` tells that the verb must agree with a plural: "12 ministers is" are two clauses, "one in
    five families is" one.
    """
    known = statuses()
    on_left, governs = _left(tokens, sentence[0], first, head)
    if head is None and (direct := _direct(tokens, last, sentence[1], governed=governs)) is not None:
        return direct
    if governs:
        return on_left
    is_plural = agrees and head is not None and tokens.tags[last - 1] in ("NNS", "NNPS")
    on_right, finite = _Right(tokens, last, sentence[1], head, is_plural=is_plural).read()
    if on_right is not None and finite:
        return on_right
    named = known.nouns.get(head) if head is not None else None
    if named is not None and _is_mixed(tokens, last, sentence[1], named):
        return None  # "hundreds of deaths and injuries" are neither
    if named in ("killed", "wounded"):
        return named
    for status in (on_left, on_right):
        if status is not None:
            return status
    for j in range(*attributes):
        if tokens.tags[j] in ("VBN", "VBG", "JJ"):
            word = tokens.lowers[j]
            status = known.verbs.get(word) or known.adjectives.get(word)
            if status is not None:
                return status
    return named


def _is_mixed(tokens: Tokens, last: int, limit: int, named: str) -> bool:
    """Whether "and" joins a noun of another status to the one that is counted."""
    lowers = tokens.lowers
    if last + 1 >= limit or lowers[last] not in ("and", "or"):
        return False
    return statuses().nouns.get(lowers[last + 1], named) != named


def is_auxiliary(word: str) -> bool:
    """Whether a word is a form of be, have or do, or a modal."""
    return word in _AUXILIARY


def among_fallen(tokens: Tokens, at: int) -> str | None:
    """The status of those among whom the counted are, from token ``at`` on: "10 guards among 12 dead"."""
    lowers = tokens.lowers
    if lowers[at : at + 1] != ["among"]:
        return None
    j = at + 1
    while j < min(len(lowers), at + _BOUND_REACH) and tokens.tags[j] in ("DT", "CD", "IN", "JJS", "RB"):
        j += 1
    known = statuses()
    return (known.adjectives.get(lowers[j]) or known.verbs.get(lowers[j])) if j < len(lowers) else None


def is_hit_by(head: str | None, verb: str) -> bool:
    """ "five hit the port": missiles that hit were launched."""
    return head in words("weapons") and statuses().verbs.get(verb) == "damaged"


def _tag_of(word: str, tag: str) -> str:
    """The tag of a participle that the tagger took for a name: "150 Injured" in a headline."""
    is_participle = word.endswith("ed") and word in statuses().verbs
    return "VBN" if is_participle and tag in ("NNP", "NNPS", "NN", "JJ") else tag


def _direct(tokens: Tokens, last: int, limit: int, *, governed: bool) -> str | None:
    """ "nine injured": a number without a noun takes the participle behind it.

    Unless that governs a number of its own while another verb stands before: "killed 19 wounded 22".
    """
    if last >= limit:
        return None
    known, word = statuses(), tokens.lowers[last]
    status = known.adjectives.get(word) or (known.verbs.get(word) if word.endswith("ed") else None)
    if status is None or tokens.tags[last] in ("VBG", "VBZ"):
        return None
    after = tokens.tags[last + 1] if last + 1 < limit else ""
    is_object = after in _OBJECT_TAGS or after in ("RB", "JJR")
    return None if is_object and governed else status


class _Right:
    """Reads on from the counted to the end of its clause."""

    def __init__(self, tokens: Tokens, at: int, limit: int, head: str | None, *, is_plural: bool = False) -> None:
        self.is_plural = is_plural
        self.tokens, self.lowers, self.tags = tokens, tokens.lowers, tokens.tags
        self.at, self.limit, self.head = at, min(limit, at + _REACH), head
        self.seen_be = self.seen_have = False
        self.fallback: str | None = None
        self.passed_verb = False

    def read(self) -> tuple[str | None, bool]:
        """The status, and whether a finite verb shows it ("were killed")."""
        j = self.at
        while j < self.limit:
            word, tag = self.lowers[j], _tag_of(self.lowers[j], self.tags[j])
            behind = self._step_over(j, word, tag)
            if behind == _END:
                break
            if behind is not None:
                j = behind
                continue
            told = self._told_by(j, word, tag)
            if told is not None:
                return told
            j += 1
        return self.fallback, False

    def _step_over(self, j: int, word: str, tag: str) -> int | None:
        """The token to go on at where ``j`` opens what tells nothing of the counted; ``_END`` where the clause ends.

        None where ``j`` is to be read.
        """
        if word in _CLAUSE_ENDS or word in _NEGATION or word in words("subordinators"):
            return _END
        if word in words("insertions") and (skip := self._behind_including(j)) is not None:
            return skip
        if word == "with" and self.head is None:
            return _END  # "the toll was 20, with 50 others hurt"
        if self.tags[j - 1] == "HYPH" and self.tags[j] in ("VBN", "VBD", "JJ"):
            return j + 1  # "in the guard-held town": how the town is, not those who are counted
        if tag == "CD" and j > self.at and self._is_series(j):
            return _END  # "left two towns along with 2,200 evacuated from a third"
        if tag == "," or word in ("–", "-") or tag == "-LRB-":
            skip = self._behind_insertion(j)
            return _END if skip is None else skip
        # "one of 12 ministers, and is under arrest"
        return _END if self.is_plural and word in _SINGULAR and tag != "POS" else None

    def _told_by(self, j: int, word: str, tag: str) -> tuple[str | None, bool] | None:
        """What the word at ``j`` settles, as ``read`` returns it; None where the clause goes on."""
        known = statuses()
        if word in _AUXILIARY:
            self.seen_be |= word in _BE
            self.seen_have |= word in _HAVE
            if self.seen_be and (among := self._among(j + 1)) is not None:
                return among, True
            is_somewhere = self.seen_be and self._is_somewhere(j + 1)
            return (self.fallback or "present", True) if is_somewhere else None
        if tag in _VERB_TAGS or word in known.adjectives or word in known.intransitive:
            status, finite, is_end = self._verb(j, word, tag)
            if finite and self._is_two_fates(j, status):
                return None, True
            if finite or is_end:
                return (status, True) if finite else (self.fallback, False)
            if not self.passed_verb:
                self.fallback = self.fallback or status
            # behind "soldiers trained in Poland" only a finite verb tells of the soldiers
            self.passed_verb = True
            return None
        if tag == "CC":
            if self.fallback is not None and self._other_status(j + 1):
                return None, False  # "1,000 killed and wounded" are neither
            goes_on = self.fallback is None and self._shares_verb(j + 1)
            return None if goes_on else (self.fallback, False)
        is_predicate = self.seen_be and tag in ("NN", "NNS", "DT", "JJ", "CD")
        return (self.fallback, False) if is_predicate else None

    def _verb(self, j: int, word: str, tag: str) -> tuple[str | None, bool, bool]:
        """Status that the verb or adjective at ``j`` shows, whether finitely, and whether the clause ends here."""
        known, lowers, limit = statuses(), self.lowers, self.limit
        is_verb = tag in _VERB_TAGS
        active = is_verb and not self.seen_be and self._has_object(j + 1) and (j == self.at or self.seen_have)
        active = active and not self._is_series(j + 1)
        status = None
        for step in (1, 2):
            if j + step < limit and (status := known.phrasal.get((word, lowers[j + step]))) is not None:
                return status, self.seen_be or tag in _FINITE, False
        made = lowers[j + 1] if j + 1 < limit else ""
        becomes = known.adjectives.get(made) or {"displaced": "displaced"}.get(known.nouns.get(made, ""))
        if word in words("becoming") and becomes is not None:
            return becomes, True, False
        if self.head in words("weapons") and known.verbs.get(word) == "damaged" and not self.seen_be:
            return "launched", True, False
        after_noun = j == self.at or self.tags[j - 1] in ("CC", ",", "RB") or lowers[j - 1].startswith("remain")
        if word in known.adjectives and not active and (self.seen_be or after_noun):
            return known.adjectives[word], True, False
        if word in known.intransitive:
            if tag == "VBG":
                return known.intransitive[word], False, False
            after = lowers[j + 1] if j + 1 < limit else ""
            if word.startswith("remain") and after in known.predicates:
                # "remain displaced"
                return known.adjectives.get(after) or known.verbs.get(after), True, False
            return known.intransitive[word], True, False
        passive = self.seen_be or tag == "VBN" or (j == self.at and tag == "VBD")
        if word in known.verbs and passive and not active and tag != "VBG":
            return known.verbs[word], self.seen_be, False
        return None, False, tag != "VBN"

    def _is_two_fates(self, j: int, status: str | None) -> bool:
        """ "were killed and detained by the force": some the one, some the other; "captured and released" are all."""
        if (
            status != "killed"
            or not self.seen_be
            or self.lowers[j + 1 : j + 2] not in (["and"], ["or"])
            or j + 2 >= self.limit
        ):
            return False
        other = statuses().verbs.get(self.lowers[j + 2])
        is_participle = self.tags[j + 2] in ("VBN", "VBD") and not self._has_object(j + 3)
        return is_participle and other is not None and other != status

    def _among(self, j: int) -> str | None:
        """ "were among the dead", "are among the wounded"."""
        known, near = statuses(), self.lowers[j : j + 3]
        if near[:2] != ["among", "the"] or len(near) < 3:
            return None
        return known.adjectives.get(near[2]) or known.verbs.get(near[2]) or known.nouns.get(near[2])

    def _is_somewhere(self, j: int) -> bool:
        """ "are still in the city", and not "are, in his words, …"."""
        while j < self.limit and self.lowers[j] in _STILL:
            j += 1
        if j >= self.limit or self.head is None or self.lowers[j] not in words("locatives"):
            return False
        # "were in need of food" tells of no place
        return not (self.lowers[j] == "in" and j + 1 < self.limit and self.lowers[j + 1] in words("conditions"))

    def _behind_insertion(self, j: int) -> int | None:
        """The token behind ", including two children," or behind the list "two houses, a barn and a bus were hit"."""
        opening = self.tags[j] if self.tags[j] == "-LRB-" else self.lowers[j]
        closing = "-RRB-" if opening == "-LRB-" else opening
        seen_and = False
        for k in range(j + 1, min(self.limit, j + _LIST_REACH)):
            word, tag = self.lowers[k], self.tags[k]
            if word == closing or tag == closing:
                after = self.lowers[k + 1] if k + 1 < self.limit else ""
                if after in _AUXILIARY or after in statuses().intransitive:
                    return k + 1
                if closing != ",":
                    return None
            elif opening == ",":
                seen_and |= tag == "CC"
                if word in _AUXILIARY:
                    return k if seen_and else None
                if tag not in _PHRASE_TAGS and tag != "CC":
                    # the insertion may hold anything, the list only nouns
                    seen_and = False
        return None

    def _behind_including(self, j: int) -> int | None:
        """The verb behind "including two children (5 and 8)", which no comma marks off."""
        limit = min(len(self.tags), self.limit + _INSERTION)
        if j > self.at and self.lowers[j - 1] == ",":
            return None
        depth = 0
        for k in range(j + 1, limit):
            word, tag = self.lowers[k], self.tags[k]
            depth += (tag == "-LRB-") - (tag == "-RRB-")
            if depth > 0 or tag == "-RRB-":
                continue
            if word in _AUXILIARY or (tag in _FINITE and word in statuses().predicates):
                self.limit = max(self.limit, k + _INSERTION)
                self.limit = min(self.limit, limit)
                return k
            if tag not in _PHRASE_TAGS and tag != "CC" and word not in ("them", "whom"):
                return None
        return None

    def _is_series(self, j: int) -> bool:
        """ "57 killed, 150 injured" without the comma: what follows is a number with its own participle."""
        for k in range(j, min(self.limit, j + _BOUND_REACH)):
            if self.tags[k] == "CD" or self.lowers[k] in ("dozens", "scores", "hundreds", "several"):
                after = self.lowers[k + 1] if k + 1 < self.limit else ""
                return after in statuses().predicates and after.endswith("ed")
            if self.tags[k] not in ("JJR", "RBR", "IN", "RB", "JJS", "JJ"):
                return False
        return False

    def _other_status(self, j: int) -> bool:
        known = statuses()
        word = self.lowers[j] if j < self.limit else ""
        other = known.adjectives.get(word) or known.verbs.get(word)
        return other is not None and other != self.fallback and self.tags[j] != "VBD"

    def _shares_verb(self, j: int) -> bool:
        """ "two soldiers and a civilian were killed": what is joined shares the verb."""
        if j >= self.limit:
            return False
        if self.tags[j] == "CD":
            return j + 1 < self.limit and self.tags[j + 1] in ("NN", "NNS", "JJ")
        return self.tags[j] in ("DT", "PRP$", "NN", "NNS", "JJ") and self.lowers[j] not in statuses().predicates

    def _has_object(self, j: int) -> bool:
        return j < self.limit and self.tags[j] in _OBJECT_TAGS


def _left(tokens: Tokens, floor: int, first: int, head: str | None) -> tuple[str | None, bool]:
    """Status shown before the counted, and whether a verb shows it that the counted is object of."""
    known = statuses()
    lowers, tags = tokens.lowers, tokens.tags
    j = first - 1
    floor = max(floor, first - _REACH)
    while j >= floor and lowers[j] not in known.verbs and lowers[j] not in _PARTICLES:
        if tags[j] not in _SKIPPED_LEFT and lowers[j] != "total":
            break
        j -= 1
    if j < floor:
        return None, False
    word, before = lowers[j], lowers[j - 1] if j > floor else ""
    if (added := _behind_list(lowers, floor, j)) is not None:
        # "detained the commander along with two of his men"
        k = _verb_of_list(tokens, floor, added)
        return (_of_verb(tokens, floor, k)[0], False) if k is not None else (None, False)
    if word in ("of", "to", "by", "for", "upon", "on"):
        return _preposition(tokens, floor, j, word, before), False
    if word in _PARTICLES:
        if (status := known.phrasal.get((before, word))) is not None:
            return status, True
        j -= 1
    elif tags[j] == "CC" and head is not None and (k := _verb_of_list(tokens, floor, j)) is not None:
        # "damaged a bus and two houses"; but "hurt a guard, and two houses were damaged"
        return _of_verb(tokens, floor, k)[0], False
    if j < floor:
        return None, False
    if lowers[j] in known.verbs and tags[j] in _VERB_OR_NOUN:
        return _of_verb(tokens, floor, j)
    return ("present" if _is_held_or_there(tokens, floor, j, first, head) else None), False


def _behind_list(lowers: list[str], floor: int, j: int) -> int | None:
    """The first token of "along with", "together with" or "as well as", which ends at ``j``; None for others."""
    for joint in _ADDING:
        if j - len(joint) >= floor and tuple(lowers[j + 1 - len(joint) : j + 1]) == joint:
            return j + 1 - len(joint)
    return None


def _of_verb(tokens: Tokens, floor: int, j: int) -> tuple[str | None, bool]:
    """What the verb at ``j``, or the noun that looks like it, tells of what stands behind it, as ``_left``."""
    tag = tokens.tags[j]
    if tag == "VBN" and any(tokens.lowers[k] in _BE for k in range(max(floor, j - 3), j)):
        return None, False
    if tag == "VB" and tokens.lowers[j - 1] == "to" and tokens.lowers[j - 2] in words("attempts"):
        return None, False  # "tried to arrest two men"
    status = statuses().verbs[tokens.lowers[j]]
    if tag not in _VERB_TAGS and status in ("damaged", "launched"):
        return None, False
    return status, tag in _VERB_TAGS


def _is_held_or_there(tokens: Tokens, floor: int, j: int, first: int, head: str | None) -> bool:
    """ "he has 25,000 fighters", "there have been 40 guards": those counted are somewhere, by the word at ``j``."""
    lowers, tags = tokens.lowers, tokens.tags
    if lowers[j] in _HAVE and head in words("armed") and first - j <= 2:
        return True
    if lowers[j] not in _BE:
        return False
    k = j - 1
    while k >= floor and (lowers[k] in _AUXILIARY or tags[k] in ("RB", "MD")):
        k -= 1
    return k >= floor and (tags[k] == "EX" or lowers[k] == "there")


def _preposition(tokens: Tokens, floor: int, j: int, word: str, before: str) -> str | None:
    """ "the deaths of", "a city of", "home to", "held by", "search for"."""
    lowers = tokens.lowers
    if word == "of":
        if before in ("total", "number", "estimated"):
            return _left(tokens, floor, j - 1, None)[0]
        status = statuses().of_nouns.get(before)
        # "a town of 27,000 people before the war"
        return None if status == "present" and "before" in lowers[j + 1 : j + 7] else status
    if word in ("to", "upon", "on") and {"damage", "damages"}.intersection(lowers[max(0, j - 3) : j]):
        return "damaged"  # "damage to seven cars", "damage inflicted upon three cars"
    if word == "to":
        return "present" if before == "home" and "before" not in lowers[j + 1 : j + 7] else None
    if word == "by":
        return "present" if before in _HOLDING else None
    return "missing" if word == "for" and before in _SEARCH else None


def _verb_of_list(tokens: Tokens, floor: int, j: int) -> int | None:
    """The verb before the list that the conjunction at ``j`` ends."""
    lowers, tags = tokens.lowers, tokens.tags
    k = j - 1
    floor = max(floor, j - _LIST_REACH)
    while k > floor and (
        (
            tags[k] in ("DT", "JJ", "NN", "NNS", "NNP", ",", "HYPH", "POS", "CD")
            or (tags[k] == "VBN" and tags[k - 1] in ("DT", "JJ", "PRP$"))
            or lowers[k] in ("with", "of")
            or tags[k + 1] == "HYPH"
        )
        and lowers[k] not in statuses().verbs
    ):
        k -= 1
    return k if k >= floor and k < j - 1 and lowers[k] in statuses().verbs and tags[k] in _VERB_TAGS else None
