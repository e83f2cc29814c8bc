"""Whether the clause of a cue tells that somebody has claimed something.

Belongs here: cues under a modal, in a purpose and behind a verb whose infinitive need not come true, intentions
that are denied or asked about, verbs of showing, by which deeds and events are no speakers, and verbs of talking
with a mere noun. Does not belong here: cues that nobody in particular is the subject of (``engine``), the modality
of the content (``assertion.hedge``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.sentence import MARKS, CueSentence
from ingest.extract.claims.lexicon import listed, verbs
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import PROPER, VERB_TAGS

_POSSIBLE = listed("modals_of_the_possible")
_CONDITIONS = listed("conditions")
_UNREAL = listed("governors_of_the_unreal")
_REAL_NOUNS = listed("modifiers_of_the_real")
_TOLD = frozenset(["say", "ask", "write"])
_SETTLING = listed("verbs_of_settling")
_TALKING = listed("verbs_of_talking")
_DEFINITE = listed("definite_determiners")
_FIRST_PERSONS = listed("first_person_subjects")
_SHOWING = listed("verbs_of_showing")
_HINTING = listed("verbs_of_hinting")
_EVIDENCE = listed("evidence")
_INTENDING = frozenset(["believe", "promise"])
_INDIRECT_QUESTIONS = frozenset(["whether", "if"])
_ANYBODY = listed("anybody") | listed("nobody")


def unrealised(s: CueSentence, cue: CueMention) -> str:
    """Why a cue verb tells of no claim that was made, in a few words; "" where it may.

    "the mayor should admit that", "efforts to persuade the mayor", "is likely to announce", "refused to leave"; not
    "we can confirm that", in which somebody confirms, nor "cannot rule out that", which he says.
    """
    t, v = s.tokens, cue.token
    if cue.entry.effect == "refuse":
        return "what was not done"
    kids = s.kids(v)
    if any(t.deps[k] == "aux" and t.lowers[k] in _POSSIBLE for k in kids):
        subject = s.kid(v, "nsubj")
        is_own = subject is not None and t.lowers[subject] in _FIRST_PERSONS
        return "" if is_own or s.is_negated(v) else "what may be said"
    if t.deps[v] == "advcl" and s.mark(v) in _CONDITIONS and cue.entry.cue_class == "believe":
        return "what may be thought"
    if not any(t.deps[k] == "aux" and t.lowers[k] == "to" for k in kids):
        return ""
    head = t.heads[v]
    if t.deps[v] == "xcomp" and t.lowers[head] in _UNREAL:
        return "what need not come to be said"
    if (
        t.deps[v] == "acl"
        and t.tags[head] in ("NN", "NNS")
        and t.lowers[head] not in words("coreference.toml", "sounding")
    ):
        is_deed = any(t.lowers[k] in _REAL_NOUNS for k in s.kids(head))  # "the first town to report the smell"
        return "" if is_deed else "what is to be said"
    return ""


def left_unsaid(candidate: Candidate) -> str:
    """Why what somebody did not say or ask for is no claim, in a few words; "" where something is told.

    "Neither side has signalled a truce", "did not specify a date"; not "did not rule out talks", "does not expect
    talks to last", nor a whole clause ("has not confirmed that the dam broke").
    """
    cue = candidate.cue
    if not candidate.negated or cue is None or candidate.frame == "complement_clause":
        return ""
    return "what was not said" if cue.effect != "negate" and cue.cue_class in _TOLD else ""


def found_out(candidate: Candidate) -> str:
    """Why a question that somebody settles is no claim, in a few words: "determines whether the well is safe"."""
    cue = candidate.cue
    is_settled = candidate.rule == "complement_clause.wh" and cue is not None and cue.lemma in _SETTLING
    return "what is found out" if is_settled else ""


def not_intended(s: CueSentence, candidate: Candidate) -> str:
    """Why what somebody wants or plans to do is no claim, in a few words; "" where the text says that he does.

    "The ministry denied that it was planning to attack", "it was not known whether the mayor wanted to stay".
    """
    cue, v = candidate.cue, candidate.verb
    if candidate.frame not in ("infinitive", "gerund") or cue is None or v < 0 or cue.cue_class not in _INTENDING:
        return ""
    t = s.tokens
    if s.mark(v) in _INDIRECT_QUESTIONS:
        return "what is asked"
    head, subject = t.heads[v], s.kid(v, "nsubj")
    denial = verbs().get(t.lowers[head]) if t.deps[v] in ("ccomp", "xcomp") else None
    is_own = subject is None or t.tags[subject] == "PRP"
    return "what is denied" if denial is not None and denial.cue_class == "deny" and is_own else ""


def shown_by_deeds(s: CueSentence, cue: CueMention) -> str:
    """Why what is shown is no claim, in a few words; "" where a document, data or a speaker's hint shows it.

    "The drivers showed that the road was safe" by driving; "the need for a curfew implies that": nobody says so.
    """
    speaker, lemma = cue.speaker, cue.entry.lemma
    if speaker is None or lemma not in _SHOWING | _HINTING:
        return ""
    t, low = s.tokens, s.tokens.lowers[speaker.head]
    subject = s.subject(cue.token)  # of "data from the agency showed" the data, where the agency speaks
    shown_in = {low} if subject is None else {low, t.lowers[subject]}
    if shown_in & _EVIDENCE or shown_in & words("people.toml", "documents"):
        return ""
    if lemma in _SHOWING:
        return "shown by what was done"
    singular = low.removesuffix("s")
    is_thing = t.tags[speaker.head] in ("NN", "NNS", "DT") and low not in _ANYBODY
    is_somebody = not is_thing or any(
        low in known or singular in known
        for known in (
            words("people.toml", "roles"),
            words("people.toml", "collective", "words"),
            words("people.toml", "bodies", "words"),
            words("coreference.toml", "unnamed"),
            words("coreference.toml", "many"),
            words("coreference.toml", "counted"),
        )
    )
    return "" if is_somebody else "shown by a thing"


def talked_of(s: CueSentence, candidate: Candidate) -> str:
    """Why what somebody talks of is no claim, in a few words; "" for what tells something.

    "talked about the weather" names a subject; a gerund, a clause, a quotation, and what is there tell something:
    "spoke of hunger", "talked about the importance of peace".
    """
    if candidate.rule != "prepositional" or candidate.cue is None or candidate.cue.lemma not in _TALKING:
        return ""
    t = s.tokens
    first = s.analysis.first_token_from(candidate.start)
    inside = range(first, s.analysis.first_token_from(candidate.end))
    prep = first - 1
    noun = s.kid(prep, "pobj")
    if noun is None or any(t.tags[k] in VERB_TAGS or t.lowers[k] in MARKS for k in inside):
        return ""
    is_definite = t.tags[noun] in PROPER or any(t.deps[k] == "poss" or t.lowers[k] in _DEFINITE for k in s.kids(noun))
    is_there = t.lowers[prep] == "of" and not is_definite
    return "" if is_there or any(t.lowers[k] == "of" for k in s.kids(noun)) else "what is talked of"
