"""Nouns, adjectives and adverbs that attribute: "X's claim that …", "confident that …", "allegedly".

Belongs here: cues that are no verbs, inside the clause of another. Does not belong here: "according to"
(``according_to``).
"""

from __future__ import annotations

from functools import cache

from ingest.extract.claims.attribution.extent import (
    can_speak,
    has_own_cue,
    shortened,
    with_condition,
    with_joined_counts,
)
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import FINITE, FINITE_OR_MODAL, CueSentence
from ingest.extract.claims.attribution.speaker import SUPPORT_VERBS, document_owner
from ingest.extract.claims.lexicon import Cue, listed, verbs
from ingest.extract.claims.model import Candidate, CueMention, Flag, Span
from ingest.extract.lexicon import listed_actors, words
from ingest.extract.syntax.tree import PROPER, VERB_TAGS, Mention

ADVERB = Cue("allegedly", "say", frozenset("s"), "")
_FACING = listed("verbs_of_facing")
_MAKING = listed("verbs_of_making")
_CLAUSES = frozenset(["advcl", "csubj", "ccomp"])
_RAISING = listed("raising_verbs")
_COUNTING_OR_ASKING = frozenset(["ask", "estimate"])
_REJECTING = frozenset(["negate", "dispute"])
_NO_HOLDER = listed("subjects_that_hold_nothing")
_WH_OPENERS = listed("openers_of_questions")
_POINTING = listed("pointing_objects")
_IMPERSONAL = listed("impersonal_prepositions")
_OPENS_CLAUSE = frozenset(["DT", "NNP", "NNPS", "NNS", "PRP", "PRP$", "JJ", "CD"])
_NO_SUBJECT = frozenset([",", ":", "WDT", "WP", "WRB", "VBG", "VBN", "TO", "``", "''"])
_LONGEST_SUBJECT = 12  # tokens from a noun to the verb of the clause behind it
_LONGEST_COUNT = 4  # words, of a count behind a preposition
_HEARSAY = listed("nouns_of_hearsay")
_NEEDS_HOLDER = listed("prepositions_that_need_a_holder")


# --- nouns ------------------------------------------------------------------------------------------------


@frame("noun_cue.that", "noun_cue.bare", "noun_cue.to", "noun_cue.prepositional")
def noun_cue(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "X's claim that two died", "plans to leave", "reports of damage"."""
    t, i, entry = s.tokens, cue.token, cue.entry
    found = _noun_content(s, i, entry)
    if found is None:
        return None
    content, rule, preposition = found
    holder = _holder(s, i)
    governor = verbs().get(t.lowers[t.heads[i]]) if t.deps[i] == "dobj" else None
    is_rejected = governor is not None and governor.effect in _REJECTING
    if holder is None:
        if "!" not in entry.frames:
            return None
        is_told = is_rejected or _is_hearsay(s, i, preposition) or _is_impersonal(s, i, preposition)
        if preposition in _NEEDS_HOLDER and not is_told:
            return None
    flags = set()
    if preposition in ("for", "to"):
        flags.add(Flag.REQUEST)
    if _is_brushed_aside(s, i) or is_rejected:
        flags.add(Flag.REJECTED)
    return Candidate(
        rule,
        entry,
        (t.starts[i], t.ends[i]),
        holder,
        (content,),
        s.index,
        i,
        negated=_is_negated(s, i),
        clause=(t.starts[s.left(i)], t.ends[s.right(i)]),
        flags=frozenset(flags),
    )


def _end(s: CueSentence, i: int, k: int) -> int:
    """Character where the clause or phrase of ``k`` ends, without a side remark of whoever speaks."""
    last = shortened(s, i, s.left(k), s.right(k), None)
    while last > k and s.tokens.tags[last] == "CC":
        last -= 1  # the parser hung elsewhere what it joins
    return s.tokens.ends[last]


def _noun_content(s: CueSentence, i: int, cue: Cue) -> tuple[Span, str, str] | None:
    """What a noun claims, the rule that finds it, and its preposition ("to" for infinitives, "" for clauses)."""
    t = s.tokens
    # "the fear is that", "fears are growing that"
    copula = t.heads[i] if t.deps[i] == "nsubj" and t.lowers[t.heads[i]] not in verbs() else None
    places = [k for k in s.kids(i) if k > i]
    if copula is not None:
        places += [k for k in s.kids(copula) if k > i and t.deps[k] in ("ccomp", "xcomp", "advcl")]
    elif (clause := _behind_author(s, i)) is not None:
        places.append(clause)
    for k in places:
        if "s" in cue.frames and (first := _that_clause(s, k)) is not None:
            return (t.starts[first], _end(s, i, k)), "noun_cue.that", ""
        if "s" in cue.frames and _is_bare_clause(s, i, k, cue):
            return (t.starts[i + 1], _end(s, i, k)), "noun_cue.bare", ""
        if t.deps[k] in ("acl", "xcomp", "relcl") and "t" in cue.frames and t.tags[k] in VERB_TAGS:
            to = next((x for x in s.kids(k) if t.lowers[x] == "to" and t.deps[x] == "aux"), None)
            if to is not None:
                first = to - 1 if t.lowers[to - 1] == "not" else to
                return (t.starts[first], _end(s, i, k)), "noun_cue.to", "to"
        low = t.lowers[k]
        introduces = (low == "of" and "n" in cue.frames) or low in cue.frames
        named = k + 1 <= s.right(k) and t.lowers[k + 1] not in _POINTING
        if t.deps[k] == "prep" and introduces and (counted := _torn_count(s, k)) is not None:
            return (t.starts[k + 1], t.ends[counted]), "noun_cue.prepositional", low
        if t.deps[k] == "prep" and introduces and named and not _is_bare_word(s, k, cue):
            last = with_condition(s, with_joined_counts(s, shortened(s, i, s.left(k), s.right(k), None)))
            last = _with_infinitive(s, last) if low == "for" else last
            return (t.starts[k + 1], t.ends[last]), "noun_cue.prepositional", low
    behind = _surface_clause(s, i) if {"s", "!"} <= cue.frames else None
    return (behind, "noun_cue.bare", "") if behind is not None else None


def _is_bare_word(s: CueSentence, prep: int, cue: Cue) -> bool:
    """True for no more than a name or a word behind the preposition, which says nothing.

    A name after any cue ("criticism of South Korea"), another word or number after one that asks or estimates
    ("requests for comment", "a toll of fifteen"); none before an infinitive ("hopes for Oslo to act").
    """
    t, word, last = s.tokens, prep + 1, s.right(prep)
    if word >= s.last or t.lowers[last + 1 : last + 2] == ["to"]:
        return False
    if all(tag in PROPER for tag in t.tags[word : last + 1]):
        return True
    return word == last and t.tags[word] in ("NN", "NNS", "CD") and cue.cue_class in _COUNTING_OR_ASKING


def _with_infinitive(s: CueSentence, last: int) -> int:
    """The last token of the infinitive right behind a phrase: "expectations for the army | to march on the port"."""
    t, verb = s.tokens, last + 2
    return s.right(verb) if verb < s.last and t.lowers[last + 1] == "to" and t.tags[verb] == "VB" else last


def _torn_count(s: CueSentence, k: int) -> int | None:
    """Last token of the count behind a preposition that the parser tore off it: "a toll of 48 dead adding that"."""
    t = s.tokens
    if k + 1 >= s.last or t.tags[k + 1] != "CD" or s.right(k) > k + 1:
        return None
    last = k + 1
    while last + 1 < s.last and t.tags[last + 1] in ("CD", "JJ", "NN", "NNS") and last < k + _LONGEST_COUNT:
        last += 1
    return last if last > s.right(k) else None


def _surface_clause(s: CueSentence, i: int) -> Span | None:
    """The finite clause right behind a noun below a preposition, where the parser hung it elsewhere.

    "Due to concerns the dam could burst", "a quiet day amid fears prices will rise".
    """
    t, before = s.tokens, i - 1
    while before > s.first and t.tags[before] in ("JJ", "JJR", "DT", "VBG", "NN"):
        before -= 1
    if t.tags[before] not in ("IN", "TO") or t.tags[i] not in ("NN", "NNS"):
        return None
    if i + 2 >= s.last or t.tags[i + 1] not in _OPENS_CLAUSE:
        return None
    for w in range(i + 2, min(i + _LONGEST_SUBJECT, s.last)):
        if t.tags[w] in FINITE_OR_MODAL:
            main = t.heads[w] if t.deps[w] in ("aux", "auxpass") else w
            return (t.starts[i + 1], _end(s, i, main)) if s.left(main) <= i + 1 or t.heads[main] < i else None
        if t.tags[w] in _NO_SUBJECT:
            return None
    return None


def _that_clause(s: CueSentence, k: int) -> int | None:
    """The token behind the "that" of a clause below a noun; None where it is no such clause."""
    t = s.tokens
    mark = s.kid(k, "mark")
    if (
        mark is not None
        and t.lowers[mark] == "that"
        and t.deps[k] in ("acl", "ccomp", "relcl", "advcl", "xcomp", "appos")
    ):
        return mark + 1
    subject = s.kid(k, "nsubj", "nsubjpass")
    if t.deps[k] not in ("acl", "relcl") or t.lowers[s.left(k)] != "that" or subject is None:
        return None
    return s.left(k) + 1 if t.lowers[subject] != "that" else None


def _is_bare_clause(s: CueSentence, i: int, k: int, cue: Cue) -> bool:
    """True for "the fear the dam could burst": a finite clause with a subject, without "that", and whole in itself."""
    t = s.tokens
    subject = s.kid(k, "nsubj", "nsubjpass")
    # not "the fear that they felt", whose object stands before
    is_whole = s.is_passive(k) or any(x > k and t.deps[x] in ("dobj", "prep", "acomp", "attr") for x in s.kids(k))
    if t.deps[k] != "acl" and not (t.deps[k] == "relcl" and is_whole and cue.cue_class == "believe"):
        return False
    if s.left(k) != i + 1 or subject is None or not i < subject < k or s.mark(k):
        return False
    return t.tags[k] in FINITE or any(t.deps[x] == "aux" and t.tags[x] in FINITE_OR_MODAL for x in s.kids(k))


def _behind_author(s: CueSentence, i: int) -> int | None:
    """Of "echoed the warning by the mayor that it is too late" the clause, which the parser hung on the verb."""
    t = s.tokens
    v = t.heads[i]
    entry = verbs().get(t.lowers[v])
    if t.deps[i] != "dobj" or t.lowers[i + 1 : i + 2] not in (["by"], ["from"]) or (entry and "s" in entry.frames):
        return None
    return next((k for k in s.kids(v) if k > i and t.deps[k] == "ccomp" and s.mark(k) == "that"), None)


def _author(s: CueSentence, i: int) -> int | None:
    """The last word of who stands between "by" and the "that" of such a clause; None where there is none."""
    clause = _behind_author(s, i)
    last = s.left(clause) - 1 if clause is not None else i
    return last if last > i + 1 and s.tokens.tags[last].startswith("NN") else None


def _holder(s: CueSentence, i: int) -> Mention | None:
    """Who holds what the noun says: "X's claim", "a claim by X", "X made the claim", "Russian claims"."""
    t = s.tokens
    poss = s.kid(i, "poss")
    if poss is not None and t.tags[poss] != "WP$":
        return s.mention(poss)
    if (author := _author(s, i)) is not None:
        return s.mention(author)
    for k in s.kids(i):
        by = (t.deps[k] == "prep" and t.lowers[k] in ("by", "from", "among")) or t.deps[k] == "agent"
        if k > i and by:
            o = next((x for x in s.kids(k) if t.deps[x] == "pobj"), None)
            if o is not None and t.tags[o] != "VBG":
                return s.mention(o)
    for k in s.kids(i):
        if k < i and t.deps[k] in ("amod", "compound", "nmod") and t.lowers[k] in _adjectives_of_actors():
            return Mention(t.starts[k], t.ends[k], t.starts[k], t.ends[k], k)
    v = t.heads[i]
    if t.deps[i] != "dobj" or t.lowers[v] not in SUPPORT_VERBS:
        return None
    subject = s.subject(v)
    if subject is None or (t.lowers[v] in _RAISING and not can_speak(s, subject)):
        return None  # "the blast raised fears of": whose they are stands nowhere
    if t.lowers[subject] in _NO_HOLDER or s.is_passive(v):
        return None
    return document_owner(s, subject) or s.mention(subject)


@cache
def _adjectives_of_actors() -> frozenset[str]:
    return frozenset(d.lower() for a in listed_actors() for d in a.get("demonyms", ()))


def _is_negated(s: CueSentence, i: int) -> bool:
    """ "has no plans to leave", "made no claim that", "did not give an order to"."""
    t = s.tokens
    if any(t.lowers[k] == "no" and t.deps[k] == "det" for k in s.kids(i)):
        return True
    return t.deps[i] == "dobj" and any(t.deps[k] == "neg" for k in s.kids(t.heads[i]))


def _is_brushed_aside(s: CueSentence, i: int) -> bool:
    """ "Russian reports of prisoners are untrue", "described the claim as false"."""
    t = s.tokens
    head = t.heads[i]
    if t.deps[i] == "nsubj":
        words_against = words("cues.toml", "dismissive") | words("cues.toml", "negative_predicates")
        said_of = [t.lowers[k] for k in s.kids(head) if k > i and t.deps[k] in ("acomp", "attr", "oprd")]
        return bool(words_against & set(said_of))
    if t.deps[i] == "dobj" and t.lowers[head] in verbs() and verbs()[t.lowers[head]].frames & {"as", "c"}:
        last = s.right(i)
        behind = set(t.lowers[last + 1 : s.right(head) + 1])
        inside = set(t.lowers[i : last + 1]) if "as" in t.lowers[i : s.right(head) + 1] else set()
        return bool(words("cues.toml", "dismissive") & (behind | inside))
    return False


def _is_hearsay(s: CueSentence, i: int, preposition: str) -> bool:
    """ "The first reports of a flood", wherever they stand; not "the reports of the mayor", whose they are."""
    t = s.tokens
    if t.lowers[i] not in _HEARSAY or preposition not in ("of", "about"):
        return False
    prep = next((k for k in s.kids(i) if k > i and t.lowers[k] == preposition), None)
    noun = s.kid(prep, "pobj") if prep is not None else None
    return noun is None or not can_speak(s, noun) or any(t.tags[k] == "VBG" for k in range(noun, s.right(noun) + 1))


def _is_impersonal(s: CueSentence, i: int, preposition: str) -> bool:
    """ "There were reports of damage", "amid fears of", "despite calls for"."""
    t = s.tokens
    head = t.heads[i]
    if t.deps[i] == "attr" and any(t.deps[k] == "expl" for k in s.kids(head)):
        return True
    if t.deps[i] == "dobj" and t.lowers[head] in _FACING:
        return True  # "faces accusations of"
    return t.deps[i] == "pobj" and preposition != "about" and t.lowers[head] in _IMPERSONAL


# --- adjectives and adverbs -------------------------------------------------------------------------------


@frame("adjective_cue")
def adjective_cue(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "is confident that the town will hold"."""
    t, i = s.tokens, cue.token
    maker = _maker(s, i)
    if maker is not None and cue.entry.cue_class != "say":
        return None  # "make sure that": a deed
    comp = _held_clause(s, i, maker)
    if any(t.lowers[k] in ("so", "too") for k in s.kids(i)):
        return None  # "so sure of it that he left"
    if comp is None or t.tags[comp] not in VERB_TAGS or s.kid(comp, "nsubj", "nsubjpass", "csubj", "expl") is None:
        return None
    first = max(s.left(comp), i + 1)
    if t.lowers[first] in _WH_OPENERS:
        return None
    holder = t.heads[i] if t.deps[i] in ("acomp", "oprd") else i
    holder = maker if maker is not None else holder
    subject = s.subject(holder)
    if subject is None or t.lowers[subject] in _NO_HOLDER or t.lowers[subject] == "what":
        return None
    first += t.lowers[first] == "that"
    return Candidate(
        "adjective_cue",
        cue.entry,
        (t.starts[i], t.ends[i]),
        s.mention(subject, i),
        ((t.starts[first], _end(s, i, comp)),),
        s.index,
        i,
        negated=any(t.deps[k] == "neg" for k in s.kids(holder)),
    )


def _maker(s: CueSentence, i: int) -> int | None:
    """The "made" of "made it clear that", "made clear the troops would leave"; None where nobody makes it so."""
    t = s.tokens
    at = i - 2 if t.lowers[i - 1] == "it" else i - 1
    return at if at > s.first and t.lowers[at] in _MAKING and t.tags[at] in VERB_TAGS else None


def _held_clause(s: CueSentence, i: int, maker: int | None) -> int | None:
    """The verb of the clause behind the adjective ``i``; behind "made clear" wherever the parser hung it."""
    t = s.tokens
    comp = next((k for k in s.kids(i) if k > i and t.deps[k] == "ccomp"), None)
    if comp is not None or maker is None:
        return comp
    below = (k for k in (*s.kids(i), *s.kids(maker)) if k > i and t.tags[k] in VERB_TAGS)
    return next((k for k in below if s.left(k) in (i, i + 1) and t.deps[k] in _CLAUSES), None)


@frame("adverb_cue")
def adverb_cue(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "The army allegedly burned the village"."""
    t, i = s.tokens, cue.token
    v = t.heads[i]
    if t.tags[v] not in VERB_TAGS and t.deps[v] != "ROOT":
        return None
    first = i + 1 if t.deps[v] in ("relcl", "acl") else s.left(v)
    # "allegedly shelled the town as Paris called for talks": what another says meanwhile is his own
    beside = (k for k in s.kids(v) if k > i and t.deps[k] == "advcl" and has_own_cue(s, s.left(k), k))
    last = min((s.left(k) - 1 for k in beside), default=s.right(v))
    while last > first and t.lowers[last] == ",":
        last -= 1
    if first > last:
        return None  # nothing stands behind it
    content = (t.starts[first], t.ends[last])
    return Candidate("adverb_cue", ADVERB, (t.starts[i], t.ends[i]), None, (content,), s.index, i)
