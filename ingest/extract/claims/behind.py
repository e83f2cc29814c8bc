"""Content that stands behind its cue verb.

Belongs here: clauses, infinitives, complements, prepositions and objects, by the verb's frames, and
where such a content ends. Does not belong here: quotations beside the cue and what stands before it
(``beside``), and who speaks (``verbal``).
"""

from __future__ import annotations

from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, nouns, verbs
from ingest.extract.claims.onward import Onward, participles
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, VERB_TAGS, Tree

WH = frozenset(["what", "who", "whom", "when", "where", "why", "how", "which", "whether", "if", "whose"])
EMPTY_OBJECTS = frozenset(
    [
        *("it", "that", "this", "them", "him", "her", "me", "us", "you", "himself", "herself", "itself", "themselves"),
        *("so", "nothing", "something", "anything", "one", "those", "these", "which", "what", "who", "much", "more"),
    ]
)
MARKS = frozenset(["''", "``", '"', "“", "”", "«", "»", "„", "'", "‘", "’"])
# verbs whose object is whom they tell, not the beginning of what they say
_TOLD = frozenset(
    [
        *("tell", "inform", "remind", "assure", "warn", "advise", "convince", "ask", "notify", "show", "persuade"),
        *("reassure", "brief", "promise", "caution", "alert", "teach"),
    ]
)
# objects that make the verb mean something else
_NO_CONTENT = frozenset(
    [
        *("victory", "interest", "life", "lives", "credit", "anonymity", "right", "way"),
        *("allegiance", "role", "aid", "help"),
    ]
)
# "expects the siege to end": what is expected is that the siege ends; who is ordered is no part of the order
_OF_OTHERS = frozenset(["believe", "estimate"])
# what a clause may open with, and what its subject may hold
_OPENS = frozenset(["DT", "PRP", "NNP", "NNPS", "NN", "NNS", "EX", "PRP$", "CD", "JJ", "VBG"])
_INSIDE = frozenset(
    ["DT", "NNP", "NNPS", "NN", "NNS", "PRP$", "CD", "JJ", "JJR", "JJS", "POS", "HYPH", "RB", "IN", "VBG"]
)
# what is perceived or found is no clause unless it has a finite verb
_SEEN = frozenset(
    [
        *("see", "hear", "find", "hold", "show", "fear", "feel", "notice", "sense", "detect", "imagine", "learn"),
        *("acknowledge", "note", "consider", "read", "remember", "recall", "assume"),
    ]
)
_TO_WHOM = frozenset(["email", "e-mail", "text", "message", "brief", "inform", "remind", "tell", "assure", "warn"])
# nouns whose clause with "that" is their own
_HELD_BY = frozenset(["condition", "conditions", "extent", "moment", "way", "grounds", "understanding", "proviso"])
_CLAUSAL = frozenset(["VBD", "VBZ", "VBP", "MD", "CC", "WDT", "WP", "WRB", "TO"])
_CONDITIONS = frozenset(["named", "identified", "quoted", "anonymous"])
# prepositions whose phrase belongs to the noun before it rather than to the cue
_OF_NOUN = frozenset(
    ["in", "near", "for", "between", "against", "from", "to", "with", "of", "over", "off", "along", "inside"]
)
# words of when, and listeners, behind which a clause's "that" is still the cue's
_TIMES = frozenset(
    [
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "week"),
        *("month", "year", "morning", "evening", "afternoon", "night", "noon", "hours", "hour", "minutes", "days"),
        *("day", "weekend", "reporters", "journalists"),
    ]
)
_FATES = frozenset(["dead", "killed", "wounded", "injured", "missing", "captured", "destroyed", "hurt"])
_COUNTS = frozenset(["number", "toll", "figure", "strength", "losses", "cost", "total", "count", "damage", "share"])
_DECLINES = frozenset(["comment", "respond", "answer", "elaborate", "say", "reply"])
_SUBORDINATE = frozenset(
    ["while", "whereas", "although", "though", "as", "after", "before", "when", "since", "despite"]
)


_CHECKING = frozenset(["verify", "substantiate", "authenticate", "corroborate", "confirm"])
_AGAINST = frozenset(["contradict", "rebut", "refute", "dispute", "contest"])


class Behind:
    """What one sentence's cue verbs introduce."""

    def __init__(self, grammar: Tree) -> None:
        self.g = grammar
        self.t = grammar.tokens
        self.onward = Onward(grammar)

    def clause_of(self, v: int, cue: Cue) -> int | None:
        """The clause that is claimed, as the parser has it or where its "that" shows it."""
        g, t = self.g, self.t
        kids = [k for k in g.kids(v) if k > v]
        comp = next((k for k in kids if t.deps[k] == "ccomp" and t.tags[k] != "WRB"), None)
        if comp is None:
            loose = ("xcomp", "acl", "advcl", "relcl", "dep")
            comp = next((k for k in kids if t.deps[k] in loose and self.mark(k) == "that"), None)
        if comp is None and "s" in cue.frames:
            comp = self._that_of_object(v)
        return comp

    def mark(self, clause: int) -> str:
        k = self.g.kid(clause, "mark")
        return self.t.lowers[k] if k is not None else ""

    def _that_of_object(self, v: int) -> int | None:
        """ "told reporters on Monday that …" where the parser hung the clause on another word."""
        g, t = self.g, self.t
        stack = [k for k in g.kids(v) if k > v and t.deps[k] in ("dobj", "dative", "prep", "npadvmod", "pobj")]
        while stack:
            x = stack.pop()
            # "without evidence that", "in a statement that": the clause is the cue's all the same
            aside = t.lowers[t.heads[x]] in ("without", "in", "at", "on", "during", "via") and t.heads[x] > v
            if (t.lowers[x] in nouns() and not aside) or t.lowers[x] in _HELD_BY:
                continue
            if t.deps[x] == "pobj" and not self._where_told(x):
                continue
            for c in g.kids(x):
                if t.deps[c] in ("acl", "relcl", "ccomp", "advcl") and self.mark(c) == "that":
                    return c
                if c > v:
                    stack.append(c)
        return None

    def _where_told(self, x: int) -> bool:
        """True for a word of when, where or to whom something is said: its clause is the cue's."""
        low = self.t.lowers[x]
        if self.t.lowers[self.t.heads[x]] not in ("in", "among", "of", "from"):
            return True
        told = words("people.toml", "documents") | words("cues.toml", "channel_nouns") | _TIMES | CALENDAR
        return low in told or self.t.tags[x] in ("NNP", "NNPS", "CD", "PRP") or self.onward.can_speak(x)

    # --- frames -----------------------------------------------------------------------------------

    def surface_that(self, draft: Draft, cue: Cue) -> bool:
        """ "agreed that …" where the parser saw no clause: from "that" to the end of the sentence."""
        g, t, v = self.g, self.t, draft.verb
        if "s" not in cue.frames:
            return False
        for j in range(v + 1, min(v + 10, g.last - 2)):
            low = t.lowers[j]
            told_in = low in words("people.toml", "documents") and bool({"in", "at", "on"} & set(t.lowers[v + 1 : j]))
            if low == "that" and t.tags[j + 1] not in ("VBD", "VBZ", "VBP", "MD"):
                if t.tags[j] == "DT" or (t.tags[j - 1] in ("NN", "NNS") and t.lowers[j - 1] not in _TIMES):
                    return False
                rest = t.tags[j + 1 : g.last]
                if t.deps[j] != "mark" and not any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in rest):
                    return False
                return self.put(draft, j + 1, g.last - 1, "verb.that")
            if low in MARKS or low in (",", ";", ":") or (low in nouns() and not told_in) or t.tags[j] in _CLAUSAL:
                return False
        return False

    def surface_clause(self, draft: Draft, cue: Cue) -> bool:
        """ "reported on Wednesday the service had warned him" where the parser saw no clause behind the cue."""
        t, v, last = self.t, draft.verb, self.g.last
        if "s" not in cue.frames or cue.cue_class not in ("say", "write", "believe", "estimate", "accuse"):
            return False
        if (
            t.tags[v] not in ("VBD", "VBZ", "VBP")
            or t.deps[v] in ("relcl", "acl", "advcl")
            or cue.lemma in _SEEN | _TO_WHOM
        ):
            return False
        j = v + 1
        if j < last and t.lowers[j] in ("on", "in", "at", "during"):
            j += 1
            while j < last and j < v + 6 and (t.lowers[j] in _TIMES or t.tags[j] == "CD" or t.lowers[j] in CALENDAR):
                j += 1
            if j == v + 2:
                return False
        elif j < last and t.lowers[j] in CALENDAR:
            j += 1
        if j >= last - 2 or t.tags[j] not in _OPENS or t.lowers[j] in ("him", "her", "them", "me", "us", "himself"):
            return False
        for w in range(j + 1, last):
            if t.tags[w] in ("VBD", "VBZ", "VBP", "MD"):
                return self.put(draft, j, last - 1, "verb.that")
            if t.tags[w] == "PRP" and t.tags[w - 1] == "VBG":
                continue  # "said legalizing it could help"
            if t.tags[w] not in _INSIDE or t.lowers[w] in _SUBORDINATE:
                return False
        return False

    def clause(self, draft: Draft, cue: Cue, comp: int) -> bool:
        """The content is the clause whose verb is ``comp``."""
        g, t, v = self.g, self.t, draft.verb
        first = max(g.left(comp), v + 1)
        while first < g.last and t.lowers[first] in (",", ":"):
            first += 1
        to = next((k for k in g.kids(comp) if t.deps[k] == "aux" and t.lowers[k] == "to"), None)
        if to is not None and to < comp:
            called_for = "for" in cue.frames and t.lowers[first - 1] == "for"
            if called_for:
                return self.put(draft, first, g.right(comp), "verb.for")
            if not cue.frames & {"t", "o"}:
                return False
            draft.lead = t.starts[first]
            begin = first if cue.cue_class in _OF_OTHERS else self._with_not(to, v)
            return self.put(draft, begin, g.right(comp), "verb.infinitive")
        mark = self.mark(comp)
        if mark != "that" and cue.lemma in _TOLD and (behind := self.onward.behind_name(draft, first)) is not None:
            return "s" in cue.frames and self.put(draft, behind, g.right(comp), "verb.that")
        if mark != "that" and cue.lemma not in _TOLD:
            first = self._with_object(v, first, comp)
        elif mark != "that":
            first = self.onward.behind_listener(v, first)
        low = t.lowers[first]
        if mark == "that" or (low == "that" and t.tags[first] == "IN"):
            while first < comp and t.lowers[first] != "that":
                first += 1
            first += t.lowers[first] == "that"
            return "s" in cue.frames and self.put(draft, first, g.right(comp), "verb.that")
        if low in WH or mark in ("if", "whether"):
            if (
                "w" not in cue.frames
                and low not in ("when", "if", "where")
                and (low != "what" or "n" not in cue.frames)
            ):
                return False
            if first == comp and g.right(comp) == comp:
                return False  # "you know what?"
            draft.question = ("w" in cue.frames and low in ("whether", "if")) or cue.cue_class == "ask"
            return self.put(draft, first, g.right(comp), "verb.wh")
        if t.tags[comp] == "VBG" and "g" in cue.frames and g.kid(comp, "nsubj") is None:
            return self.put(draft, first, g.right(comp), "verb.gerund")
        if "c" in cue.frames and t.tags[comp] not in VERB_TAGS and (subject := g.kid(comp, "nsubj")) is not None:
            draft.lead = t.starts[first]
            return self.put(draft, g.right(subject) + 1, g.right(comp), "verb.complement")
        return self._plain(draft, cue, comp, first)

    def _plain(self, draft: Draft, cue: Cue, comp: int, first: int) -> bool:
        """A clause without "that"."""
        g, t = self.g, self.t
        if t.deps[draft.verb] == "ROOT" and self.mark(draft.verb) in ("as", "when", "while", "if", "because"):
            return False  # "As I conclude I thank …": the parser took the main clause for what is concluded
        finite = g.kid(comp, "nsubj", "nsubjpass", "aux", "expl") is not None
        if "o" in cue.frames and cue.cue_class == "believe" and t.tags[comp] in ("VBN", "VBD", "VBG", "JJ"):
            # "wants a corridor opened"
            return finite and self.put(draft, first, g.right(comp), "verb.small_clause")
        if "s" not in cue.frames or (t.tags[comp] not in VERB_TAGS and not finite):
            return False
        shown = cue.lemma in ("show", "find") and t.tags[first] not in ("PRP", "PRP$")
        if cue.lemma in _SEEN and not shown and not self._is_finite(comp):
            return False  # "found himself unable", "heard her speak", but "the poll shows him leading"
        if t.tags[comp] == "VB" and g.kid(comp, "aux", "nsubj") is None and "o" not in cue.frames:
            return False
        return self.put(draft, first, self.g.right(comp), "verb.that")

    def _is_finite(self, clause: int) -> bool:
        finite = ("VBD", "VBZ", "VBP", "MD")
        tags = self.t.tags
        return tags[clause] in finite or any(tags[k] in finite for k in self.g.kids(clause) if k < clause + 3)

    def _with_object(self, v: int, first: int, comp: int) -> int:
        """The parser took the clause's subject for the cue's object: "state | their goal is …"."""
        g, t = self.g, self.t
        taken = next((k for k in g.kids(v) if t.deps[k] == "dobj" and v < k < g.left(comp)), None)
        if taken is None or t.lowers[taken] in EMPTY_OBJECTS or g.kid(comp, "nsubj", "nsubjpass", "expl") is not None:
            return first
        return min(first, max(g.left(taken), v + 1))

    def _with_not(self, to: int, v: int) -> int:
        return to - 1 if to - 1 > v and self.t.lowers[to - 1] in ("not", "never") else to

    def infinitive(self, draft: Draft, cue: Cue) -> bool:
        """ "vowed to fight", "ordered troops to leave", "denied firing"."""
        g, t, v = self.g, self.t, draft.verb
        kids = [k for k in g.kids(v) if k > v]
        xcomp = next((k for k in kids if t.deps[k] == "xcomp"), None)
        called_for = next((k for k in kids if t.deps[k] in ("advcl", "xcomp") and self.mark(k) == "for"), None)
        if called_for is not None and "for" in cue.frames and g.left(called_for) <= v + 2:
            return self.put(draft, g.left(called_for) + 1, g.right(called_for), "verb.for")
        if xcomp is None and v + 1 < g.last and t.lowers[v + 1] == "to":
            xcomp = next((k for k in kids if t.deps[k] in ("advcl", "acl", "ccomp") and g.left(k) == v + 1), None)
        if xcomp is None:
            return False
        to = next((k for k in g.kids(xcomp) if t.deps[k] == "aux" and t.lowers[k] == "to" and k < xcomp), None)
        if to is None:
            gerund = t.tags[xcomp] == "VBG" or t.lowers[g.left(xcomp)] in ("having", "being")
            if gerund and "g" in cue.frames:
                return self.put(draft, g.left(xcomp), g.right(xcomp), "verb.gerund")
            complement = "c" in cue.frames and t.tags[xcomp] not in VERB_TAGS
            return complement and self.put(draft, g.left(xcomp), g.right(xcomp), "verb.complement")
        objects = [k for k in g.kids(v) if t.deps[k] in ("dobj", "dative") and v < k < xcomp]
        on = next((k for k in kids if t.deps[k] == "prep" and t.lowers[k] in ("on", "for", "to") and k < xcomp), None)
        own = "t" in cue.frames or (cue.lemma in ("call", "appeal", "plead") and on is not None)
        if "o" not in cue.frames if objects else not own:
            return False
        if cue.effect == "refuse" and t.lowers[xcomp] in _DECLINES:
            return False
        if t.lowers[xcomp] in _CONDITIONS and g.is_passive(xcomp):
            return False  # "asked not to be named"
        if objects:
            draft.lead = t.starts[g.left(objects[0])]
            if g.right(objects[0]) < to:
                draft.addressee = (t.starts[g.left(objects[0])], t.ends[g.right(objects[0])])
        elif on is not None:
            draft.lead = t.starts[min(on + 1, to)]
        begin = self._with_not(to, v)
        if objects and cue.cue_class in _OF_OTHERS:
            begin = g.left(objects[0])
        return self.put(draft, begin, g.right(xcomp), "verb.infinitive")

    def complement(self, draft: Draft, cue: Cue) -> bool:
        """ "described the raid as a crime", "called the raid a crime": what it is called."""
        g, t, v = self.g, self.t, draft.verb
        kids = [k for k in g.kids(v) if k > v]
        if "as" in cue.frames and cue.effect == "negate" and self._called(draft):
            return True
        if "as" in cue.frames:
            inner = [c for k in kids if t.deps[k] == "dobj" for c in g.kids(k)]
            for x in (*kids, *inner):
                if t.lowers[x] == "as" and x > v and t.deps[x] in ("prep", "mark", "advmod") and x + 1 < g.last:
                    end = g.right(x) if t.deps[x] == "prep" else g.right(t.heads[x])
                    draft.lead = t.starts[min(v + 1, x)]
                    return end > x and self.put(draft, x + 1, end, "verb.as")
            for k in kids:
                if t.deps[k] == "advcl" and (m := g.kid(k, "mark")) is not None and t.lowers[m] == "as":
                    draft.lead = t.starts[v + 1]
                    return self.put(draft, m + 1, g.right(k), "verb.as")
        if "c" in cue.frames:
            k2 = g.kid(v, "oprd")
            if k2 is not None and k2 > v and t.lowers[k2] not in ("back", "out", "off"):
                draft.lead = t.starts[v + 1]
                return self.put(draft, g.left(k2), g.right(k2), "verb.complement")
            named = [k for k in kids if t.deps[k] == "dobj"]
            if named and self._quoted_name(draft, g.right(named[0]) + 1):
                return True
            second = named[1] if len(named) > 1 else g.kid(named[0], "appos") if named else None
            if second is not None and t.lowers[g.left(second) - 1] != "," and t.lowers[g.left(second)] in ("a", "an"):
                draft.lead = t.starts[v + 1]
                return self.put(draft, g.left(second), g.right(second), "verb.complement", extend=False)
        return False

    def _quoted_name(self, draft: Draft, mark: int) -> bool:
        """ "called the standards “strong”", wherever the parser hung the word."""
        t, last = self.t, self.g.last
        if mark + 1 >= last or t.lowers[mark] not in MARKS:
            return False
        close = next((k for k in range(mark + 1, min(mark + 12, last)) if t.lowers[k] in MARKS), None)
        if close is None:
            return False
        draft.lead = t.starts[draft.verb + 1]
        return self.put(draft, mark + 1, close - 1, "verb.complement", extend=False)

    def _called(self, draft: Draft) -> bool:
        """ "dismissed as false claims that …": what is dismissed stands behind what it is called."""
        g, t, v = self.g, self.t, draft.verb
        if v + 1 >= g.last or t.lowers[v + 1] != "as":
            return False
        k = v + 2
        while k < g.last and (t.tags[k] in ("JJ", "RB", "VBN", "CC") or t.lowers[k] in MARKS):
            k += 1
        if not v + 2 < k < g.last or t.lowers[k] not in nouns() or not t.tags[k].startswith("NN"):
            return False
        draft.notes.add("dismissed")
        return self.put(draft, k, g.last - 1, "verb.object", extend=False)

    def responsible(self, draft: Draft) -> bool:
        """ "held the army responsible for the raid"."""
        g, t, v = self.g, self.t, draft.verb
        for j in range(v + 2, min(v + 14, g.last - 2)):
            if t.lowers[j] in ("responsible", "accountable") and t.lowers[j + 1] == "for":
                prep = next((k for k in g.kids(j) if k == j + 1), None)
                last = g.right(prep) if prep is not None else g.last - 1
                return self.put(draft, j + 2, last, "verb.responsible", extend=False)
            if t.lowers[j] in (",", ";", ":") or t.tags[j] in _CLAUSAL:
                return False
        return False

    def accused_of(self, draft: Draft, cue: Cue) -> bool:
        """ "accused X and Y of shelling" where the parser hung "of" on a word of its own choice."""
        g, t, v = self.g, self.t, draft.verb
        for j in range(v + 2, min(v + 30, g.last - 2)):
            if t.lowers[j] in cue.frames and t.tags[j] == "IN":
                k = j + 2 if t.tags[j + 1] == "RB" else j + 1
                if t.tags[k] == "VBG":
                    draft.lead = t.starts[v + 1]
                    return self.put(draft, j + 1, max(g.right(j), k), f"verb.{t.lowers[j]}", extend=False)
            if t.lowers[j] in (";", ":") or t.lowers[j] in MARKS:
                return False
        return False

    def preposition(self, draft: Draft, cue: Cue) -> bool:
        """ "accused Kyiv of shelling", "called for talks": what the frame's preposition introduces."""
        g, t, v = self.g, self.t, draft.verb
        kids = [k for k in g.kids(v) if k > v]
        inner = [c for k in kids if t.deps[k] in ("dobj", "dative") for c in g.kids(k) if c > k]
        for k in (*kids, *inner):
            low = t.lowers[k]
            if t.deps[k] not in ("prep", "agent", "dative") or low not in cue.frames:
                continue
            if k not in kids and cue.cue_class != "accuse" and low != "with":
                continue
            if self.after(draft, k):
                return True
        return False

    def after(self, draft: Draft, prep: int) -> bool:
        """The content is what ``prep`` governs."""
        g, t = self.g, self.t
        first, last = prep + 1, g.right(prep)
        if first > last or (t.lowers[first] in EMPTY_OBJECTS and first == last) or t.tags[first] in ("WDT", "WP"):
            return False
        if first < g.last and draft.lead is None and prep > draft.verb + 1 and t.lowers[prep] in ("of", "for", "with"):
            draft.lead = t.starts[draft.verb + 1]
        last = self._noun_phrase_end(draft.verb, last, prep)
        return self.put(draft, first, last, f"verb.{t.lowers[prep]}", extend=False)

    def object(self, draft: Draft) -> bool:
        """A noun phrase that is claimed: "claimed the capture of Kupiansk"."""
        g, t, v = self.g, self.t, draft.verb
        k = g.kid(v, "dobj")
        if k is None or k < v or t.lowers[k] in EMPTY_OBJECTS or t.tags[k] in ("WP", "WDT", "PRP"):
            return False
        if t.tags[k] == "CD" and t.lowers[k + 1 : k + 2] and t.lowers[k + 1] not in _FATES:
            return False
        if t.lowers[k] in _NO_CONTENT or (t.lowers[k] == "responsibility" and t.lowers[k + 1] != "for"):
            return False
        if draft.cue is not None and draft.cue.lemma in _AGAINST and self.onward.can_speak(k):
            return False  # "contradicting the junta": whom, not what
        if draft.cue is not None and draft.cue.lemma in _CHECKING and self.onward.cannot(v):
            return False  # "could not verify the footage"
        if t.lowers[g.left(k)] in ("these", "this", "those", "such") and t.lowers[k] in nouns() and g.right(k) == k:
            return False  # "rejected these claims": which ones stands elsewhere
        for j in range(k + 1, min(k + 12, g.last - 4)):
            if t.lowers[j : j + 3] == ["such", "as", "that"]:
                if set(t.lowers[g.left(k) : j]) & words("cues.toml", "dismissive"):
                    draft.notes.add("dismissed")
                return self.put(draft, j + 3, g.last - 1, "verb.such_as", extend=False)
        last = self._noun_phrase_end(v, g.right(k), k)
        return self.put(draft, g.left(k), last, "verb.object", extend=False)

    def _noun_phrase_end(self, v: int, last: int, part: int) -> int:
        """A noun phrase with the prepositional phrases right behind it that the parser hung on the verb."""
        g, t = self.g, self.t
        if last + 1 < g.last and t.lowers[last + 1] in _FATES:
            last += 1
        for k in g.kids(v):
            if k == last + 1 and k > part and t.deps[k] == "prep" and t.lowers[k] in _OF_NOUN:
                inside = set(t.lowers[k : g.right(k) + 1])
                if inside & words("cues.toml", "channel_nouns") or inside & _TIMES:
                    break
                last = g.right(k)
        return last

    def count(self, draft: Draft) -> bool:
        """ "put the number of dead at twelve", "estimated the damage at …"."""
        g, t, v = self.g, self.t, draft.verb
        k = g.kid(v, "dobj")
        if k is None or k < v or not _COUNTS & set(t.lowers[g.left(k) : g.right(k) + 1]):
            return False
        at = next((x for x in range(k + 1, g.last - 1) if t.lowers[x] == "at" and t.deps[x] == "prep"), None)
        if at is None:
            return False
        return self.put(draft, g.left(k), g.right(at), "verb.count", extend=False)

    # --- where it ends ------------------------------------------------------------------------------

    def put(self, draft: Draft, first: int, last: int, rule: str, extend: bool = True) -> bool:
        """Tokens ``first`` to ``last`` are the content, with what belongs behind them and without what does not."""
        t, v = self.t, draft.verb
        if first > last or first >= self.g.last:
            return False
        if extend:
            last = self._extend(v, first, last)
        last = self.onward.before_outer(v, first, self.onward.shorten(v, first, last, draft.cue))
        if last < first:
            return False
        draft.content = [(t.starts[first], t.ends[last])]
        draft.rule = rule
        return True

    def _extend(self, v: int, first: int, last: int) -> int:
        """The parser hangs on the cue what belongs to the content: take it in, up to a comma or the next cue."""
        g, t = self.g, self.t
        for k in g.kids(v):
            if k <= last or k < first or t.deps[k] in ("punct", "cc"):
                continue
            begin = g.left(k)
            if t.deps[k] == "conj":
                if t.lowers[begin] == "that" or self.mark(k) == "that":
                    last = g.right(k)
                    continue
                break
            if t.deps[k] not in (
                *("prep", "advcl", "npadvmod", "advmod", "dep", "acl", "prt", "dobj"),
                *("attr", "acomp", "oprd", "ccomp", "appos", "xcomp"),
            ):
                break
            if t.lowers[k] in participles() or t.lowers[begin] in ("according", "citing"):
                break
            if t.lowers[begin - 1] in (",", "–", "—", ";") and t.lowers[begin] in _SUBORDINATE | {"in", "at", "during"}:
                break
            if t.deps[k] == "advcl" and t.tags[k] == "VBG" and t.lowers[k] in verbs():
                break
            last = max(last, g.right(k))
        return min(last, g.last - 1)
