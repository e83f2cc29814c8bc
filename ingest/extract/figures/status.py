"""What befell the counted: killed, captured, shot down … read from the clause, on tags alone.

Belongs here: what stands before the counted, and weighing it against what follows (``predicates``). Does not
belong here: the words themselves (``status_words``), and what one figure takes over from another (``relations``).
"""

from __future__ import annotations

from ingest.extract.analysis import Tokens
from ingest.extract.figures import complements
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.predicates import Right
from ingest.extract.figures.status_words import AUXILIARY, BE, BOUND_REACH, HAVE, VERB_TAGS, are_apart, statuses

_VERB_OR_NOUN = VERB_TAGS | {"NN", "NNS", "JJ", "NNP", "NNPS"}
_OBJECT_TAGS = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ"})
_SKIPPED_LEFT = frozenset({"DT", "JJ", "JJR", "JJS", "RB", "RBR", "PRP$", "PDT", "``", "''", "CD", "HYPH", "PRP"})
_PARTICLES = words("completing")
_HOLDING = words("holding")
_SEARCH = words("searching")
_ADDING = (("along", "with"), ("together", "with"), ("as", "well", "as"))
_REACH = 16
_NEAR = 3
_LIST_REACH = 12


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
    parted = complements.behind_object(tokens, sentence[0], first, last, sentence[1])
    if parted is not None and complements.concern(head):
        return parted
    is_plural = agrees and head is not None and tokens.tags[last - 1] in ("NNS", "NNPS")
    on_right, finite = Right(tokens, last, sentence[1], head, is_plural=is_plural).read()
    if _is_part_alone(tokens, first, last):
        on_right = None
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
        is_of_another = j > 0 and tokens.tags[j - 1] == "HYPH"  # "rebel-held towns": the towns, and not those counted
        if tokens.tags[j] in ("VBN", "VBG", "JJ") and not is_of_another:
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


def _is_part_alone(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the counted are a part of those before: "two died, including one child, and three were hurt"."""
    is_part = first > 0 and tokens.lowers[first - 1] == "including"
    return is_part and tokens.lowers[last : last + 2] == [",", "and"] and tokens.tags[last + 2 : last + 3] == ["CD"]


def among_fallen(tokens: Tokens, at: int) -> str | None:
    """The status of those among whom the counted are, from token ``at`` on: "10 guards among 12 dead"."""
    lowers = tokens.lowers
    if lowers[at : at + 1] != ["among"]:
        return None
    j = at + 1
    while j < min(len(lowers), at + BOUND_REACH) and tokens.tags[j] in ("DT", "CD", "IN", "JJS", "RB"):
        j += 1
    known = statuses()
    if tokens.tags[j : j + 2] == ["NNS", "VBN"]:
        j += 1  # "among the rebels killed"
    return (known.adjectives.get(lowers[j]) or known.verbs.get(lowers[j])) if j < len(lowers) else None


def of_instances(tokens: Tokens, at: int) -> str | None:
    """What befell people in each of the cases counted, from "of" at token ``at`` on: "75 cases of unlawful arrest"."""
    if tokens.lowers[at : at + 1] != ["of"]:
        return None
    for j in range(at + 1, min(len(tokens), at + BOUND_REACH)):
        word = tokens.lowers[j]
        told = statuses().of_nouns.get(word) or statuses().nouns.get(word)
        if tokens.tags[j] in ("NN", "NNS") and told is not None:
            return told
        if tokens.tags[j] not in ("JJ", "VBN", "HYPH", "NN", "RB"):
            return None
    return None


def is_hit_by(head: str | None, verb: str) -> bool:
    """ "five hit the port": missiles that hit were launched."""
    return head in words("weapons") and statuses().verbs.get(verb) == "damaged"


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
        return _preposition(tokens, floor, j, word, before, head), False
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
    if lowers[j] in words("counting_in") and tags[j] in VERB_TAGS:
        return _of_whole(tokens, floor, j), True
    if lowers[j] in words("losing") and tags[j] in VERB_TAGS and head in words("people") | words("armed"):
        return "destroyed", True
    return ("present" if _is_held_or_there(tokens, floor, j, first, head) else None), False


def _of_whole(tokens: Tokens, floor: int, verb: int) -> str | None:
    """What befell those among whom others are counted in: "the dead include", "those killed in the raid included"."""
    known = statuses()
    for k in range(max(floor, verb - _REACH), verb):
        word = tokens.lowers[k]
        fallen = known.adjectives.get(word) or known.verbs.get(word)
        if fallen is not None and k > 0 and tokens.lowers[k - 1] in ("the", "those"):
            return fallen
    return None


def _behind_list(lowers: list[str], floor: int, j: int) -> int | None:
    """The first token of "along with", "together with" or "as well as", which ends at ``j``; None for others."""
    for joint in _ADDING:
        if j - len(joint) >= floor and tuple(lowers[j + 1 - len(joint) : j + 1]) == joint:
            return j + 1 - len(joint)
    return None


def _of_verb(tokens: Tokens, floor: int, j: int) -> tuple[str | None, bool]:
    """What the verb at ``j``, or the noun that looks like it, tells of what stands behind it, as ``_left``."""
    tag = tokens.tags[j]
    if tag == "VBN" and _is_passive(tokens, floor, j):
        return None, False
    if tag == "VB" and tokens.lowers[j - 1] == "to" and tokens.lowers[j - 2] in words("attempts"):
        return None, False  # "tried to arrest two men"
    status = statuses().verbs[tokens.lowers[j]]
    if _is_second_fate(tokens, floor, j, status):
        return None, tag in VERB_TAGS
    if status in ("present", "held") and tag == "VB" and _is_ahead(tokens, floor, j):
        return None, True
    if tag == "VBN" and tokens.lowers[max(floor, j - 2) : j] in (["could", "have"], ["would", "have"]):
        return None, True  # what has not been: "the bomb could have killed 500"
    if tag == "VBG" and j > floor and tokens.tags[j - 1] in ("DT", "PRP$", "POS"):
        tag = "NN"  # "after the shelling six people were buried"
    if tag not in VERB_TAGS and status in ("damaged", "launched"):
        return None, False
    return status, tag in VERB_TAGS


def _is_second_fate(tokens: Tokens, floor: int, j: int, status: str) -> bool:
    """Whether "and" joins the word at ``j`` to one of another fate: of "killed and injured five" some are dead."""
    if j - 2 < floor or tokens.lowers[j - 1] not in ("and", "or"):
        return False
    known = statuses().verbs if tokens.tags[j] in VERB_TAGS else statuses().of_nouns
    return are_apart(known.get(tokens.lowers[j - 2]), status, is_choice=tokens.lowers[j - 1] == "or")


def _is_ahead(tokens: Tokens, floor: int, j: int) -> bool:
    """Whether the verb at ``j`` tells of what is to come: "will deploy", "plans to send"."""
    k = j - 1
    while k >= floor and tokens.tags[k] == "RB":
        k -= 1
    return k >= floor and tokens.tags[k] in ("MD", "TO")


def _is_passive(tokens: Tokens, floor: int, j: int) -> bool:
    """Whether a form of be stands before the participle at ``j``, with adverbs at most between."""
    k = j - 1
    while k >= floor and tokens.tags[k] == "RB":
        k -= 1
    return k >= floor and tokens.lowers[k] in BE


def _is_held_or_there(tokens: Tokens, floor: int, j: int, first: int, head: str | None) -> bool:
    """ "he has 25,000 fighters", "there have been 40 guards": those counted are somewhere, by the word at ``j``."""
    lowers, tags = tokens.lowers, tokens.tags
    if lowers[j] in words("hosting") and head in words("people") and first - j <= _NEAR:
        return True
    if lowers[j] in HAVE and head in words("armed") and first - j <= 2:
        return True
    if lowers[j] not in BE or (head is not None and not _can_be_there(head)):
        return False
    k, is_ahead = j - 1, False
    while k >= floor and (lowers[k] in AUXILIARY or tags[k] in ("RB", "MD")):
        is_ahead |= tags[k] == "MD"
        k -= 1
    # "there will be 300 guards" are not there
    return k >= floor and not is_ahead and (tags[k] == "EX" or lowers[k] == "there")


def _can_be_there(head: str) -> bool:
    """Whether what is counted is somewhere: guards and tanks are, objections and casualties are not."""
    is_anyone = head in words("people") or head in words("armed") or head in words("weapons")
    return is_anyone and head not in words("fallen")


def _preposition(tokens: Tokens, floor: int, j: int, word: str, before: str, head: str | None) -> str | None:
    """ "the deaths of", "a city of", "home to", "held by", "search for"."""
    lowers = tokens.lowers
    if word == "of":
        if before in ("total", "number", "estimated"):
            return _left(tokens, floor, j - 1, None)[0]
        status = statuses().of_nouns.get(before)
        if status is not None and _is_second_fate(tokens, floor, j - 1, status):
            return None
        # "a town of 27,000 people before the war"
        return None if status == "present" and "before" in lowers[j + 1 : j + 7] else status
    if word in ("to", "upon", "on") and {"damage", "damages"}.intersection(lowers[max(0, j - 3) : j]):
        return "damaged"  # "damage to seven cars", "damage inflicted upon three cars"
    if word == "to":
        return "present" if before == "home" and "before" not in lowers[j + 1 : j + 7] else None
    if word == "by":
        return "present" if before in _HOLDING else None
    # who is looked for to be arrested is not missing
    return "missing" if word == "for" and before in _SEARCH and head not in words("forces") | words("wanted") else None


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
    return k if k >= floor and k < j - 1 and lowers[k] in statuses().verbs and tags[k] in VERB_TAGS else None
