"""Quotations beside a cue verb, and content that stands before it.

Belongs here: "…", he said; "…," said X, "…"; the troops fled, he said; in the north, he said, the
troops fled. Does not belong here: content behind the cue (``behind``), quotations without a cue
(``quoted``).
"""

from __future__ import annotations

from ingest.extract.claims.behind import MARKS
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, verbs
from ingest.extract.claims.onward import participles
from ingest.extract.claims.quotes import Quote, Quotes, is_speech
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, VERB_TAGS, Mention, Tree

_STOPS = frozenset([",", ".", ";", ":", "!", "?", "–", "—", "-", "…"])
_DASHES = frozenset([",", "–", "—", "-"])
# no parenthesis is made of these: what stands before them is another clause
NO_PARENTHESIS = frozenset(
    [
        *("agree", "disagree", "object", "know", "see", "find", "show", "hear", "learn", "remember", "forget", "hold"),
        *("prove", "establish", "demonstrate", "indicate", "fear", "worry", "feel", "swear", "decide", "determine"),
        *("accept", "trust", "notice", "want", "wish", "regret", "propose", "recommend", "demand", "confess", "expect"),
        *("intend", "doubt", "reject", "deny", "dispute", "promise", "pledge", "vow", "threaten", "order", "request"),
    ]
)
_NOMINAL = frozenset(["DT", "NNP", "NNPS", "NN", "NNS", "JJ", "JJR", "JJS", "PRP", "PRP$", "CD", "POS", "VBN"])
_HEADS = frozenset(["NNP", "NNPS", "NN", "NNS", "PRP", "CD", "DT"])
_JOINTS = frozenset(
    [
        *("that", "as", "and", "but", "who", "which", "where", "when", "because", "after", "before", "while", "if"),
        *("than", "what", "whom", "or", "how", "why", "whether", "so"),
    ]
)


class Beside:
    """What stands before one sentence's cue verbs, or in quotation marks beside them."""

    def __init__(self, grammar: Tree, quotes: Quotes) -> None:
        self.g = grammar
        self.t = grammar.tokens
        self.text = grammar.analysis.text
        self.quotes = quotes

    # --- quotations -----------------------------------------------------------------------------

    def quote_after(self, v: int) -> Quote | None:
        """A quotation of a clause's length that begins behind the cue with nothing but its own words between."""
        start = self.t.ends[v]
        end = self.t.ends[self.g.last - 1]
        q = self.quotes.behind(start)
        if q is None or q.open > end + 4:
            return None
        gap = self.text[start : q.open]
        lead = gap.rstrip()
        if q.open >= end and not lead.endswith((":", ",")):
            return None
        if ". " in gap:
            return None
        if gap.lstrip().startswith(",") and len(gap.split()) > 4:
            return None  # a bracketed cue: its own content stands before the quotation
        between = gap.replace(",", " ").replace(":", " ").split()
        if lead.endswith((",", ":")) and len(between) <= 25 and not self.cue_between(v, q.open):
            return q if is_speech(self.text, q) or lead.endswith(":") else None
        if len(between) <= 1 and is_speech(self.text, q) and self.text[q.start].isupper():
            return q
        return None

    def cue_between(self, v: int, limit: int) -> bool:
        """True where another cue of saying stands between token ``v`` and the offset."""
        t, table = self.t, verbs()
        return any(
            t.lowers[j] in table and t.tags[j] in VERB_TAGS and "s" in table[t.lowers[j]].frames
            for j in range(v + 1, self.g.last)
            if t.starts[j] < limit
        )

    def take_quote_after(self, draft: Draft, quote: Quote, comp: int | None) -> bool:
        """The quotation is the content, with the half before the cue where there is one."""
        draft.content = [(quote.start, quote.end)]
        draft.rule = "verb.quote_after"
        begin = self.t.ends[draft.verb]
        gap = self.text[begin : quote.open]
        if "that" in gap.split() and comp is not None:
            draft.content = [(begin + gap.find("that") + 4, quote.end)]
        before = self.quote_before(self.region(draft)[0])
        if before is not None:
            draft.content.insert(0, (before.start, before.end))
            draft.rule = "verb.quote_before"
        return True

    def quote_before(self, first: int) -> Quote | None:
        """The quotation that ends right before token ``first``, in this sentence or the one before."""
        limit = self.t.starts[first]
        best = self.quotes.before(limit)
        if best is None:
            return None
        gap = self.text[best.close : limit]
        if self._closed(best, first, max(first, self._verb_behind(first))):
            return None
        if gap.strip(" ,—–-.\u00a0\n") or "\n" in gap or not is_speech(self.text, best):
            return None
        return best

    def half_before(self, draft: Draft) -> None:
        """The quotation that a cue interrupts belongs to what is said behind it, but not behind a side remark."""
        if self.t.tags[draft.verb] == "VBG":
            return
        first = self.region(draft)[0]
        if first <= self.g.first:
            return
        quote = self.quote_before(first)
        if quote is not None and quote.open <= self.t.starts[self.g.first]:
            draft.content.insert(0, (quote.start, quote.end))
            draft.rule = "verb.quote_before"

    def _quote_behind(self, last: int) -> Quote | None:
        """The second half of a quotation that its cue interrupts."""
        limit = self.t.ends[last]
        q = self.quotes.behind(limit)
        if q is None:
            return None
        gap = self.text[limit : q.open]
        return q if not gap.strip(" ,—–-:;") and "\n" not in gap else None

    def take_quote_before(self, draft: Draft, quote: Quote, first: int, last: int) -> bool:
        t = self.t
        start = quote.start
        if quote.open > t.starts[self.g.first]:
            opening = self.opening(first)
            head = self.text[t.starts[opening] : quote.open]
            clause = head.strip(" \"“'‘«") and not head.rstrip().endswith(":")
            # the end of a clause that is claimed as a whole, unless another cue stands before it
            if clause and not self.cue_between(self.g.first - 1, quote.open):
                start = t.starts[opening]
        draft.content = [(start, quote.end)]
        draft.rule = "verb.quote_before"
        after = self._quote_behind(last)
        if after is not None:
            draft.content.append((after.start, after.end))
        return True

    def attributed(self, v: int) -> tuple[Quote, Mention] | None:
        """``"…," X said`` and ``"…," said X`` by the words alone, whatever the parser made of it."""
        t = self.t
        q = self.quotes.before(t.starts[v])
        if q is None or t.tags[v] not in ("VBD", "VBZ", "VBN", "VBP", "NNS") or not is_speech(self.text, q):
            return None
        if t.tags[v] == "NNS" and (v + 1 >= self.g.last or t.lowers[v + 1] not in (",", ".")):
            return None
        first = v
        while first > self.g.first and t.starts[first - 1] >= q.close:
            first -= 1
        gap = self.text[q.close : t.starts[first]]
        if v - first > 25 or "\n" in gap or gap.strip(" ,—–-\u00a0"):
            return None
        if self._closed(q, first, v):
            return None
        if q.open > t.starts[self.g.first] and any(t.deps[k] == "ccomp" and k > v for k in self.g.kids(v)):
            return None  # 'On "Face the Nation," she said the law was bad'
        while first < v and t.lowers[first] in _DASHES:
            first += 1
        if first == v:
            run = self.nominals(v + 1)
        else:
            run = self.nominals(first, v)
            if run is not None and not self._joins(run[1] + 1, v):
                return None
        if run is None:
            return None
        head = run[1]
        if (
            t.tags[head] in ("PRP$", "DT", "CD")
            or t.lowers[head] in ("it", "which", "that")
            or t.lowers[head] in CALENDAR
        ):
            return None
        m = self.g.mention(head, v if head < v else None)
        if m.head != head:
            return q, m  # the name in apposition to a role
        begin = t.starts[run[0]]
        if m.start < begin:
            m.start = begin
        m.full_start = max(begin, m.full_start) if m.full_start < q.close else m.full_start
        return q, m

    def _verb_behind(self, first: int) -> int:
        """The first finite verb from a token on."""
        return next((k for k in range(first, self.g.last) if self.t.tags[k] in ("VBD", "VBZ", "VBP")), first)

    def _closed(self, q: Quote, first: int, v: int) -> bool:
        """True where a full stop ended the quotation and the next sentence has its own content."""
        t = self.t
        if self.text[q.end : q.close].strip()[:1] != "." or first > v or not t.words[first][:1].isupper():
            return False
        if first != self.g.first:
            return False
        if v + 1 < self.g.last and t.lowers[v + 1] == "that":
            return True
        return v + 1 < self.g.last - 1 and t.tags[v + 1] not in ("IN", "TO", "RB", ".") and t.lowers[v + 1] != "to"

    def nominals(self, first: int, limit: int | None = None) -> tuple[int, int] | None:
        """The plain noun phrase that begins at a token and ends before ``limit``: its first token and its head."""
        t = self.t
        k, head = first, None
        while k < (self.g.last if limit is None else limit):
            capital = t.words[k][:1].isupper() and k == first
            if not capital and t.tags[k] not in _NOMINAL and not (t.tags[k] == "HYPH" or t.words[k] == "-"):
                break
            if t.tags[k] in _HEADS or capital or (t.lowers[k] == "old" and t.words[k - 1] == "-"):
                head = k  # "the 64-year-old" is a noun
            k += 1
            if t.tags[k - 1] == "PRP":
                break
        return (first, head) if head is not None else None

    def nominals_before(self, last: int) -> int:
        """The first token of the plain noun phrase that ends at a token; behind it where none does."""
        t, k = self.t, last
        if t.tags[last] not in _HEADS:
            return last + 1
        while k - 1 >= self.g.first and (t.tags[k - 1] in _NOMINAL or t.words[k - 1] == "-"):
            k -= 1
            if t.tags[k] in ("DT", "PRP$"):
                break
        if k - 2 >= self.g.first and t.lowers[k - 1] in ("of", "for") and t.tags[k - 2] in _HEADS:
            return self.nominals_before(k - 2)  # "the press centre of the group of forces"
        return k

    def _joins(self, first: int, v: int) -> bool:
        """True where only what belongs to the noun phrase stands before its verb: "of …", ", head of …,"."""
        t = self.t
        if first >= v:
            return True
        if t.lowers[first] in (",", "(", "–", "—") or t.tags[first] in ("WP", "WDT"):
            return t.lowers[v - 1] in (",", ")", "–", "—") or t.tags[v - 1] in ("RB", "MD", "VBZ", "VBP", "VBD")
        if any(
            t.tags[k] in ("VBD", "VBZ", "VBP") and t.lowers[k] not in ("has", "had", "have") for k in range(first, v)
        ):
            return False
        return t.tags[first] in ("IN", "RB", "MD", "VBZ", "VBP", "VBD")

    # --- content before the cue ----------------------------------------------------------------

    def region(self, draft: Draft) -> tuple[int, int]:
        """First and last token of cue, speaker and what goes with them."""
        g, t, v = self.g, self.t, draft.verb
        first = last = v
        subject = g.kid(v, "nsubj")
        for k in reversed([k for k in g.kids(v) if k < v]):
            if k == subject:
                first = min(first, g.left(k))
                break
            small = t.deps[k] in ("aux", "advmod", "neg") and g.right(k) < first
            if small and not self._stop_in(g.left(k), first - 1):
                first = g.left(k)
        if t.deps[v] in ("conj", "xcomp", "advcl") and subject is None:
            s = g.subject(v)
            if s is not None and s < v and not any(w in MARKS for w in t.lowers[s:v]):
                first = min(first, g.left(s))
        if subject is not None and subject > v:
            last = max(last, g.right(subject))
        adjuncts = ("prep", "npadvmod", "advmod", "dobj", "dative", "agent", "prt")
        for k in g.kids(v):
            if k > last and t.deps[k] in adjuncts and k - last <= 3 and t.lowers[k - 1] not in _STOPS:
                last = max(last, self._until_stop(g.left(k), g.right(k)))
        return first, last

    def _stop_in(self, first: int, last: int) -> bool:
        return any(self.t.lowers[x] in _STOPS or self.t.lowers[x] in MARKS for x in range(first, last + 1))

    def _until_stop(self, first: int, last: int) -> int:
        for j in range(first, last + 1):
            if self.t.lowers[j] in _STOPS or self.t.lowers[j] in MARKS:
                return j - 1
        return last

    def before(self, draft: Draft, cue: Cue) -> bool:
        """The content stands before the cue, or on both sides of it."""
        if not cue.frames & {"s", "q"}:
            return False
        g, t, v = self.g, self.t, draft.verb
        first, last = self.region(draft)
        quote = self.quote_before(first) if t.tags[v] != "VBG" else None
        if quote is not None:
            return self.take_quote_before(draft, quote, first, last)
        if "s" not in cue.frames or first <= g.first or draft.negated or draft.speaker is None:
            return False
        mark = t.lowers[first - 1]
        comp = next((k for k in g.kids(v) if t.deps[k] == "ccomp" and k < v), None)
        joined = comp is not None and mark not in _STOPS and mark not in _JOINTS
        if (mark not in _DASHES and mark not in ("?", "!") and not joined) or not self._bracketed(
            draft, cue, comp, last
        ):
            return False
        start = self.opening(first)
        if start >= first - 1:
            return self._rest(draft, last)
        if first - start == 3 and t.lowers[start] in ("you", "i"):
            return False  # "You see, they protest"
        span = (t.starts[start], t.ends[first - 2 if mark in _DASHES else first - 1])
        if not any(t.tags[j] in VERB_TAGS or t.tags[j] == "MD" for j in range(start, first)):
            # a mere adverbial stands before the cue; what is claimed comes behind it
            if self._rest(draft, last):
                return True
            draft.content = [span]
            draft.rule = "verb.before"
            return first - start >= 3
        draft.content = [span]
        draft.rule = "verb.before"
        self._rest(draft, last)
        return True

    def _bracketed(self, draft: Draft, cue: Cue, comp: int | None, last: int) -> bool:
        g, t, v = self.g, self.t, draft.verb
        if t.deps[v] in ("relcl", "acl", "xcomp") and comp is None:
            return False
        if comp is None and cue.lemma in NO_PARENTHESIS:
            return False
        told = cue.lemma in ("tell", "inform", "remind", "warn", "assure")
        if g.kid(v, "dobj") is not None and not told:
            return False
        if cue.lemma in NO_PARENTHESIS and any(k > v and t.deps[k] in ("ccomp", "xcomp") for k in g.kids(v)):
            return False
        if t.deps[v] == "parataxis" or comp is not None:
            return True
        return t.deps[v] in ("ccomp", "ROOT", "conj", "advcl", "relcl", "acl", "dep") and last + 1 >= g.last - 1

    def opening(self, limit: int) -> int:
        """Where the sentence's own content begins, behind what only holds it to the one before."""
        t = self.t
        at = self.g.first
        if at < limit and t.lowers[at] in MARKS:
            at += 1
        for size in (4, 3, 2, 1):
            if at + size < limit and " ".join(t.lowers[at : at + size]) in words("cues.toml", "connectives"):
                if t.lowers[at + size] == ",":
                    return at + size + 1
                if size > 1 or t.lowers[at] in ("but", "and", "yet"):
                    return at + size
        return at

    def _rest(self, draft: Draft, last: int) -> bool:
        """What goes on behind a bracketed cue."""
        g, t = self.g, self.t
        at = last + 1
        if at >= g.last - 1 or t.lowers[at] not in (",", "–", "—", ":"):
            return False
        at += 1
        low = t.lowers[at]
        if low in participles() or low in MARKS or low in (*_JOINTS, "according"):
            return False
        end = g.last - 1
        for j in range(at, g.last):
            if t.lowers[j] == ":" or (t.lowers[j] in participles() and t.lowers[j - 1] == ","):
                end = j - 1
                break
        if end - at < 2:
            return False
        draft.content.append((t.starts[at], t.ends[end]))
        draft.rule = "verb.around"
        return True
