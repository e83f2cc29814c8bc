"""Claims whose cue is a verb.

Belongs here: from a cue verb in a parsed sentence to its speaker and its content, by the verb's
frames. Does not belong here: quotations as such (``quoted``), nouns and adverbs (``nominal``), and
what a claim means (``judge``).
"""

from __future__ import annotations

from ingest.extract.claims.draft import Draft, Mention
from ingest.extract.claims.grammar import Grammar
from ingest.extract.claims.lexicon import Cue, nouns, verbs, words
from ingest.extract.claims.quotes import Quote, trim

_VERBS = frozenset(["VB", "VBD", "VBG", "VBN", "VBP", "VBZ"])
_CLAUSES = frozenset(["ccomp", "xcomp", "advcl", "acl", "conj", "parataxis"])
_WH = frozenset(["what", "who", "whom", "when", "where", "why", "how", "which", "whether", "if", "whose"])
_EMPTY_OBJECTS = frozenset(
    [
        "it",
        "that",
        "this",
        "them",
        "him",
        "her",
        "me",
        "us",
        "you",
        "himself",
        "herself",
        "itself",
        "themselves",
        "so",
        "nothing",
        "something",
        "anything",
        "one",
        "those",
        "these",
        "which",
        "what",
        "who",
    ]
)
_SIDE_SPEECH = frozenset(
    [
        "adding",
        "citing",
        "noting",
        "stressing",
        "explaining",
        "saying",
        "emphasizing",
        "emphasising",
        "calling",
        "describing",
        "pointing",
        "claiming",
        "arguing",
        "warning",
        "insisting",
        "urging",
    ]
)
_MARKS = frozenset(["''", "``", '"', "“", "”", "«", "»", "„", "'", "‘", "’"])
_STOPS = frozenset([",", ".", ";", ":", "!", "?", "–", "—", "-", "…"])
_DECLINES = frozenset(["comment", "respond", "answer", "elaborate", "say", "reply"])


class VerbalCues:
    """Reads one sentence's cue verbs."""

    def __init__(self, grammar: Grammar, index: int, quotes: list[Quote]) -> None:
        self.g = grammar
        self.t = grammar.tokens
        self.text = grammar.analysis.text
        self.index = index
        self.quotes = quotes

    def find(self) -> list[Draft]:
        table, t = verbs(), self.t
        drafts = []
        for v in range(self.g.first, self.g.last):
            cue = table.get(t.lowers[v])
            if (
                cue is not None
                and (t.tags[v] in _VERBS or t.deps[v] in ("ROOT", "parataxis"))
                and t.deps[v] not in ("aux", "auxpass", "amod", "compound", "case")
            ):
                draft = self._verb(v, cue)
                if draft is not None:
                    drafts.append(draft)
        return drafts

    # --- one verb -----------------------------------------------------------------------------

    def _verb(self, v: int, cue: Cue) -> Draft | None:
        g, t = self.g, self.t
        if t.tags[v] == "NN" or (
            t.tags[v] == "VB" and t.deps[v] == "ROOT" and v == g.first and g.kid(v, "nsubj") is None
        ):
            return None  # an imperative, a noun
        passive = g.is_passive(v)
        if passive:
            return self._passive(v, cue)
        speaker = self._speaker(v, cue)
        draft = Draft("verb", cue, (t.starts[v], t.ends[v]), speaker, [], self.index, v)
        draft.negated = self._negated(v)
        draft.clause = self._clause(v)
        if self._post(draft, cue) or self._pre(draft, cue):
            return self._accept(draft, cue)
        return None

    def _accept(self, draft: Draft, cue: Cue) -> Draft | None:
        draft.content = [c for c in (trim(self.text, s, e) for s, e in draft.content) if c[1] > c[0]]
        if not draft.content:
            return None
        if draft.speaker is None and draft.rule.startswith("verb") and not self._speakerless(draft, cue):
            return None
        if draft.speaker is not None and any(
            s < draft.speaker.end and draft.speaker.start < e for s, e in draft.content
        ):
            return None
        return draft

    def _speakerless(self, draft: Draft, cue: Cue) -> bool:
        """A cue without a speaker counts where it is one of saying, with a clause of its own."""
        return (
            cue.cue_class in ("say", "accuse", "deny", "write", "estimate")
            and draft.verb >= 0
            and draft.rule in ("verb.that", "verb.quote_after", "verb.quote_before")
            and self.t.tags[draft.verb] in ("VBG", "VBD", "VBZ")
        )

    def _negated(self, v: int) -> bool:
        t = self.t
        chain, at = [v], v
        while t.deps[at] == "xcomp" and len(chain) < 4:
            at = t.heads[at]
            chain.append(at)
        return any(
            t.deps[k] == "neg" or t.lowers[k] in ("never", "nor")
            for x in chain
            for k in self.g.kids(x)
            if k < x or t.deps[k] == "neg"
        )

    def _speaker(self, v: int, cue: Cue) -> Mention | None:
        g, t = self.g, self.t
        s = g.subject(v)
        if s is None:
            return None
        low = t.lowers[s]
        if low in ("there", "which", "what", "this", "these", "those") and low != "those":
            return None
        if low == "it" and t.deps[s] in ("nsubjpass",):
            return None
        if low == "that" and t.tags[s] in ("DT", "IN"):
            return None
        if low in words("cues.toml", "no_speaker") and low != "it" and not self._purports(v):
            return None
        return document_owner(g, s) or g.mention(s)

    def _purports(self, v: int) -> bool:
        return self.t.lowers[v] in words("cues.toml", "purported")

    def _clause(self, v: int) -> tuple[int, int]:
        return self.t.starts[self.g.left(v)], self.t.ends[self.g.right(v)]

    # --- content behind the cue -----------------------------------------------------------------

    def _post(self, draft: Draft, cue: Cue) -> bool:
        g, t, v = self.g, self.t, draft.verb
        frames = cue.frames
        kids = [k for k in g.kids(v) if k > v]
        comp = next((k for k in kids if t.deps[k] == "ccomp" and t.tags[k] != "WRB"), None)
        if comp is None:
            comp = next(
                (k for k in kids if t.deps[k] in ("xcomp", "acl", "advcl", "relcl", "dep") and self._mark(k) == "that"),
                None,
            )
        if comp is None and frames & {"s"}:
            comp = self._that_of_object(v)
        quote = self._quote_after(v)
        if comp is not None and quote is None:
            done = self._clause_content(draft, cue, comp)
            if done:
                return True
        if quote is not None and frames & {"s", "q", "c", "as", "n"}:
            return self._quoted_after(draft, quote, comp)
        xcomp = next((k for k in kids if t.deps[k] == "xcomp"), None)
        if xcomp is not None and self._infinitive(draft, cue, xcomp):
            return True
        if frames & {"c", "as"} and self._complement(draft, cue):
            return True
        for k in kids:
            if t.deps[k] in ("prep", "agent", "dative") and t.lowers[k] in frames and self._behind(draft, k):
                return True
        if "n" in frames:
            return self._object(draft)
        return False

    def _mark(self, clause: int) -> str:
        k = self.g.kid(clause, "mark")
        return self.t.lowers[k] if k is not None else ""

    def _that_of_object(self, v: int) -> int | None:
        """ "told reporters on Monday that …" where the parser hung the clause on another word."""
        g, t = self.g, self.t
        for k in g.kids(v):
            if k > v and t.deps[k] in ("dobj", "dative", "prep", "npadvmod", "pobj"):
                stack = [k]
                while stack:
                    x = stack.pop()
                    if t.lowers[x] in nouns() and x != k:
                        continue
                    for c in g.kids(x):
                        if (
                            t.deps[c] in ("acl", "relcl", "ccomp", "advcl")
                            and self._mark(c) == "that"
                            and t.lowers[x] not in nouns()
                        ):
                            return c
                        if c > v:
                            stack.append(c)
        return None

    def _clause_content(self, draft: Draft, cue: Cue, comp: int) -> bool:
        g, t, v = self.g, self.t, draft.verb
        first = max(g.left(comp), v + 1)
        while first < g.last and (
            t.lowers[first] in (",", ":") or (t.lowers[first] in _MARKS and t.ends[first] - t.starts[first] > 3)
        ):
            first += 1
        aux = [k for k in g.kids(comp) if t.deps[k] == "aux" and t.lowers[k] == "to"]
        if aux and aux[0] < comp:
            if not cue.frames & {"t", "o"}:
                return False
            begin = aux[0]
            if begin - 1 > v and t.lowers[begin - 1] in ("not", "never"):
                begin -= 1
            draft.lead = t.starts[first]
            return self._put(draft, begin, g.right(comp), "verb.infinitive")
        mark = self._mark(comp)
        low = t.lowers[first]
        if mark == "that" or (low == "that" and t.tags[first] == "IN"):
            while first < comp and t.lowers[first] != "that":
                first += 1
            if t.lowers[first] == "that":
                first += 1
            if "s" not in cue.frames and "q" not in cue.frames:
                return False
            return self._put(draft, first, g.right(comp), "verb.that")
        if low in _WH or mark in ("if", "whether"):
            if "w" not in cue.frames and low not in ("when", "if", "where"):
                return False
            if ("w" in cue.frames and low in ("whether", "if")) or (cue.cue_class == "ask"):
                draft.question = True
            return self._put(draft, first, g.right(comp), "verb.wh")
        if t.tags[comp] == "VBG" and "g" in cue.frames and g.kid(comp, "nsubj") is None:
            return self._put(draft, first, g.right(comp), "verb.gerund")
        if "c" in cue.frames and t.tags[comp] not in _VERBS:
            subject = g.kid(comp, "nsubj")
            if subject is not None:
                draft.lead = t.starts[first]
                return self._put(draft, g.right(subject) + 1, g.right(comp), "verb.complement")
        if "s" not in cue.frames or (t.tags[comp] not in _VERBS and g.kid(comp, "cop", "nsubj", "aux") is None):
            return False
        if t.tags[comp] == "VB" and g.kid(comp, "aux") is None and "o" not in cue.frames:
            return False
        return self._put(draft, first, g.right(comp), "verb.that")

    def _put(self, draft: Draft, first: int, last: int, rule: str) -> bool:
        """Tokens ``first`` to ``last`` are the content, with what belongs behind them and without what does not."""
        g, t, v = self.g, self.t, draft.verb
        if first > last or first >= g.last:
            return False
        last = self._extend(v, first, last)
        last = self._shorten(v, first, last)
        if last < first:
            return False
        draft.content = [(t.starts[first], t.ends[last])]
        draft.rule = rule
        if rule in ("verb.that", "verb.infinitive", "verb.wh"):
            self._left_part(draft)
        return True

    def _extend(self, v: int, first: int, last: int) -> int:
        """The parser hangs on the cue what belongs to the content: take it in, up to the next cue."""
        g, t = self.g, self.t
        for k in g.kids(v):
            if k <= last or k < first:
                continue
            dep = t.deps[k]
            if dep == "punct":
                continue
            if dep == "conj":
                low = t.lowers[g.left(k)]
                if low == "that" or (self._mark(k) == "that"):
                    last = g.right(k)
                    continue
                break
            if dep in (
                "prep",
                "advcl",
                "npadvmod",
                "advmod",
                "dep",
                "acl",
                "prt",
                "dobj",
                "attr",
                "acomp",
                "oprd",
                "ccomp",
                "appos",
                "cc",
            ):
                if dep == "cc":
                    continue
                if t.lowers[k] in _SIDE_SPEECH or t.lowers[g.left(k)] in ("according", "as", "citing"):
                    break
                if dep == "advcl" and t.tags[k] == "VBG" and t.lowers[k] in verbs():
                    break
                last = max(last, g.right(k))
            else:
                break
        return min(last, g.last - 1)

    def _shorten(self, v: int, first: int, last: int) -> int:
        """A side remark of the speaker's (", adding that …") ends the content before it."""
        t = self.t
        for j in range(first + 1, last + 1):
            if t.lowers[j] == "adding" and t.lowers[j - 1] in (",", "”", '"', "''", "and") and t.tags[j] == "VBG":
                return j - 2 if t.lowers[j - 1] in (",", "and") else j - 1
            if j + 1 <= last and t.lowers[j] in (",", "–", "—") and t.lowers[j + 1] in ("citing", "adding"):
                return j - 1
            if t.lowers[j] == "according" and j + 1 <= last and t.lowers[j + 1] == "to" and t.lowers[j - 1] == ",":
                inside = any(t.lowers[x] == "," for x in range(j + 2, last))
                if not inside:
                    return j - 2
        return last

    def _left_part(self, draft: Draft) -> None:
        """ "In the north, he said, the troops fled": what stands before a bracketed cue belongs to the content."""
        g, t = self.g, self.t
        first = self._region(draft)[0]
        if first <= g.first:
            return
        quote = self._quote_before(first)
        if quote is not None:
            draft.content.insert(0, (quote.start, quote.end))
            draft.rule = "verb.quote_before"

    # --- quotations beside the cue ----------------------------------------------------------------

    def _quote_after(self, v: int) -> Quote | None:
        """A quotation of a clause's length that begins behind the cue with nothing but its own words between."""
        g, t = self.g, self.t
        start = t.ends[v]
        end = t.ends[g.last - 1]
        for q in self.quotes:
            if q.open < start - 0:
                continue
            if q.open > end + 4:
                break
            gap = self.text[start : q.open]
            if q.open >= end and not gap.rstrip().endswith((":", ",")):
                return None
            if "." in gap.strip()[:-1] and ". " in gap:
                return None
            words_between = gap.replace(",", " ").replace(":", " ").split()
            lead = gap.rstrip()
            if lead.endswith((",", ":")) and len(words_between) <= 25 and not self._cue_between(v, q.open):
                return q if self._is_speech(q) or lead.endswith(":") else None
            if len(words_between) <= 1 and self._is_speech(q) and self.text[q.start : q.start + 1].isupper():
                return q
            return None
        return None

    def _cue_between(self, v: int, limit: int) -> bool:
        t = self.t
        table = verbs()
        return any(
            t.lowers[j] in table and t.tags[j] in _VERBS and "s" in table[t.lowers[j]].frames
            for j in range(v + 1, self.g.last)
            if t.starts[j] < limit
        )

    def _is_speech(self, q: Quote) -> bool:
        """A quotation of a sentence, not of a few words."""
        inner = self.text[q.start : q.end]
        return (
            inner.count(" ") >= 3
            or self.text[q.end : q.close].startswith((".", "!", "?", ","))
            or inner.endswith(("!", "?"))
        )

    def _quoted_after(self, draft: Draft, quote: Quote, comp: int | None) -> bool:
        draft.content = [(quote.start, quote.end)]
        draft.rule = "verb.quote_after"
        gap = self.text[self.t.ends[draft.verb] : quote.open]
        if "that" in gap.split() and comp is not None:
            start = self.t.ends[draft.verb] + gap.find("that") + 4
            draft.content = [(start, quote.end)]
        region = self._region(draft)
        before = self._quote_before(region[0])
        if before is not None:
            draft.content.insert(0, (before.start, before.end))
            draft.rule = "verb.quote_before"
        return True

    def _quote_before(self, first: int) -> Quote | None:
        """The quotation that ends right before token ``first``, in this sentence or the one before."""
        t = self.t
        limit = t.starts[first]
        best = None
        for q in self.quotes:
            if q.close <= limit:
                best = q
            else:
                break
        if best is None:
            return None
        gap = self.text[best.close : limit]
        if gap.strip(" ,—–-.\u00a0\n") or "\n\n" in gap or "\n \n" in gap or not self._is_speech(best):
            return None
        return best

    # --- content before the cue ----------------------------------------------------------------

    def _region(self, draft: Draft) -> tuple[int, int]:
        """First and last token of cue, speaker and what goes with them."""
        g, t, v = self.g, self.t, draft.verb
        first = last = v
        subject = g.kid(v, "nsubj")
        for k in reversed([k for k in g.kids(v) if k < v]):
            if (
                t.deps[k] in ("aux", "advmod", "neg")
                and self.g.right(k) < first
                and all(t.lowers[x] not in _STOPS and t.lowers[x] not in _MARKS for x in range(self.g.left(k), first))
            ):
                first = g.left(k)
            elif k == subject:
                first = min(first, g.left(k))
                break
        if t.deps[v] in ("conj", "xcomp", "advcl") and subject is None:
            s = g.subject(v)
            if s is not None and s < v:
                between = t.lowers[s:v]
                if not any(w in _MARKS for w in between):
                    first = min(first, g.left(s))
        if subject is not None and subject > v:
            last = max(last, g.right(subject))
        for k in g.kids(v):
            if (
                k > last
                and t.deps[k] in ("prep", "npadvmod", "advmod", "dobj", "dative", "agent", "prt")
                and k - last <= 3
                and t.lowers[k - 1] not in _STOPS
            ):
                last = max(last, self._until_stop(g.left(k), g.right(k)))
        return first, last

    def _until_stop(self, first: int, last: int) -> int:
        for j in range(first, last + 1):
            if self.t.lowers[j] in _STOPS or self.t.lowers[j] in _MARKS:
                return j - 1
        return last

    def _pre(self, draft: Draft, cue: Cue) -> bool:
        if not cue.frames & {"s", "q"}:
            return False
        g, t, v = self.g, self.t, draft.verb
        first, last = self._region(draft)
        quote = self._quote_before(first)
        if quote is not None:
            return self._quoted_before(draft, quote, first, last)
        if "s" not in cue.frames or first <= g.first or draft.negated:
            return False
        before = t.lowers[first - 1]
        comp = next((k for k in g.kids(v) if t.deps[k] == "ccomp" and k < v), None)
        if before not in (",", "–", "—", "-", "?", "!") and not (
            comp is not None
            and before not in _STOPS
            and before
            not in (
                "that",
                "as",
                "and",
                "but",
                "who",
                "which",
                "where",
                "when",
                "because",
                "after",
                "before",
                "while",
                "if",
                "than",
                "what",
                "whom",
            )
        ):
            return False
        bracketed = (
            t.deps[v] == "parataxis"
            or comp is not None
            or (t.deps[v] in ("ccomp", "ROOT", "conj", "advcl", "relcl", "acl", "dep") and last + 1 >= g.last - 1)
        )
        if (
            not bracketed
            or draft.speaker is None
            or (g.kid(v, "dobj") is not None
            and cue.lemma not in ("tell", "inform", "remind", "warn", "assure"))
        ):
            return False
        if t.deps[v] in ("relcl", "acl", "xcomp") and comp is None:
            return False
        start = self._opening(first)
        if start >= first - 1:
            return self._rest(draft, last)
        s, e = t.starts[start], t.ends[first - 1 if before not in (",", "–", "—", "-") else first - 2]
        draft.content = [(s, e)]
        draft.rule = "verb.before"
        if not any(t.tags[j] in _VERBS or t.tags[j] == "MD" for j in range(start, first)):
            draft.content = []
            if self._rest(draft, last):
                return True
            draft.content = [(s, e)]
            return first - start >= 3
        self._rest(draft, last)
        return True

    def _opening(self, limit: int) -> int:
        """Where the sentence's own content begins, behind what only holds it to the one before."""
        t = self.t
        at = self.g.first
        if at < limit and t.lowers[at] in _MARKS:
            at += 1
        for size in (4, 3, 2, 1):
            if at + size < limit and " ".join(t.lowers[at : at + size]) in words("cues.toml", "connectives"):
                nxt = at + size
                if t.lowers[nxt] == ",":
                    return nxt + 1
                if size > 1 or t.lowers[at] in ("but", "and", "yet"):
                    return nxt
        return at

    def _rest(self, draft: Draft, last: int) -> bool:
        """What goes on behind a bracketed cue."""
        g, t = self.g, self.t
        nxt = last + 1
        if nxt >= g.last - 1 or t.lowers[nxt] not in (",", "–", "—", ":"):
            return False
        nxt += 1
        low = t.lowers[nxt]
        if (
            low in _SIDE_SPEECH
            or t.lowers[nxt] in _MARKS
            or low in ("who", "which", "according", "as", "and", "while", "after", "when", "where")
        ):
            return False
        end = g.last - 1
        for j in range(nxt, g.last):
            if (
                (t.lowers[j] in (":",)
                and t.ends[j] - t.starts[j] == 1)
                or (t.lowers[j] in _SIDE_SPEECH
                and t.lowers[j - 1] == ",")
            ):
                end = j - 1
                break
        if end - nxt < 2:
            return False
        draft.content.append((t.starts[nxt], t.ends[end]))
        draft.rule = "verb.around"
        return True

    def _quoted_before(self, draft: Draft, quote: Quote, first: int, last: int) -> bool:
        t = self.t
        start = quote.start
        sentence_start = t.starts[self.g.first]
        if quote.open > sentence_start:
            opening = self._opening(first)
            head = self.text[t.starts[opening] : quote.open]
            if head.strip(" \"“'‘«"):
                # the quotation is the end of a clause that is claimed as a whole, unless another cue stands before it
                if not self._cue_between(self.g.first - 1, quote.open) and not head.rstrip().endswith(":"):
                    start = t.starts[opening]
        draft.content = [(start, quote.end)]
        draft.rule = "verb.quote_before"
        after = self._quote_behind(last)
        if after is not None:
            draft.content.append((after.start, after.end))
        return True

    def _quote_behind(self, last: int) -> Quote | None:
        """The second half of a quotation that its cue interrupts."""
        limit = self.t.ends[last]
        for q in self.quotes:
            if q.open >= limit:
                gap = self.text[limit : q.open]
                return q if not gap.strip(" ,—–-:;") and "\n" not in gap else None
        return None

    # --- other frames ---------------------------------------------------------------------------

    def _infinitive(self, draft: Draft, cue: Cue, xcomp: int) -> bool:
        g, t, v = self.g, self.t, draft.verb
        to = next((k for k in g.kids(xcomp) if t.deps[k] == "aux" and t.lowers[k] == "to" and k < xcomp), None)
        if to is None:
            if t.tags[xcomp] == "VBG" and "g" in cue.frames:
                return self._put(draft, g.left(xcomp), g.right(xcomp), "verb.gerund")
            if "c" in cue.frames and t.tags[xcomp] not in _VERBS:
                return self._put(draft, g.left(xcomp), g.right(xcomp), "verb.complement")
            return False
        objects = [k for k in g.kids(v) if t.deps[k] in ("dobj", "dative") and v < k < xcomp]
        on = next(
            (k for k in g.kids(v) if t.deps[k] == "prep" and t.lowers[k] in ("on", "for", "to") and v < k < xcomp), None
        )
        if (
            (objects
            and not cue.frames & {"o"})
            or (not objects
            and "t" not in cue.frames
            and not (cue.lemma in ("call", "appeal", "plead") and on is not None))
        ):
            return False
        if cue.effect == "refuse" and t.lowers[xcomp] in _DECLINES:
            return False
        if cue.lemma == "see" or cue.lemma == "know":
            return False
        first = to
        if to - 1 > v and t.lowers[to - 1] in ("not", "never"):
            first = to - 1
        if objects:
            draft.lead = t.starts[g.left(objects[0])]
            draft.addressee = (
                (t.starts[g.left(objects[0])], t.ends[g.right(objects[0])]) if g.right(objects[0]) < to else None
            )
        elif on is not None:
            draft.lead = t.starts[min(on + 1, to)]
        return self._put(draft, first, g.right(xcomp), "verb.infinitive")

    def _complement(self, draft: Draft, cue: Cue) -> bool:
        g, t, v = self.g, self.t, draft.verb
        if "as" in cue.frames:
            for k in g.kids(v):
                stack = [k] if k > v else []
                for x in [*stack, *(c for c in (g.kids(k) if k > v and t.deps[k] == "dobj" else []))]:
                    if t.lowers[x] == "as" and x > v and t.deps[x] in ("prep", "mark", "advmod") and x + 1 < g.last:
                        end = g.right(x) if t.deps[x] == "prep" else g.right(t.heads[x])
                        draft.lead = t.starts[min(v + 1, x)]
                        return end > x and self._put(draft, x + 1, end, "verb.as")
                if k > v and t.deps[k] == "advcl" and (m := g.kid(k, "mark")) is not None and t.lowers[m] == "as":
                    draft.lead = t.starts[v + 1]
                    return self._put(draft, m + 1, g.right(k), "verb.as")
        if "c" in cue.frames:
            k = g.kid(v, "oprd")
            if k is not None and k > v and t.lowers[k] not in ("back", "out", "off"):
                draft.lead = t.starts[v + 1]
                return self._put(draft, g.left(k), g.right(k), "verb.complement")
        return False

    def _behind(self, draft: Draft, prep: int) -> bool:
        """What a preposition of the cue's frame introduces."""
        g, t = self.g, self.t
        first, last = prep + 1, g.right(prep)
        if first > last or (t.lowers[first] in _EMPTY_OBJECTS and first == last) or t.tags[first] == "WDT":
            return False
        return self._put(draft, first, last, f"verb.{t.lowers[prep]}")

    def _object(self, draft: Draft) -> bool:
        """A noun phrase that is claimed: "claimed the capture of Kupiansk"."""
        g, t, v = self.g, self.t, draft.verb
        k = g.kid(v, "dobj")
        if k is None or k < v or t.lowers[k] in _EMPTY_OBJECTS or t.tags[k] in ("WP", "WDT", "PRP"):
            return False
        if t.lowers[k] in (
            "responsibility",
            "victory",
            "interest",
            "life",
            "lives",
            "credit",
            "anonymity",
            "right",
            "way",
        ):
            return False
        last = g.right(k)
        for j in range(k + 1, last + 1):
            if t.lowers[j] == "such" and j + 2 <= last and t.lowers[j + 1] == "as" and t.lowers[j + 2] == "that":
                draft.notes.add("such_as")
                if set(t.lowers[g.left(k) : j]) & words("cues.toml", "dismissive"):
                    draft.notes.add("dismissed")
                return self._put(draft, j + 3, last, "verb.such_as")
        return self._put(draft, g.left(k), last, "verb.object")

    # --- passives -------------------------------------------------------------------------------

    def _passive(self, v: int, cue: Cue) -> Draft | None:
        g, t = self.g, self.t
        agent = g.kid(v, "agent")
        speaker = None
        if agent is not None:
            who = next((k for k in g.kids(agent) if t.deps[k] == "pobj"), None)
            if who is not None:
                speaker = document_owner(g, who) or g.mention(who)
        draft = Draft("verb.passive", cue, (t.starts[v], t.ends[v]), speaker, [], self.index, v)
        draft.negated = self._negated(v)
        draft.clause = self._clause(v)
        subject = g.kid(v, "nsubjpass", "nsubj")
        expletive = subject is not None and t.lowers[subject] in ("it", "there")
        comp = next(
            (
                k
                for k in g.kids(v)
                if k > v and t.deps[k] in ("ccomp", "advcl") and (t.deps[k] == "ccomp" or self._mark(k) == "that")
            ),
            None,
        )
        xcomp = next((k for k in g.kids(v) if k > v and t.deps[k] == "xcomp"), None)
        if xcomp is not None and "p" in cue.frames and (t.tags[xcomp] in _VERBS or g.kid(xcomp, "aux") is not None):
            content = [(t.starts[g.left(xcomp)], t.ends[self._shorten(v, g.left(xcomp), g.right(xcomp))])]
            owner = subject if subject is not None and not expletive else (g.subject(v) if subject is None else None)
            if owner is not None and owner < v and t.lowers[owner] not in ("which", "that", "who"):
                m = g.mention(owner)
                first, last = g.phrase(owner)
                content.insert(0, (min(m.start, t.starts[first]), max(m.end, t.ends[last])))
            draft.content, draft.rule = content, "verb.raised"
            return self._passive_done(draft)
        if xcomp is not None and "o" in cue.frames:
            to = next((k for k in g.kids(xcomp) if t.lowers[k] == "to" and t.deps[k] == "aux"), None)
            if to is not None and cue.cue_class in ("order", "ask", "say"):
                self._put(draft, to, g.right(xcomp), "verb.passive_infinitive")
                if subject is not None:
                    draft.addressee = (t.starts[g.left(subject)], t.ends[g.right(subject)])
                return self._passive_done(draft)
        if comp is not None and cue.frames & {"s", "w"}:
            if not self._clause_content(draft, cue, comp):
                return None
            draft.rule = "verb.passive_that"
            return (
                self._passive_done(draft)
                if (expletive or speaker is not None or cue.cue_class in ("say", "ask"))
                else None
            )
        for k in g.kids(v):
            if k > v and t.deps[k] == "prep" and t.lowers[k] in cue.frames:
                if t.lowers[k] == "as" and speaker is None:
                    owner = self._source_in(v)
                    if owner is None:
                        continue
                    draft.speaker = owner
                if self._behind(draft, k):
                    draft.rule = "verb.passive_" + t.lowers[k]
                    ok = cue.cue_class in ("accuse", "believe") or draft.speaker is not None
                    return self._passive_done(draft) if ok else None
        if (
            subject is not None
            and not expletive
            and t.tags[subject] not in ("PRP", "WP", "WDT", "DT")
            and cue.frames & {"n", "p"}
        ):
            if (cue.lemma in ("report", "confirm", "announce", "claim", "allege", "deny") and t.deps[v] != "acl") or (
                speaker is not None and "n" in cue.frames
            ):
                first, last = g.phrase(subject)
                draft.content = [(t.starts[first], t.ends[last])]
                draft.rule = "verb.passive_object"
                return self._passive_done(draft)
        return None

    def _source_in(self, v: int) -> Mention | None:
        """ "is described in the report as": what it stands in speaks."""
        g, t = self.g, self.t
        for k in g.kids(v):
            if t.deps[k] == "prep" and t.lowers[k] in ("in", "on", "by") and t.lowers[k] != "as":
                o = next((x for x in g.kids(k) if t.deps[x] == "pobj"), None)
                if o is not None and t.tags[o].startswith("NN") and k > v:
                    return document_owner(g, o) or g.mention(o)
        return None

    def _passive_done(self, draft: Draft) -> Draft | None:
        draft.content = [c for c in (trim(self.text, s, e) for s, e in draft.content) if c[1] > c[0]]
        if not draft.content:
            return None
        if draft.speaker is not None and any(
            s < draft.speaker.end and draft.speaker.start < e for s, e in draft.content
        ):
            draft.speaker = None
        return draft


def document_owner(g: Grammar, head: int) -> Mention | None:
    """Of "a report by X", "a statement from X", "X's report" the one who speaks is X."""
    t = g.tokens
    if t.lowers[head] not in words("cues.toml", "documents"):
        return None
    owner = next((k for k in g.kids(head) if t.deps[k] == "poss"), None)
    for k in g.kids(head):
        if k > head and t.deps[k] in ("prep", "agent", "acl") and t.lowers[k] in ("by", "from", "of"):
            owner = next((x for x in g.kids(k) if t.deps[x] == "pobj"), owner)
            if t.lowers[k] in ("by", "from"):
                break
        if k > head and t.deps[k] == "acl" and (a := g.kid(k, "agent")) is not None:
            owner = next((x for x in g.kids(a) if t.deps[x] == "pobj"), owner)
    if owner is None or t.tags[owner] not in ("NNP", "NNPS", "PRP", "NN", "NNS", "PRP$"):
        return None
    return g.mention(owner)
