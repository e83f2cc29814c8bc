"""Claims whose cue is no verb of the claim's own clause.

Belongs here: "according to", "in X's words", nouns ("a claim that"), adjectives ("confident that") and
adverbs ("allegedly"). Does not belong here: verbs with their own content (``verbal``), headlines
(``heading``).
"""

from __future__ import annotations

from functools import cache

from ingest.extract.claims.behind import Behind
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, adjectives, nouns, verbs
from ingest.extract.claims.quotes import Quote, Quotes, trim
from ingest.extract.claims.reader import SUPPORT, document_owner
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import VERB_TAGS, Mention, Tree

ACCORDING = Cue("according to", "say", frozenset("s"), "")
ADVERB = Cue("allegedly", "say", frozenset("s"), "")
_RAISING = frozenset(["raise", "raised", "raises", "raising", "spread", "spreading"])
_REJECTING = frozenset(["negate", "dispute"])


@cache
def _cues() -> frozenset[str]:
    """All words that may be a cue here."""
    adverbs = words("cues.toml", "adverbs_of_claims")
    return frozenset(["according", "per", "words", *adverbs, *adjectives(), *nouns()])


class NominalCues:
    """Reads one sentence's cues that are no verbs."""

    def __init__(self, grammar: Tree, index: int, quotes: Quotes) -> None:
        self.g = grammar
        self.t = grammar.tokens
        self.text = grammar.analysis.text
        self.index = index
        self.quotes = quotes
        self.behind = Behind(grammar)

    def find(self) -> list[Draft]:
        t = self.t
        table, holding = nouns(), adjectives()
        adverbs, cues = words("cues.toml", "adverbs_of_claims"), _cues()
        drafts: list[Draft | None] = []
        lows = t.lowers[self.g.first : self.g.last]
        for i, low in [(i, low) for i, low in enumerate(lows, self.g.first) if low in cues]:
            if low == "according" and i + 1 < self.g.last and t.lowers[i + 1] == "to":
                drafts.append(self._according(i, i + 1))
            elif (
                low == "per"
                and i + 1 < self.g.last
                and t.tags[i + 1] in ("NNP", "DT")
                and (i == self.g.first or t.lowers[i - 1] == ",")
            ):
                drafts.append(self._according(i, i))
            elif low == "words" and i > self.g.first:
                drafts.append(self._words(i))
            elif low in adverbs and t.tags[i] == "RB":
                drafts.append(self._adverb(i))
            elif low in holding and t.tags[i] in ("JJ", "VBN"):
                drafts.append(self._adjective(i, holding[low]))
            elif (cue := table.get(low)) is not None and t.tags[i] in ("NN", "NNS"):
                drafts.append(self._noun(i, cue))
        done = []
        for d in drafts:
            if d is not None:
                d.content = [c for c in (trim(self.text, s, e) for s, e in d.content) if c[1] > c[0]]
                if d.content and not (
                    d.speaker is not None and any(s < d.speaker.end and d.speaker.start < e for s, e in d.content)
                ):
                    done.append(d)
        return done

    # --- according to ---------------------------------------------------------------------------

    def _according(self, first: int, to: int) -> Draft | None:
        g, t = self.g, self.t
        head = next((k for k in g.kids(to) if t.deps[k] == "pobj"), None)
        if head is None or head < to:
            head = next(
                (
                    k
                    for k in range(to + 1, min(to + 8, g.last))
                    if t.tags[k].startswith("NN") and not (k + 1 < g.last and t.tags[k + 1].startswith("NN"))
                ),
                None,
            )
            if head is None:
                return None
        if t.lowers[head] in words("cues.toml", "measures"):
            return None  # "according to the rules": by what, not by whom
        mention = document_owner(g, head) or g.mention(head)
        cue = (t.starts[first], t.ends[to])
        lead = first == g.first or first == g.first + 1
        end = max(self._phrase_end_in_front(head) if lead else self._phrase_end(head), head)
        draft = Draft("according", ACCORDING, cue, mention, [], self.index, first)
        draft.clause = (t.starts[first], t.ends[end])
        if t.lowers[head] in words("cues.toml", "evidence") and mention.head == head:
            draft.notes.add("evidence")
        draft.content = self._around(first, end)
        return draft if draft.content else None

    def _phrase_end_in_front(self, head: int) -> int:
        """Of "According to X, a doctor, two died": the comma before the clause, past an apposition without a verb."""
        t = self.t
        commas = [j for j in range(head + 1, self.g.last - 1) if t.lowers[j] == ","]
        if not commas:
            return self.g.right(head)
        for here, following in zip(commas, [*commas[1:], None], strict=True):
            relative = t.lowers[here + 1] in ("who", "which", "whose")
            if following is None or (self._has_verb(here + 1, following) and not relative):
                return here - 1
        return commas[0] - 1

    def _phrase_end(self, head: int) -> int:
        g, t = self.g, self.t
        last = g.right(head)
        depth = 0
        for j in range(head + 1, last + 1):
            if t.lowers[j] == "," and depth == 0:
                follow = t.lowers[j + 1] if j + 1 < g.last else ""
                near = t.deps[j + 1 : min(j + 8, last + 1)]
                if follow not in ("who", "which", "and") and "appos" not in near and "conj" not in near:
                    return j - 1
        return last

    def _around(self, first: int, last: int) -> list[tuple[int, int]]:
        """The clause that an adverbial from ``first`` to ``last`` attributes."""
        g, t = self.g, self.t
        lead = first - 1
        while lead >= g.first and (
            t.lowers[lead] in ("“", '"', "''", "``") or (t.tags[lead] in ("CC", "RB") and lead - g.first < 2)
        ):
            lead -= 1
        after = last + 1
        if lead < g.first:
            # in front: the rest of the sentence
            while after < g.last and t.lowers[after] in (",", ":"):
                after += 1
            end = g.last - 1
            for j in range(after, g.last - 1):
                if t.lowers[j] == "," and t.lowers[j + 1] in ("adding", "citing"):
                    end = j - 1
                    break
            return [(t.starts[after], t.ends[end])] if after < g.last - 1 else []
        start = self._clause_start(first)
        parts = []
        before = first - 1
        if t.lowers[before] in (",", "–", "—", "(", ";"):
            before -= 1
        if before >= start:
            quote = self._quote_ending(t.starts[first])
            if quote is not None and quote.open <= t.starts[start]:
                parts.append((quote.start, quote.end))
            else:
                parts.append((t.starts[start], t.ends[before]))
        if (
            after < g.last - 1
            and t.lowers[after] in (",", "–", "—")
            and t.lowers[after + 1] not in ("who", "which", "and", "but", "while", "according", "adding", "as", "after")
        ):
            tail = (t.starts[after + 1], t.ends[g.last - 1])
            if self._has_verb(after + 1, g.last):
                if parts and not self._has_verb(start, before + 1):
                    parts = [tail] if before - start < 2 else [*parts, tail]
                elif parts and t.lowers[first - 1] == "," and first - 2 >= g.first:
                    parts = [tail] if self._separate(start, before) else [*parts, tail]
                else:
                    parts.append(tail)
        return parts

    def _separate(self, start: int, before: int) -> bool:
        """True where a dash or semicolon has already closed a clause before the bracket."""
        return any(self.t.lowers[j] in ("–", "—", ";") for j in range(start, before + 1))

    def _has_verb(self, first: int, last: int) -> bool:
        return any(
            self.t.tags[j] in ("VBD", "VBZ", "VBP", "MD", "VBN", "VB") for j in range(first, min(last, self.g.last))
        )

    def _clause_start(self, before: int) -> int:
        """First token of the clause that ends before ``before``: behind a cue's "that", a semicolon, "but"."""
        g, t = self.g, self.t
        start = g.first
        for j in range(g.first, before):
            if t.lowers[j] == ";" or (
                t.lowers[j] in ("but", "while", "although", "though", "whereas")
                and j > g.first
                and t.lowers[j - 1] == ","
            ):
                if self._has_verb(j + 1, before):
                    start = j + 1
            elif t.lowers[j] == "that" and t.deps[j] == "mark" and j > g.first and t.lowers[j - 1] in verbs():
                start = j + 1
        if start < before and start == g.first and t.lowers[start] in ("but", "and"):
            start += 1
        return start

    def _quote_ending(self, limit: int) -> Quote | None:
        q = self.quotes.before(limit)
        if q is not None and not self.text[q.close : limit].strip(" ,—–-"):
            return q
        return None

    def _words(self, i: int) -> Draft | None:
        """ "in X's words", "in the words of X"."""
        g, t = self.g, self.t
        prep = t.heads[i]
        if t.lowers[prep] not in ("in", "by"):
            return None
        owner = g.kid(i, "poss")
        end = i
        if owner is None:
            of = next((k for k in g.kids(i) if t.lowers[k] == "of"), None)
            owner = next((k for k in g.kids(of) if t.deps[k] == "pobj"), None) if of is not None else None
            end = g.right(i)
        if owner is None:
            return None
        draft = Draft("words", ACCORDING, (t.starts[i], t.ends[i]), g.mention(owner), [], self.index, prep)
        draft.content = self._around(prep, end)
        return draft

    def _adverb(self, i: int) -> Draft | None:
        g, t = self.g, self.t
        v = t.heads[i]
        if t.tags[v] not in ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ") and t.deps[v] != "ROOT":
            return None
        first, last = g.left(v), g.right(v)
        if t.deps[v] in ("relcl", "acl"):
            first = i + 1
        draft = Draft(
            "adverb", ADVERB, (t.starts[i], t.ends[i]), None, [(t.starts[first], t.ends[last])], self.index, i
        )
        draft.confidence = 0.6
        return draft

    def _adjective(self, i: int, cue: Cue) -> Draft | None:
        """ "is confident that the town will hold"."""
        g, t = self.g, self.t
        comp = next((k for k in g.kids(i) if k > i and t.deps[k] == "ccomp"), None)
        if any(t.lowers[k] in ("so", "too") for k in g.kids(i)):
            return None  # "so sure of it that he left"
        if comp is None or t.tags[comp] not in VERB_TAGS or g.kid(comp, "nsubj", "nsubjpass", "csubj", "expl") is None:
            return None
        first = g.left(comp)
        if t.lowers[first] in ("when", "if", "whether", "what", "how", "why", "where", "who"):
            return None
        holder = t.heads[i] if t.deps[i] in ("acomp", "oprd") else i
        s = g.subject(holder)
        if s is None or t.lowers[s] in ("it", "there", "that", "this", "which", "what"):
            return None
        first += t.lowers[first] == "that"
        span = (t.starts[first], t.ends[self._end(i, comp)])
        draft = Draft("adjective", cue, (t.starts[i], t.ends[i]), g.mention(s, i), [span], self.index, i)
        draft.negated = any(t.deps[k] == "neg" for k in g.kids(holder))
        draft.confidence = 0.7
        return draft

    # --- nouns ------------------------------------------------------------------------------------

    def _noun(self, i: int, cue: Cue) -> Draft | None:
        g, t = self.g, self.t
        speaker = self._holder(i)
        content = self._noun_content(i, cue)
        if content is None:
            return None
        first, rule = content
        if speaker is None and "!" not in cue.frames:
            return None
        if (
            speaker is None
            and rule in ("noun.of", "noun.for", "noun.about", "noun.over", "noun.to")
            and not self._impersonal(i, rule)
        ):
            return None
        draft = Draft(rule, cue, (t.starts[i], t.ends[i]), speaker, [first], self.index, i)
        draft.confidence = 0.7
        draft.clause = (t.starts[g.left(i)], t.ends[g.right(i)])
        head = t.heads[i]
        draft.negated = self._is_negated(i)
        if t.deps[i] == "dobj" and t.lowers[head] in verbs() and verbs()[t.lowers[head]].effect in _REJECTING:
            draft.notes.add("rejected")
        if self._brushed_aside(i):
            draft.notes.add("rejected")
        return draft

    def _is_negated(self, i: int) -> bool:
        """ "has no plans to leave", "made no claim that", "did not give an order to"."""
        g, t = self.g, self.t
        if any(t.lowers[k] == "no" and t.deps[k] == "det" for k in g.kids(i)):
            return True
        return t.deps[i] == "dobj" and any(t.deps[k] == "neg" for k in g.kids(t.heads[i]))

    def _brushed_aside(self, i: int) -> bool:
        """ "Russian reports of prisoners are untrue", "described the claim as false"."""
        g, t = self.g, self.t
        head = t.heads[i]
        words_against = words("cues.toml", "dismissive") | words("cues.toml", "negative_predicates")
        if t.deps[i] == "nsubj":
            said_of = [t.lowers[k] for k in g.kids(head) if k > i and t.deps[k] in ("acomp", "attr", "oprd")]
            return bool(words_against & set(said_of))
        if t.deps[i] == "dobj" and t.lowers[head] in verbs() and verbs()[t.lowers[head]].frames & {"as", "c"}:
            behind = {t.lowers[k] for k in range(g.right(i) + 1, g.right(head) + 1)}
            inside = (
                {t.lowers[k] for k in range(i, g.right(i) + 1)} if "as" in t.lowers[i : g.right(head) + 1] else set()
            )
            return bool(words("cues.toml", "dismissive") & (behind | inside))
        return False

    def _impersonal(self, i: int, rule: str) -> bool:
        """ "There were reports of damage", "amid fears of", "despite calls for"."""
        g, t = self.g, self.t
        head = t.heads[i]
        if t.deps[i] == "attr" and any(t.deps[k] == "expl" for k in g.kids(head)):
            return True
        return (
            t.deps[i] == "pobj"
            and t.lowers[head] in ("amid", "despite", "after", "following", "over", "to", "of")
            and rule != "noun.about"
            and t.lowers[head] in ("amid", "despite", "following")
        )

    def _holder(self, i: int) -> Mention | None:
        """Who holds what the noun says: "X's claim", "a claim by X", "X made the claim", "Russian claims"."""
        g, t = self.g, self.t
        poss = g.kid(i, "poss")
        if poss is not None and t.tags[poss] not in ("WP$",):
            return g.mention(poss)
        for k in g.kids(i):
            if (k > i and t.deps[k] == "prep" and t.lowers[k] in ("by", "from", "among")) or (
                k > i and t.deps[k] == "agent"
            ):
                o = next((x for x in g.kids(k) if t.deps[x] == "pobj"), None)
                if o is not None and t.tags[o] != "VBG":
                    return g.mention(o)
        for k in g.kids(i):
            if k < i and t.deps[k] in ("amod", "compound", "nmod") and t.lowers[k] in _demonyms():
                return Mention(t.starts[k], t.ends[k], t.starts[k], t.ends[k], k)
        if t.deps[i] == "dobj":
            v = t.heads[i]
            if t.lowers[v] in SUPPORT:
                s = g.subject(v)
                if s is not None and t.lowers[v] in _RAISING and not self.behind.onward.can_speak(s):
                    return None  # "the blast raised fears of": whose they are stands nowhere
                if (
                    s is not None
                    and t.lowers[s] not in ("there", "it", "which", "that", "this")
                    and not g.is_passive(v)
                ):
                    return document_owner(g, s) or g.mention(s)
        return None

    def _end(self, i: int, k: int) -> int:
        """Last token of the clause or phrase of ``k``, without a side remark of whoever speaks."""
        return self.behind.onward.shorten(i, self.g.left(k), self.g.right(k), None)

    def _noun_content(self, i: int, cue: Cue) -> tuple[tuple[int, int], str] | None:
        g, t = self.g, self.t
        # "the fear is that", "fears are growing that"
        copula = t.heads[i] if t.deps[i] == "nsubj" and t.lowers[t.heads[i]] not in verbs() else None
        places = [(k, k > i) for k in g.kids(i)]
        if copula is not None:
            places += [(k, t.deps[k] in ("ccomp", "xcomp") or t.deps[k] == "advcl") for k in g.kids(copula) if k > i]
        for k, behind in places:
            if not behind:
                continue
            mark = g.kid(k, "mark")
            if (
                t.deps[k] in ("acl", "ccomp", "relcl", "advcl", "xcomp", "appos")
                and mark is not None
                and t.lowers[mark] == "that"
                and "s" in cue.frames
            ):
                return (t.starts[mark + 1], t.ends[self._end(i, k)]), "noun.that"
            if (
                t.deps[k] in ("acl", "relcl")
                and t.lowers[g.left(k)] == "that"
                and "s" in cue.frames
                and g.kid(k, "nsubj", "nsubjpass") is not None
                and t.lowers[g.kid(k, "nsubj", "nsubjpass") or 0] != "that"
            ):
                first = g.left(k) + 1
                return (t.starts[first], t.ends[self._end(i, k)]), "noun.that"
            if t.deps[k] in ("acl", "xcomp", "relcl") and "t" in cue.frames and t.tags[k] in VERB_TAGS:
                to = next((x for x in g.kids(k) if t.lowers[x] == "to" and t.deps[x] == "aux"), None)
                if to is not None:
                    first = to - 1 if t.lowers[to - 1] == "not" else to
                    return (t.starts[first], t.ends[self._end(i, k)]), "noun.to"
            low = t.lowers[k]
            introduces = (low == "of" and "n" in cue.frames) or low in cue.frames
            named = k + 1 <= g.right(k) and t.lowers[k + 1] not in ("which", "whom", "this", "that", "it")
            if t.deps[k] == "prep" and introduces and named:
                return (t.starts[k + 1], t.ends[self._end(i, k)]), f"noun.{low}"
        return None


def _demonyms() -> frozenset[str]:
    global _DEMONYMS
    if _DEMONYMS is None:
        from ingest.extract.lexicon import toml

        _DEMONYMS = frozenset(d.lower() for a in toml("institutions.toml")["actor"] for d in a.get("demonyms", ()))
    return _DEMONYMS


_DEMONYMS: frozenset[str] | None = None
