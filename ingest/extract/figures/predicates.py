"""What the rest of a clause says of the counted: "12 guards were captured", "two shells fell".

Belongs here: reading on from the counted to the end of its clause, on tags alone. Does not belong here: what stands
before the counted (``status``) and the words themselves (``status_words``).
"""

from __future__ import annotations

from ingest.extract.analysis import Tokens
from ingest.extract.figures import complements
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.status_words import AUXILIARY, BE, BOUND_REACH, FINITE, HAVE, VERB_TAGS, statuses

_SINGULAR = frozenset({"is", "was", "has", "does"})
_NEGATION = frozenset({"not", "n't", "n’t", "never"})
_DEGREES = words("degrees")
_CLAUSE_ENDS = frozenset({";", ":", "—", "...", "…"})
_OBJECT_TAGS = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ"})
_PHRASE_TAGS = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "HYPH", "IN", "PRP$", "VBG"})
_STILL = words("still")
_REACH = 16
_INSERTION = 8
_LIST_REACH = 12
_END = -1


def _tag_of(word: str, tag: str) -> str:
    """The tag of a participle that the tagger took for a name: "150 Injured" in a headline."""
    is_participle = word.endswith("ed") and word in statuses().verbs
    return "VBN" if is_participle and tag in ("NNP", "NNPS", "NN", "JJ") else tag


class Right:
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
        if j == self.at and (verb := self._behind_relative(j)) is not None:
            return verb
        if word in _CLAUSE_ENDS or word in _NEGATION or word in words("subordinators"):
            return _END
        if word in words("insertions") and (skip := self._behind_including(j)) is not None:
            return skip
        if word == "with" and self.head is None:
            return _END  # "the toll was 20, with 50 others hurt"
        if self.tags[j - 1] == "HYPH" and self.tags[j] in ("VBN", "VBD", "JJ"):
            return j + 1  # "in the guard-held town": how the town is, not those who are counted
        if tag == "-RRB-":
            return _END  # "half of them (without the two guards) live": what follows is said of others
        if tag == "CD" and j > self.at and self._is_series(j):
            return _END  # "left two towns along with 2,200 evacuated from a third"
        if tag == "," and (verb := self._behind_apposition(j)) is not None:
            return verb
        if tag == "," or word in ("–", "-") or tag == "-LRB-":
            skip = self._behind_insertion(j)
            return _END if skip is None else skip
        # "one of 12 ministers, and is under arrest"
        return _END if self.is_plural and word in _SINGULAR and tag != "POS" else None

    def _told_by(self, j: int, word: str, tag: str) -> tuple[str | None, bool] | None:
        """What the word at ``j`` settles, as ``read`` returns it; None where the clause goes on."""
        known = statuses()
        if word in AUXILIARY:
            self.seen_be |= word in BE
            self.seen_have |= word in HAVE
            if self.seen_be and (among := self._among(j + 1)) is not None:
                return among, True
            if self.seen_be and (told := self._complement(j + 1)) is not None:
                return told, True
            is_somewhere = self.seen_be and self._is_somewhere(j + 1)
            return (self.fallback or "present", True) if is_somewhere else None
        if word in words("supposed") and tag in ("VBN", "VBD") and self._is_participle(j + 1):
            return None
        # "were taken to hospital", "remain in custody"
        if self._leaves_open(word, tag) and (told := self._complement(j + 1)) is not None:
            return told, self.seen_be  # "bodies of ten men arrived in the hospital": what stands before says more
        if tag in VERB_TAGS or word in known.adjectives or word in known.intransitive:
            status, finite, is_end = self._verb(j, word, tag)
            if finite and self._is_two_fates(j, status):
                return None, True
            if finite and status == "wounded" and self._die_later(j + 1):
                status = "killed"
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
        if self.seen_be and tag == "NNS" and known.nouns.get(word) in ("displaced", "held"):
            return known.nouns[word], True  # "a million are refugees"
        is_predicate = self.seen_be and tag in ("NN", "NNS", "DT", "JJ", "CD")
        return (self.fallback, False) if is_predicate else None

    def _verb(self, j: int, word: str, tag: str) -> tuple[str | None, bool, bool]:
        """Status that the verb or adjective at ``j`` shows, whether finitely, and whether the clause ends here."""
        known, lowers, limit = statuses(), self.lowers, self.limit
        is_verb = tag in VERB_TAGS
        active = is_verb and not self.seen_be and self._has_object(j + 1) and (j == self.at or self.seen_have)
        active = active and not self._is_series(j + 1)
        status = None
        for step in (1, 2):
            if j + step < limit and (status := known.phrasal.get((word, lowers[j + step]))) is not None:
                is_from = lowers[j + step] == "out" and lowers[j + step + 1 : j + step + 2] in (["of"], ["from"])
                if is_from and status != "displaced":
                    status = "evacuated"  # "were taken out of the city"; without it, they were put out of action
                if not self.seen_be and tag in FINITE and self._governs(j + step + 1):
                    return None, False, True  # "three jets carried out several flights"
                return status, self.seen_be or tag in FINITE, False
        if word in words("sustaining") and is_verb and not self.seen_be and self._names_wounds(j + 1):
            return "wounded", True, False
        if word in words("crossing") and self._flees(j + 1):
            return "displaced", tag in FINITE or self.seen_have, False
        made = lowers[j + 1] if j + 1 < limit else ""
        becomes = known.adjectives.get(made) or {"displaced": "displaced"}.get(known.nouns.get(made, ""))
        if word in words("becoming") and becomes is not None:
            return becomes, True, False
        if self.head in words("weapons") and known.verbs.get(word) == "damaged" and not self.seen_be:
            return "launched", True, False
        after_noun = j == self.at or self.tags[j - 1] in ("CC", ",", "RB") or lowers[j - 1].startswith("remain")
        is_told = self.seen_be or after_noun
        # "were left without roofs" are not there
        if word in known.adjectives and not active and is_told and lowers[j + 1 : j + 2] != ["without"]:
            return known.adjectives[word], True, False
        if word in known.intransitive:
            if known.intransitive[word] == "launched" and self.head not in (None, "others", *words("weapons")):
                return None, False, False  # "a plane with 10 tourists crashed"
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
        # "ten men guarding the bridge were hurt": only a finite verb further on tells of them
        is_reduced = tag == "VBG" and j == self.at and word not in words("insertions")
        return None, False, tag != "VBN" and not is_reduced

    def _leaves_open(self, word: str, tag: str) -> bool:
        """Whether a verb leaves it to the phrase behind it what befell its subject: "remain", "were taken".

        Who works, gathers or arrives somewhere does so unharmed.
        """
        own = statuses().verbs.get(word) or statuses().intransitive.get(word)
        is_passive = self.seen_be and tag in ("VBN", "VBD")
        return tag in VERB_TAGS and own in (None, "present") and (is_passive or word in words("staying"))

    def _complement(self, j: int) -> str | None:
        """What a phrase from ``j`` on tells of what has happened, and to things that do not say it by their name.

        Bodies that "were pulled from the rubble" are dead, and people who "will be moved to safety" are not safe.
        """
        if not complements.concern(self.head) or "MD" in self.tags[self.at : j]:
            return None
        if self.lowers[j : j + 2] in (["out", "of"], ["out", "from"]) and self.lowers[j - 1] in words("leading"):
            return complements.told(self.tokens, j, self.limit) or "evacuated"
        return complements.told(self.tokens, j, self.limit)

    def _is_participle(self, j: int) -> bool:
        """Whether the word at ``j`` is the participle or adjective of what befell somebody: "feared drowned"."""
        return j < self.limit and (self.tags[j] == "VBN" or self.lowers[j] in statuses().predicates)

    def _names_wounds(self, j: int) -> bool:
        """Whether wounds are what a verb has for its object, from ``j`` on: "sustained serious injuries"."""
        while j < self.limit and (self.tags[j] in ("JJ", "RB", "DT", "VBG") or self.lowers[j] in _DEGREES):
            j += 1
        return j < self.limit and statuses().nouns.get(self.lowers[j]) == "wounded"

    def _governs(self, j: int) -> bool:
        """Whether another thing stands behind a verb and its particle, by the word at ``j``; arms are one's own."""
        is_own = self.lowers[j : j + 1] == ["arms"] or self.lowers[j : j + 2] in (
            ["their", "arms"],
            ["their", "weapons"],
        )
        return self._has_object(j) and not is_own

    def _flees(self, j: int) -> bool:
        """Whether people who are no army cross "into" a country, by the word at ``j``."""
        is_people = self.head is None or (self.head in words("people") and self.head not in words("armed"))
        return is_people and self.lowers[j : j + 1] in (["into"], ["over"])

    def _die_later(self, j: int) -> bool:
        """Whether those hurt died, by the words from ``j`` on: "were hurt and later succumbed to their wounds"."""
        near = [word for word in self.lowers[j : min(self.limit, j + 4)] if word != ","]
        is_later = near[:1] == ["and"] and near[1:2] in (["later"], ["subsequently"], ["then"])
        return is_later and near[2:3] in (["succumbed"], ["died"])

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
        k = j + 1
        while k < self.limit and self.tags[k] in ("DT", "JJ", "PRP$", "RB"):
            k += 1
        return not (self.lowers[j] in ("in", "at", "on") and k < self.limit and self.lowers[k] in words("conditions"))

    def _behind_relative(self, j: int) -> int | None:
        """The verb behind "who were in the building", which tells of the counted as well."""
        if self.lowers[j] not in ("who", "that", "which") or j + 2 >= self.limit:
            return None
        if self.lowers[j + 1] not in BE or not self._is_somewhere(j + 2):
            return None
        for k in range(j + 3, self.limit):
            if self.lowers[k] in BE | HAVE or (self.tags[k] in FINITE and self.lowers[k] in statuses().predicates):
                return k
            if self.tags[k] == "," or self.lowers[k] in _CLAUSE_ENDS:
                return None
        return None

    def _behind_insertion(self, j: int) -> int | None:
        """The token behind ", including two children," or behind the list "two houses, a barn and a bus were hit"."""
        opening = self.tags[j] if self.tags[j] == "-LRB-" else self.lowers[j]
        closing = "-RRB-" if opening == "-LRB-" else opening
        seen_and = False
        for k in range(j + 1, min(self.limit, j + _LIST_REACH)):
            word, tag = self.lowers[k], self.tags[k]
            if word == closing or tag == closing:
                after = self.lowers[k + 1] if k + 1 < self.limit else ""
                if opening == "-LRB-" or after in AUXILIARY or after in statuses().intransitive:
                    return k + 1
                if closing != ",":
                    return None
            elif opening == ",":
                seen_and |= tag == "CC"
                if word in AUXILIARY:
                    return k if seen_and else None
                if tag not in _PHRASE_TAGS and tag != "CC":
                    # the insertion may hold anything, the list only nouns
                    seen_and = False
        return None

    def _behind_apposition(self, j: int) -> int | None:
        """The verb behind the comma that closes what the counted stand in: "he, with two sons, also perished"."""
        k = j + 1
        while k < self.limit and self.tags[k] == "RB":
            k += 1
        if k >= self.limit or (self.is_plural and self.lowers[k] in _SINGULAR):
            return None
        is_verb = self.lowers[k] in BE | HAVE or self.lowers[k] in statuses().intransitive
        return k if is_verb and self.tags[k] in FINITE else None

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
            is_told = (
                tag == "VBN" and k > 0 and self.lowers[k - 1] in words("supposed")
            )  # "reportedly wounded", a headline's
            if word in AUXILIARY or ((tag in FINITE or is_told) and word in statuses().predicates):
                self.limit = max(self.limit, k + _INSERTION)
                self.limit = min(self.limit, limit)
                return k
            if tag not in _PHRASE_TAGS and tag != "CC" and word not in ("them", "whom"):
                return None
        return None

    def _is_series(self, j: int) -> bool:
        """ "57 killed, 150 injured" without the comma: what follows is a number with its own participle."""
        for k in range(j, min(self.limit, j + BOUND_REACH)):
            if self.tags[k] == "CD" or self.lowers[k] in (
                "dozens",
                "scores",
                "hundreds",
                "several",
                "tens",
                "thousands",
            ):
                after = self.lowers[k + 1] if k + 1 < self.limit else ""
                return after in statuses().predicates and (after.endswith("ed") or after in statuses().adjectives)
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
        if self.lowers[j] == "of":
            return True  # "20 men of the guard and of the police were killed"
        if self.tags[j] == "NNP":
            while j < self.limit and self.tags[j] in ("NNP", "HYPH"):
                j += 1
            if j < self.limit and self.tags[j] == "CC":
                return self._shares_verb(j + 1)
            return j < self.limit and self.lowers[j] in BE | HAVE  # "members of Alfa and Beta were killed"
        return self.tags[j] in ("DT", "PRP$", "NN", "NNS", "JJ") and self.lowers[j] not in statuses().predicates

    def _has_object(self, j: int) -> bool:
        return j < self.limit and self.tags[j] in _OBJECT_TAGS
