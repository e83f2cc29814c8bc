"""Where a content ends, and which further cues of the same speaker end it.

Belongs here: participles with which a speaker goes on ("…, adding that"), coordinate cues ("said A and urged
B"), clauses of the article's own that the parser hangs on what is claimed ("…, while the mayor said"), and
what belongs to a content though the parser hung it on the cue. Does not belong here: what a cue introduces
(the frames).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ingest.extract.claims.attribution.sentence import FINITE, CueSentence
from ingest.extract.claims.lexicon import Cue, listed, verbs
from ingest.extract.claims.model import Candidate, CueMention, Span
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import PROPER, RELATIVES, VERB_TAGS

DASHES = frozenset([",", "–", "—"])
# cue classes of what is uttered; who believes or reckons does so silently
_UTTERED = frozenset(["say", "deny", "accuse", "order", "promise", "ask", "write"])
_NOMINAL = frozenset(["DT", "NNP", "NNPS", "NN", "NNS", "JJ", "PRP", "PRP$", "CD", "POS", "IN"])
_DEEDS = listed("participles_of_deeds")
_GOING_ON = listed("participles_of_going_on")
_PERFECT = listed("auxiliaries_of_perfect")
_GOING_ON_UNMARKED = listed("participles_of_going_on_unmarked")
_CITED = listed("people_cited_without_article")
# tags of a word that "saying" may belong to or be the object of, and of one with which begins what is said
_NEEDS_MORE = frozenset(["VBD", "VBZ", "VBP", "VB", "MD", "IN", "TO", "PRP", "CC", "WP", "WDT"])
_OPENS_TOLD = frozenset(["DT", "PRP", "PRP$", "EX", "CD", "NN", "NNS", "NNP", "NNPS", "JJ"])
_BESIDE_ADDING = listed("words_before_adding")
_GOING_ON_TOLD = listed("verbs_of_going_on")
_REPORTS = listed("verbs_of_reports")
_DEEDS_TOLD = listed("verbs_of_deeds")
_CONTRASTS = listed("contrasts")
_SEQUENCES = listed("sequences")
_MANNER = listed("manner_of_saying")
_ABILITY = listed("ability")
_SUBORDINATORS = listed("subordinators")
_WITH_SUBORDINATORS = _SUBORDINATORS | {"in", "at", "during"}
_TIMES = listed("times_and_listeners")
_FATES = listed("fates")
_CONDITIONS = listed("conditions")
_JOINING = listed("joints_of_counts")
_OF_NOUN = listed("prepositions_of_nouns")
_ONCE_MORE = listed("adverbs_of_going_on")
_TELLING = words("people.toml", "documents") | words("coreference.toml", "unnamed")
_CLOSING = frozenset(["”", "''", '"'])
_BESIDE_QUOTED = listed("openers_beside_quoted_words")
_NEAR = 8  # tokens from a conjunction to the verb of its clause
# labels of what the parser hangs on a cue though it is part of the content
_TAKEN_IN = frozenset(
    [
        *("prep", "advcl", "npadvmod", "advmod", "dep", "acl", "prt", "dobj"),
        *("attr", "acomp", "oprd", "ccomp", "appos", "xcomp"),
    ]
)


@cache
def participles() -> frozenset[str]:
    """Participles with which a speaker goes on ("…, vowing to fight")."""
    return frozenset(
        form
        for form, cue in verbs().items()
        if form.endswith("ing") and cue.cue_class in _UTTERED and cue.frames and form not in _DEEDS
    ) | {"citing"}


def content_candidate(
    s: CueSentence, cue: CueMention, rule: str, first: int, last: int, *, extend: bool = True, **more: Any
) -> Candidate | None:
    """The candidate whose content is the tokens ``first`` to ``last``, inclusive; None where nothing is left."""
    span = content_span(s, cue.token, cue.entry, first, last, extend=extend)
    if span is None:
        return None
    return s.candidate(cue, rule, [span], cue.speaker, relative=cue.relative, **more)


def content_span(
    s: CueSentence, v: int, entry: Cue | None, first: int, last: int, *, extend: bool = True
) -> Span | None:
    """Characters of the tokens ``first`` to ``last`` with what belongs behind them and without what does not."""
    t = s.tokens
    if first > last or first >= s.last:
        return None
    if extend:
        last = _extended(s, v, first, last)
    last = _before_outer_cue(s, first, shortened(s, v, first, last, entry))
    beside = last + 2
    if beside < s.last and t.lowers[last + 1] == "," and (opening := absolute_with(s, beside)) is not None:
        last = max(first, opening - 2)
    while last > first and t.tags[last] == "CC":
        last -= 1  # the parser hung elsewhere what it joins
    return (t.starts[first], t.ends[last]) if last >= first else None


def _extended(s: CueSentence, v: int, first: int, last: int) -> int:
    """The parser hangs on the cue what belongs to the content: take it in, up to a comma or the next cue."""
    t = s.tokens
    for k in s.kids(v):
        if k <= last or k < first or t.deps[k] in ("punct", "cc"):
            continue
        begin = s.left(k)
        if t.deps[k] == "conj":
            if t.lowers[begin] == "that" or s.mark(k) == "that" or _goes_on_in_present(s, v, k):
                last = s.right(k)
                continue
            break
        if t.deps[k] not in _TAKEN_IN:
            break
        if t.lowers[k] in participles() or t.lowers[begin] in ("according", "citing"):
            break
        if t.lowers[begin - 1] in (",", "–", "—", ";") and t.lowers[begin] in _WITH_SUBORDINATORS:
            break
        if t.deps[k] == "advcl" and t.tags[k] == "VBG" and t.lowers[k] in verbs():
            break
        last = max(last, s.right(k))
    return min(last, s.last - 1)


def _goes_on_in_present(s: CueSentence, v: int, k: int) -> bool:
    """ "Noted that his town has enough grain, but awaits fuel": the present, behind a cue of the past, is told."""
    t = s.tokens
    is_present = t.tags[k] in ("VBZ", "VBP") and t.tags[v] == "VBD"
    return is_present and t.lowers[k] not in verbs() and s.kid(k, "nsubj", "nsubjpass", "expl") is None


def noun_phrase_end(s: CueSentence, v: int, last: int, part: int) -> int:
    """Last token of a noun phrase with the prepositional phrases right behind it that the parser hung on the verb.

    ``part`` is a token of the phrase; ``last`` its last token, as the parser has it.
    """
    t = s.tokens
    if last + 1 < s.last and t.lowers[last + 1] in _FATES:
        last += 1
    for k in s.kids(v):
        if k == last + 1 and k > part and t.deps[k] == "prep" and t.lowers[k] in _OF_NOUN:
            inside = set(t.lowers[k : s.right(k) + 1])
            if inside & words("cues.toml", "channel_nouns") or inside & _TIMES:
                break
            last = s.right(k)
    return with_condition(s, last)


def without_relative(s: CueSentence, head: int, last: int) -> int:
    """Last token of a noun phrase before a relative clause behind a comma, which the writer adds to it."""
    t = s.tokens
    comma = next((k for k in range(head + 1, last) if t.lowers[k] == "," and t.lowers[k + 1] in RELATIVES), None)
    clause = t.heads[comma + 1] if comma is not None else None
    is_whole = clause is not None and t.deps[clause] == "relcl" and s.right(clause) >= last
    return comma - 1 if comma is not None and is_whole else last


def with_condition(s: CueSentence, last: int) -> int:
    """The last token with the condition right behind it: "threatened sanctions | if the talks failed"."""
    t, mark = s.tokens, last + 1
    if mark >= s.last or t.lowers[mark] not in _CONDITIONS or t.deps[mark] != "mark":
        return last
    clause = t.heads[mark]
    is_whole = t.deps[clause] == "advcl" and s.left(clause) == mark
    return max(last, s.right(clause)) if is_whole else last


# --- participles ----------------------------------------------------------------------------------------


def _before_participle(s: CueSentence, j: int) -> int | None:
    """The comma, dash or "and" before the participle ``j`` and its adverbs; None where there is none."""
    t = s.tokens
    k = j - 1
    while k > s.first and t.tags[k] == "RB":
        k -= 1
    return k if k >= s.first and t.lowers[k] in (*DASHES, "and", "”", '"', "''") else None


def _adds_unmarked(s: CueSentence, j: int) -> bool:
    """True for "adding that", "pointing out" without a comma: only who has been speaking adds that something is so."""
    t = s.tokens
    if s.analysis.lacks_commas and _goes_on_unmarked(s, j):
        return True
    is_told = t.lowers[j + 1 : j + 2] == ["that"] or t.lowers[j : j + 2] == ["pointing", "out"]
    if t.lowers[j] not in _GOING_ON or j == s.first or not is_told:
        return False
    is_behind_cue = t.tags[j - 1] in FINITE and t.lowers[j - 1] in verbs()
    return not (is_behind_cue or t.tags[j - 1] in ("IN", "PRP") or t.lowers[j - 1] in _BESIDE_ADDING)


def _goes_on_unmarked(s: CueSentence, j: int) -> bool:
    """True for "put the toll at nine saying it may rise" in a text that lost its commas: nobody speaks right before."""
    t, before = s.tokens, j - 1
    if t.tags[j] != "VBG" or t.lowers[j] not in _GOING_ON_UNMARKED or before <= s.first or j + 2 >= s.last:
        return False
    while before > s.first and t.tags[before] == "RB":
        before -= 1
    if t.tags[before] in _NEEDS_MORE or (t.tags[j + 1] not in _OPENS_TOLD and t.lowers[j + 1] != "that"):
        return False
    is_noun = t.tags[before].startswith("NN")
    return not (is_noun and (can_speak(s, before) or t.lowers[before] in _CITED)) and s.has_finite(s.first, before)


def speaker_of_participle(s: CueSentence, v: int) -> int | None:
    """ "rejected claims that P, saying Q": the participle is the rejecter's, wherever the parser hangs it."""
    t = s.tokens
    is_set_off = t.tags[v] in ("VBG", "NN") and (_before_participle(s, v) is not None or _adds_unmarked(s, v))
    if t.lowers[v] not in participles() or not is_set_off:
        return None
    at, outer, inner, steps = v, None, None, 0
    while t.heads[at] != at and steps < 12:
        head = t.heads[at]
        if head < v and t.lowers[head] in verbs() and t.tags[head] in VERB_TAGS:
            if t.deps[at] == "ccomp":
                inner, outer = at, head
            elif t.deps[at] == "xcomp" and t.tags[head] in FINITE:
                outer = head
        elif t.deps[at] in ("acl", "relcl") and t.deps[head] in ("dobj", "pobj"):
            outer = t.heads[head]
            if s.analysis.lacks_commas and t.tags[outer] == "IN":
                outer = t.heads[outer]  # "put the toll at 58 saying it may rise"
        at, steps = head, steps + 1
    if outer is None or t.tags[outer] not in VERB_TAGS:
        return None
    lemma = verbs()[t.lowers[outer]].lemma if t.lowers[outer] in verbs() else ""
    return s.subject(outer) if _goes_on(s, lemma, v, inner) else None


def absolute_with(s: CueSentence, v: int) -> int | None:
    """The "with" of ", with the mayor, Jane Roe, calling it a sham": the participle's subject stands behind it."""
    t, at = s.tokens, v
    while t.deps[at] == "conj" and t.tags[t.heads[at]] == "VBG":
        at = t.heads[at]
    if t.tags[at] != "VBG" or t.tags[v] != "VBG":
        return None
    last = at - 2 if t.lowers[at - 1] == "," else at - 1
    for k in range(last, s.first, -1):
        if t.lowers[k] == "with" and t.deps[k] == "prep" and t.lowers[k - 1] == ",":
            noun = s.kid(k, "pobj")
            tells = noun is not None and (can_speak(s, noun) or t.lowers[noun] in _TELLING)
            is_whole = noun is not None and (s.right(noun) in (last, last + 1) or t.heads[at] == noun == last)
            return k if tells and is_whole else None
        if t.tags[k] in FINITE:
            return None
    return None


def speaker_of_absolute(s: CueSentence, v: int) -> int | None:
    """Who speaks by the participle ``v`` in such a phrase."""
    opening = absolute_with(s, v)
    return s.kid(opening, "pobj") if opening is not None else None


def _goes_on(s: CueSentence, lemma: str, j: int, inner: int | None) -> bool:
    """True where a participle goes on with what the cue's speaker says, not with what is told of another."""
    if s.tokens.lowers[j] in _GOING_ON or lemma not in _REPORTS:
        return True
    return inner is not None and not can_speak(s, s.kid(inner, "nsubj", "nsubjpass", "expl"))


def can_speak(s: CueSentence, subject: int | None) -> bool:
    """True for a subject that may itself be speaking."""
    t = s.tokens
    if subject is None:
        return False
    low = t.lowers[subject]
    if t.tags[subject] == "PRP":
        return low != "it"
    if t.tags[subject] in PROPER:
        return True
    return any(
        word in words("people.toml", "roles") or word in words("people.toml", "collective", "words")
        for word in (low, low.removesuffix("s"))
    )


# --- coordinate cues ------------------------------------------------------------------------------------


def parallel_to(s: CueSentence, j: int) -> int | None:
    """The cue before to which the cue ``j`` is coordinate, where the parser made it part of that one's content.

    "Stated that A was so and mentioned B": the second verb is the speaker's too, unless A can speak itself.
    """
    t = s.tokens
    inner = t.heads[j]
    cue = verbs().get(t.lowers[j])
    if t.deps[j] != "conj" or cue is None or s.kid(j, "nsubj", "nsubjpass") is not None:
        return None
    tag = "VBD" if _past_behind_copula(s, j) or _goes_on_in_perfect(s, j) else t.tags[j]
    if tag not in FINITE:
        return None
    if t.tags[inner] == "VB" and t.tags[j] in ("VBD", "VBZ"):
        above = t.heads[inner]
        to = s.kid(inner, "aux")
        return above if t.tags[above] == t.tags[j] and to is not None and t.lowers[to] == "to" else None
    if not _speaks(cue):
        return None
    while t.deps[inner] == "conj":
        inner = t.heads[inner]
    outer = t.heads[inner]
    is_of_noun = t.deps[inner] == "acl" and t.deps[outer] == "dobj"  # "denied reports that A was so and said B"
    outer = t.heads[outer] if is_of_noun else outer
    if not (is_of_noun or t.deps[inner] == "ccomp") or t.lowers[outer] not in verbs():
        return None
    if tag != t.tags[outer] and not (t.tags[outer] == "VBN" and s.kid(outer, "aux") is not None):
        return None
    subject = s.kid(inner, "nsubj", "nsubjpass", "expl")
    if subject is None:
        return None
    if t.tags[subject] == "PRP" and t.lowers[subject] != "it":
        # "said he was appalled and urged …": a state of mind, and what he did about it
        told = t.lowers[inner] in verbs() and _speaks(verbs()[t.lowers[inner]])
        state = t.lowers[inner] in ("was", "is", "were", "are") or (s.is_passive(inner) and not told)
        return outer if state and t.lowers[subject] in ("he", "she", "they") else None
    # a state or body that somebody else's cue tells of seldom speaks there; people do
    speaks = t.tags[subject] not in PROPER and can_speak(s, subject)
    if t.lowers[j] in _GOING_ON_TOLD:
        speaks = speaks and t.lowers[subject] not in words("people.toml", "collective", "words")
    return None if speaks and t.lowers[subject] != "it" else outer


def _past_behind_copula(s: CueSentence, j: int) -> bool:
    """ "said the raid was a trap and ordered troops to leave": no participle, though tagged as one."""
    t = s.tokens
    told = s.kid(j, "dobj", "ccomp", "xcomp") is not None and s.kid(j, "aux", "auxpass", "agent") is None
    return t.tags[j] == "VBN" and told and s.kid(t.heads[j], "attr", "acomp") is not None


def _goes_on_in_perfect(s: CueSentence, j: int) -> bool:
    """ "Has said that A will be so and has accused B": the perfect of the cue, and not the tense of its content."""
    t, inner = s.tokens, s.tokens.heads[j]
    outer = t.heads[inner]
    if t.tags[j] != "VBN" or t.tags[outer] != "VBN" or t.deps[inner] != "ccomp":
        return False
    perfect = [{t.lowers[k] for k in s.kids(x) if t.deps[k] == "aux"} & _PERFECT for x in (outer, inner, j)]
    return bool(perfect[0]) and not perfect[1] and perfect[2] in (perfect[0], set()) and not s.is_passive(j)


def _speaks(cue: Cue) -> bool:
    """True for a verb of uttering, with what is uttered."""
    return cue.cue_class in _UTTERED and bool(cue.frames) and cue.lemma not in _DEEDS_TOLD


# --- where it ends --------------------------------------------------------------------------------------


def shortened(s: CueSentence, v: int, first: int, last: int, cue: Cue | None) -> int:
    """Last token of a content without what the article, or the speaker in another breath, puts behind it."""
    t = s.tokens
    lemma = cue.lemma if cue is not None else ""
    for j in range(first + 1, last + 1):
        low, before = t.lowers[j], t.lowers[j - 1]
        if _adds_unmarked(s, j):
            return j - 1 if before not in DASHES else j - 2
        if low == "adding" and before in (*DASHES, "and", "”", '"', "''"):
            return j - 2 if before in (*DASHES, "and") else j - 1
        if t.tags[j] == "VBG" and low in participles() and (cut := _cut_participle(s, lemma, j)) is not None:
            return max(cut, first)
        if t.deps[j] == "conj" and parallel_to(s, j) in (v, t.heads[v] if t.deps[v] == "dobj" else v):
            while t.lowers[j - 1] in _ONCE_MORE or t.lowers[j - 1] in _PERFECT:
                j -= 1
            if t.lowers[j - 1] in ("and", "but") and j - 2 >= first:
                return j - 3 if t.lowers[j - 2] == "," else j - 2
            return last
        by_whom = low == "according" and t.lowers[j - 1 : j + 2] == [",", "according", "to"]
        if by_whom and "," not in t.lowers[j + 2 : last]:
            return j - 2
        if low == "without" and j + 1 <= last and t.lowers[j + 1] in _MANNER and not s.has_finite(j, last + 1):
            return j - 2 if before == "," else j - 1
        if low in _CONTRASTS and before == "," and _is_anothers(s, j, first):
            return j - 2
        if before in _CLOSING and _leaves_quotation(s, j, first, last):
            return j - 2 if t.lowers[j - 2] not in DASHES else j - 3
        if low in _SEQUENCES and (comma := _dating_comma(s, j, first)) is not None:
            return comma - 1
    return last


def _leaves_quotation(s: CueSentence, j: int, first: int, last: int) -> bool:
    """True for the "as" of ``called it "fair," as talks went on``: the article's words behind quoted ones."""
    t, low = s.tokens, s.tokens.lowers[j]
    quotation, behind = s.quotations.before(t.starts[j]), s.quotations.behind(t.starts[j])
    if quotation is None or quotation.open < t.starts[first] - 1:
        return False
    if low == "when" or (behind is not None and behind.open < t.ends[last]):
        return False  # "not to punish them," but "to change their ways"
    has_comma = "," in (t.lowers[j - 2], s.text[quotation.end - 1 : quotation.end])
    is_finite = s.has_finite(j + 1, min(j + 1 + _NEAR, s.last)) and t.lowers[j + 1 : j + 2] != ["that"]
    if low in _BESIDE_QUOTED:
        return has_comma or is_finite or low == "despite"
    return low in _SUBORDINATORS and is_finite and (has_comma or low == "as")


def _cut_participle(s: CueSentence, lemma: str, j: int) -> int | None:
    t = s.tokens
    if (opening := absolute_with(s, j)) is not None:
        return opening - 2
    k = _before_participle(s, j)
    if k is None or t.lowers[k] == "and":
        return None
    inner = t.heads[j]
    while t.deps[inner] == "conj":
        inner = t.heads[inner]
    return k - 1 if _goes_on(s, lemma, j, inner if t.deps[inner] == "ccomp" else None) else None


def _is_anothers(s: CueSentence, j: int, first: int) -> bool:
    """ ", while the mayor said": a clause whose cue has a speaker of its own is the article's."""
    t = s.tokens
    if j + 1 < s.last and t.lowers[j + 1] == "that":
        return False
    w = t.heads[j]
    if t.deps[j] == "cc":
        w = next((k for k in s.kids(w) if k > j and t.deps[k] == "conj"), w)
    return w > j > first and has_own_cue(s, j, w)


def has_own_cue(s: CueSentence, j: int, w: int) -> bool:
    """True where the verb ``w`` is a cue of saying with a subject of its own between it and the token ``j``."""
    t = s.tokens
    cue = verbs().get(t.lowers[w])
    if cue is None or t.tags[w] not in FINITE or not _speaks(cue):
        return False
    subject = s.kid(w, "nsubj")
    return subject is not None and j < subject < w and t.tags[subject].startswith("NN")


def _dating_comma(s: CueSentence, j: int, first: int) -> int | None:
    """The comma of ", a day after the group claimed": the article's own dating."""
    t = s.tokens
    comma = next((k for k in range(j - 1, max(first, j - 5), -1) if t.lowers[k] == ","), None)
    if comma is None or t.deps[j] not in ("mark", "advmod", "prep"):
        return None
    w = t.heads[j] if t.deps[j] != "prep" else next((k for k in s.kids(j) if t.deps[k] == "pcomp"), j)
    return comma if w > j and has_own_cue(s, j, w) else None


def _before_outer_cue(s: CueSentence, first: int, last: int) -> int:
    """ "Kyiv said three died, the agency reported": the outer cue at the end is no part of the content."""
    t = s.tokens
    if t.lowers[last] not in verbs() or t.tags[last] not in ("VBD", "VBZ") or last < s.last - 3:
        return last
    if "s" not in verbs()[t.lowers[last]].frames:
        return last
    for j in range(last - 1, max(first, last - 9), -1):
        if t.lowers[j] == ",":
            named = all(t.tags[x] in _NOMINAL for x in range(j + 1, last))
            return j - 1 if named and j + 1 < last else last
    return last


def with_joined_counts(s: CueSentence, last: int) -> int:
    """The last token with the counts that go on behind it: "44 dead and 140 wounded in the blast"."""
    t = s.tokens
    if t.lowers[last] not in _FATES:
        return last
    while (
        last + 3 < s.last
        and t.lowers[last + 1] in _JOINING
        and t.tags[last + 2] == "CD"
        and t.lowers[last + 3] in _FATES
    ):
        last = max(last + 3, s.right(last + 3))
    return last


def is_about_ability(s: CueSentence, v: int) -> bool:
    """True where somebody is or is not able to do what the verb says."""
    t, at = s.tokens, v
    for _ in range(3):
        if t.lowers[at] in _ABILITY or any(t.lowers[k] in _ABILITY for k in s.kids(at) if k < v):
            return True
        at = t.heads[at]
    return False
