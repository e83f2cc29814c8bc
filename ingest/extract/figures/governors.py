"""What befell the counted by the sentence's tree, where the tags around them say nothing.

"Two local rebels, affiliated with a banned group, were killed"; "the raid left 26 of them dead"; "a guard and 12
soldiers were counted as killed". Belongs here: climbing from the counted to the verb or noun that governs them.
Does not belong here: what the tags alone show (``status``, ``predicates``), which is asked first.
"""

from __future__ import annotations

from ingest.extract.analysis import NO_HEAD, Analysis, Tokens
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.status_words import FINITE, VERB_TAGS, are_apart, statuses

_STEPS = 6
_REACH = 18
_SAME = frozenset({"conj", "appos", "nmod", "nummod", "compound", "quantmod"})  # what shares its head's fate
_OF_ALL = words("naming_parts")
_LEAVING = words("leaving")
_COLLECTIVE = words("gatherings")
_COMPLEMENTS = frozenset({"acomp", "oprd", "attr", "xcomp", "ccomp", "prep", "advcl"})
_OF_BODIES = frozenset({"killed", "wounded", "captured"})
_FRONT = 16  # tokens from the head of a sentence to its verb
_SUBJECTS = frozenset({"PRP", "EX", "WDT", "WP"})
_FINDING = words("finding")
_BODIES = words("found")
_MAKING = words("making")
_LIVES = words("lives")
_OWN_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OF_LIST = frozenset({"DT", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", ",", "CC"})
_NO_FATE = frozenset({"present", "held", "other"})  # what a distant verb does not tell of its subject


def fate(analysis: Analysis, r: Reading, trees: dict[int, dict[int, list[int]]]) -> str | None:
    """The status that the verb or noun shows which governs what ``r`` counts; None where none does.

    ``trees`` keeps what hangs on each token, by sentence.
    """
    tokens = analysis.tokens
    k = r.phrase.head if r.phrase is not None else r.token
    if k >= len(tokens) or tokens.heads[k] == NO_HEAD:
        return None
    kids = trees.get(r.sentence)
    if kids is None:
        kids = trees[r.sentence] = _kids(
            tokens, analysis.sentences[r.sentence].first, analysis.sentences[r.sentence].last
        )
    told = _own(tokens, kids, k) or _climb(tokens, kids, k, r.counted)
    return None if told in _NO_FATE else told


def _kids(tokens: Tokens, first: int, last: int) -> dict[int, list[int]]:
    kids: dict[int, list[int]] = {}
    for j in range(first, last):
        if tokens.heads[j] != j:
            kids.setdefault(tokens.heads[j], []).append(j)
    return kids


def _own(tokens: Tokens, kids: dict[int, list[int]], k: int) -> str | None:
    """What a participle behind the counted says of them: "200 people, many of them women, killed in raids"."""
    for j in kids.get(k, ()):
        if tokens.deps[j] == "acl" and tokens.tags[j] == "VBN":
            return statuses().verbs.get(tokens.lowers[j])
    return None


def _climb(tokens: Tokens, kids: dict[int, list[int]], k: int, counted: str | None) -> str | None:
    for _ in range(_STEPS):
        above, dep = tokens.heads[k], tokens.deps[k]
        if above == k:
            return None
        if dep in ("nsubj", "nsubjpass"):
            return _of_subject(tokens, kids, above, counted, is_passive=dep == "nsubjpass")
        if dep == "dobj":
            return _of_object(tokens, kids, above, counted)
        if dep == "pobj":
            if tokens.lowers[above] == "of":
                noun = tokens.heads[above]
                told = statuses().of_nouns.get(tokens.lowers[noun])
                if told is not None:
                    return None if _has_two_fates(tokens, kids, noun, statuses().of_nouns) else told
                if tokens.lowers[noun] not in _COLLECTIVE:
                    return None
                k = noun
                continue
            if tokens.lowers[above] not in _OF_ALL:
                return _of_phrase(tokens, kids, above, tokens.lowers[k])
            k = tokens.heads[above]
            continue
        if dep not in _SAME:
            return None
        k = above
        if tokens.lowers[k] in statuses().of_nouns and any(tokens.lowers[j] == "of" for j in kids.get(k, ())):
            return statuses().of_nouns[tokens.lowers[k]]  # "the killing of a guard and four others", joined to it
    return None


def _verb(word: str, head: str | None) -> str | None:
    """What a verb tells of its object; things that were "recovered" are now in the hands of who found them."""
    if word in _FINDING and head is not None and head not in words("people") | words("fallen") | _BODIES:
        return "captured"
    return statuses().verbs.get(word)


def _of_phrase(tokens: Tokens, kids: dict[int, list[int]], preposition: int, head: str) -> str | None:
    """What a verb tells of those behind its preposition: "killed with seven others", "the toll rose to 18 people"."""
    verb, known = tokens.heads[preposition], statuses()
    if tokens.lowers[preposition] in ("to", "at") and _is_toll(tokens, kids, verb):
        return "killed"
    told = known.verbs.get(tokens.lowers[verb])
    is_off = tokens.lowers[preposition - 1 : preposition + 1] == ["off", "with"]
    if is_off and tokens.lowers[verb] in _MAKING and head not in words("people"):
        return "captured"
    if tokens.lowers[preposition] == "with" and told in _OF_BODIES and head in words("people"):
        is_passive = any(tokens.deps[j] == "nsubjpass" for j in kids.get(verb, ()))
        return told if is_passive else None
    if tokens.lowers[preposition] in ("on", "to"):
        hurt = [j for j in kids.get(verb, ()) if tokens.deps[j] == "dobj"] + [verb]
        return "wounded" if any(tokens.lowers[j] in ("injuries", "wounds") for j in hurt) else None
    return None


def fronted(analysis: Analysis, r: Reading) -> str | None:
    """What a participle at the head of the sentence says of its subject: "Recovered at the site were two rifles"."""
    tokens, known = analysis.tokens, statuses()
    first = analysis.sentences[r.sentence].first
    limit = min(r.opening, first + _FRONT)
    be = next((j for j in range(first + 1, limit) if tokens.lowers[j] in ("were", "was")), None)
    if be is None or any(tag in _SUBJECTS or tag in FINITE for tag in tokens.tags[first:be] if tag != "VBD"):
        return None
    if any(tag not in _OF_LIST for tag in tokens.tags[be + 1 : r.opening]):
        return None  # "injured passengers were taken to two hospitals"
    if tokens.lowers[first] == "among":
        behind = (_verb(w, r.counted) or known.adjectives.get(w) for w in tokens.lowers[first + 1 : first + 4])
        return next((told for told in behind if told is not None), None)
    is_participle = tokens.tags[first] == "VBN" and tokens.tags[first + 1] in ("IN", "TO", ",")
    return _verb(tokens.lowers[first], r.counted) if is_participle else None


def _of_subject(
    tokens: Tokens, kids: dict[int, list[int]], verb: int, counted: str | None, *, is_passive: bool
) -> str | None:
    """What a verb tells of its subject: "were killed", "died", "lost their lives", "are known to have died"."""
    known, word, below = statuses(), tokens.lowers[verb], kids.get(verb, ())
    if any(tokens.deps[j] == "neg" for j in below) or _has_two_fates(tokens, kids, verb, known.verbs):
        return None
    if is_passive:
        told = _verb(word, counted)
        if told is not None:
            return told
    elif word in known.intransitive and word not in ("suffered",):
        return known.intransitive[word] if known.intransitive[word] != "launched" else None
    for j in below:
        low = tokens.lowers[j]
        if tokens.deps[j] == "dobj":
            if low in _LIVES and word in words("losing"):
                return "killed"
            if word in words("sustaining") and known.nouns.get(low) == "wounded":
                return "wounded"
        elif tokens.deps[j] in ("acomp", "oprd", "attr") and low in known.adjectives:
            return known.adjectives[low]
        elif tokens.deps[j] in ("xcomp", "oprd", "ccomp"):
            told = known.intransitive.get(low) or (known.verbs.get(low) if tokens.tags[j] == "VBN" else None)
            if told is not None and told != "launched":
                return told
    return None


def _of_object(tokens: Tokens, kids: dict[int, list[int]], verb: int, counted: str | None) -> str | None:
    """What a verb tells of its object: "killed", "left … dead", "counted … as wounded"."""
    known, word = statuses(), tokens.lowers[verb]
    if tokens.tags[verb] not in VERB_TAGS:
        return None
    below = kids.get(verb, ())
    if any(tokens.deps[j] == "neg" for j in below) or _is_tried(tokens, verb):
        return None
    if _is_toll(tokens, kids, verb):
        return "killed"
    if _has_two_fates(tokens, kids, verb, known.verbs):
        return None
    if word not in _LEAVING and (told := _verb(word, counted)) is not None:
        return told
    for j in below:
        low = tokens.lowers[j]
        if tokens.deps[j] not in _COMPLEMENTS or any(tokens.deps[n] in _OWN_SUBJECTS for n in kids.get(j, ())):
            continue  # "left 300 trapped, 20 of whom were hurt" tells the hurt of others
        if low in known.adjectives:
            return known.adjectives[low]
        if tokens.tags[j] == "VBN" and low in known.verbs:
            return known.verbs[low]
        if low == "as":
            for n in kids.get(j, ()):
                told = known.adjectives.get(tokens.lowers[n]) or known.verbs.get(tokens.lowers[n])
                if told is not None:
                    return told
    return None


def left(analysis: Analysis, r: Reading) -> str | None:
    """What those are whom something "left" so: "left 15 people, including eight guards, dead"."""
    tokens, known = analysis.tokens, statuses()
    if r.opening == 0 or tokens.lowers[r.opening - 1] not in _LEAVING:
        return None
    above = (r.opening - 1, r.phrase.head if r.phrase is not None else r.token)
    limit = min(analysis.sentences[r.sentence].last, r.after + _REACH)
    is_part = False
    for j in range(r.after, limit):
        word = tokens.lowers[j]
        if tokens.tags[j] in FINITE or word in (";", "–", "—"):
            return None
        is_part |= word in _OF_ALL
        if (tokens.tags[j] == "CD" and not is_part) or tokens.lowers[j : j + 2] in (["of", "them"], ["of", "whom"]):
            return None  # what follows is told of others: "left 5,000 people without power and three dead"
        told = known.adjectives.get(word) or (known.verbs.get(word) if word.endswith("ed") else None)
        is_theirs = tokens.heads[j] in above or (is_part and tokens.lowers[j - 1] == ",")
        if told is not None and told not in _NO_FATE and is_theirs:
            return told
    return None


def _is_toll(tokens: Tokens, kids: dict[int, list[int]], verb: int) -> bool:
    """Whether the subject of a verb is how many died: "the death toll in the city has reached 123 people"."""
    for j in kids.get(verb, ()):
        if tokens.deps[j] == "nsubj" and tokens.lowers[j] == "toll":
            return any(tokens.lowers[n] == "death" for n in kids.get(j, ()))
    return False


def _has_two_fates(tokens: Tokens, kids: dict[int, list[int]], at: int, known: dict[str, str]) -> bool:
    """Whether "and" or "or" joins the word at ``at`` to one of another fate that has no object of its own."""
    own = known.get(tokens.lowers[at])
    joined = [j for j in kids.get(at, ()) if tokens.deps[j] == "conj"]
    if tokens.deps[at] == "conj":
        joined.append(tokens.heads[at])
    for j in joined:
        is_alone = j < at or not any(tokens.deps[n] in ("dobj", "nsubj", "nsubjpass") for n in kids.get(j, ()))
        is_alone = is_alone and not (j < at and any(tokens.deps[n] == "dobj" and n < at for n in kids.get(j, ())))
        is_choice = "or" in tokens.lowers[min(j, at) : max(j, at)]
        if is_alone and are_apart(*_in_order(own, known.get(tokens.lowers[j]), j < at), is_choice=is_choice):
            return True
    return False


def _in_order(own: str | None, other: str | None, is_behind: bool) -> tuple[str | None, str | None]:
    """Two fates in the order of the text; ``is_behind`` tells that the other stands first."""
    return (other, own) if is_behind else (own, other)


def _is_tried(tokens: Tokens, verb: int) -> bool:
    """Whether a verb tells only of what somebody tried: "tried to arrest two men"."""
    return tokens.deps[verb] == "xcomp" and tokens.lowers[tokens.heads[verb]] in words("attempts")
