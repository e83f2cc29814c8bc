"""Cues that stand beside what is claimed, as an aside of its sentence.

Belongs here: "…, the mayor said", "…, said the mayor", "as the mayor noted, …", "I mean …", a gesture
before a quotation, and cues that the tagger took for nouns. Does not belong here: cues whose own
clause holds the content (``verbal``).
"""

from __future__ import annotations

from ingest.extract.claims.behind import MARKS
from ingest.extract.claims.beside import NO_PARENTHESIS
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, nouns, verbs
from ingest.extract.claims.passive import Passives
from ingest.extract.claims.quotes import is_speech
from ingest.extract.claims.reader import document_owner
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, Mention

GESTURE = Cue("gesture", "say", frozenset("q"), "")
# openings of a subordinate clause, which is not what is claimed
OPENERS = frozenset(["when", "after", "as", "while", "if", "before", "although", "because", "since", "asked", "though"])
_BARE = frozenset(["fear", "hope", "doubt", "estimate", "claim"])


class Asides(Passives):
    """One sentence's cues beside their content."""

    def _mistagged(self, v: int, cue: Cue) -> Draft | None:
        """ "Analysts at the institute estimate that …", taken for a noun: nothing before it is a verb."""
        t, g = self.t, self.g
        if "s" not in cue.frames or v + 3 >= g.last or self._finite(g.first, v):
            return None
        bare = t.lowers[v] in _BARE and t.tags[v + 1] in ("NN", "NNS", "NNP", "DT", "PRP", "JJ", "CD")
        if t.lowers[v + 1] != "that" and not (bare and self._finite(v + 2, min(v + 9, g.last))):
            return None
        head = next((k for k in range(g.first, v) if t.tags[k] in ("NNS", "NNPS")), None)
        if head is None or (t.lowers[v] in nouns() and t.tags[v - 1] in ("DT", "JJ", "PRP$", "POS")):
            return None
        if t.deps[head] not in ("ROOT", "nsubj") or not self._finite(v + 2, g.last):
            return None
        draft = self._draft(v, cue, "verb", g.mention(head, v))
        first = v + 2 if t.lowers[v + 1] == "that" else v + 1
        return self._accept(draft, cue) if self.behind.put(draft, first, g.last - 1, "verb.that") else None

    def _taken_for_participle(self, v: int, cue: Cue) -> Draft | None:
        """ "Outlets reported on Monday the service had known": the clause has a subject of its own."""
        g, t = self.g, self.t
        head = t.heads[v]
        if t.tags[v] != "VBN" or t.deps[v] != "acl" or head != v - 1 or t.deps[head] != "nsubj":
            return None
        clause = t.heads[head]
        own = next((k for k in g.kids(clause) if k > v and t.deps[k] == "nsubj"), None)
        if own is None or clause < own:
            return None
        draft = self._draft(v, cue, "verb", g.mention(head, v))
        return self._accept(draft, cue) if self.behind.put(draft, g.left(own), g.right(clause), "verb.that") else None

    def _gesture(self, drafts: list[Draft]) -> Draft | None:
        """ "She shrugged: “Of what?”": whoever does what stands before the colon speaks."""
        t, g = self.t, self.g
        colon = next((k for k in range(g.first + 2, g.last) if t.lowers[k] == ":"), None)
        if colon is None:
            return None
        quote = self.beside.quotes.behind(t.starts[colon])
        if quote is None or self.text[t.ends[colon] : quote.open].strip() or not is_speech(self.text, quote):
            return None
        if any(d.cue_span is not None and d.cue_span[1] <= t.starts[colon] and d.end >= quote.start for d in drafts):
            return None
        root = next((k for k in range(g.first, colon) if t.deps[k] == "ROOT" and t.tags[k] in ("VBD", "VBZ")), None)
        s = g.kid(root, "nsubj") if root is not None else None
        if root is None or s is None or g.is_passive(root):
            return None
        person = t.lowers[s] in ("he", "she") or t.lowers[s] in words("people.toml", "roles")
        if not person and not (t.tags[s] in ("NNP", "NNPS") and g.name_start(s) is not None):
            return None
        draft = self._draft(root, GESTURE, "verb.gesture", g.mention(s, root))
        draft.content = [(quote.start, quote.end)]
        return self._accept(draft, GESTURE)

    def _block(self, drafts: list[Draft]) -> Draft | None:
        """ "The statement read:" with what it says in the paragraph below, out of quotation marks."""
        t, g = self.t, self.g
        sentences = g.analysis.sentences
        if t.lowers[g.last - 1] != ":" or self.index + 1 >= len(sentences) or g.sentence.is_title:
            return None
        below = sentences[self.index + 1]
        if below.paragraph == g.sentence.paragraph or not below.is_body:
            return None
        for v in range(g.last - 2, g.first, -1):
            cue = verbs().get(t.lowers[v])
            if cue is None or t.tags[v] not in ("VBD", "VBZ", "VBP") or "s" not in cue.frames | cue.wide:
                continue
            held = any(d.verb == v and d.end > t.starts[v] for d in drafts)
            if held or cue.cue_class not in ("say", "write"):
                return None
            draft = self._draft(v, cue, "verb.block", self._speaker(v))
            drafts[:] = [d for d in drafts if d.verb != v]
            end = max(s.end for s in sentences[self.index + 1 :][:40] if s.paragraph == below.paragraph)
            draft.content = [(below.start, end)]
            return self._accept(draft, cue)
        return None

    def _bracketed(self, v: int, cue: Cue, head: int) -> Draft | None:
        """ "The raid, said the prefect, was aimed at the silos.": both sides are the content."""
        t, last = self.t, self.g.last - 1
        if head + 2 >= last or t.lowers[head + 1] != "," or not self._finite(head + 2, last):
            return None
        if t.tags[head + 2] not in ("VBD", "VBZ", "VBP", "MD"):
            return None
        draft = self._draft(v, cue, "verb.around", self.g.mention(head))
        draft.content = [(t.starts[self.beside.opening(v)], t.ends[v - 2]), (t.starts[head + 2], t.ends[last])]
        return self._accept(draft, cue)

    def _closing(self, v: int, cue: Cue) -> Draft | None:
        """ "…, the mayor, Ivan Lys, said on Monday.": the cue and its speaker close the sentence."""
        t, g = self.t, self.g
        if (
            t.tags[v] not in ("VBD", "VBZ", "VBN")
            or cue.cue_class not in ("say", "write")
            or cue.lemma in NO_PARENTHESIS
        ):
            return None
        rest = range(v + 1, g.last)
        if len(rest) > 12 or any(t.tags[k].startswith(("VB", "MD", "W")) or t.lowers[k] in MARKS for k in rest):
            return None
        k = v - 1
        while k > g.first and t.tags[k] == "RB":
            k -= 1
        head = k
        if t.lowers[k] == ",":
            head = k - 1
            k = self.beside.nominals_before(head) - 1
            if k <= g.first or t.lowers[k] != ",":
                return None
            k -= 1
        first = self.beside.nominals_before(k)
        plain, first = first, self._joint_start(first, k)
        if first > k or first - 1 <= g.first or t.lowers[first - 1] != "," or not self._finite(g.first, first - 1):
            return None
        if (
            t.lowers[g.first] in OPENERS
            or t.lowers[head] in CALENDAR
            or t.tags[head] not in ("NNP", "NNPS", "NN", "NNS", "PRP")
        ):
            return None
        if self.beside.quote_before(first) is not None or g.kid(v, "dobj", "ccomp", "xcomp") in rest:
            return None
        whole = self._noun_of(first, k)
        mention = g.mention(head if t.tags[head] in ("NNP", "PRP") else whole, v)
        if mention.start < t.starts[first] or first < plain:
            mention = Mention(t.starts[first], t.ends[k], t.starts[first], t.ends[max(k, head)], k)
        draft = self._draft(v, cue, "verb.before", mention)
        draft.content = [(t.starts[self.beside.opening(first)], t.ends[first - 2])]
        return self._accept(draft, cue)

    def _joint_start(self, first: int, last: int) -> int:
        """The first token of "security and diplomatic sources", given that of "diplomatic sources"."""
        t = self.t
        if first >= last or t.tags[last] != "NNS" or t.lowers[first - 1] != "and":
            return first
        k = first - 1
        while k > self.g.first and t.tags[k - 1] in ("JJ", "NN", "NNP") and first - k <= 3:
            k -= 1
        return k if k < first - 1 and t.lowers[k - 1] == "," else first

    def _noun_of(self, first: int, last: int) -> int:
        """The head of a noun phrase with "of" in it: the noun before the first "of"."""
        of = next((x for x in range(first + 1, last) if self.t.lowers[x] in ("of", "for")), None)
        return of - 1 if of is not None else last

    def _as_clause(self, v: int, cue: Cue) -> Draft | None:
        """ "As the mayor noted, two bridges are gone": the content is the clause beside it."""
        g, t = self.g, self.t
        first = g.left(v)
        if (
            t.deps[v] not in ("advcl", "ccomp", "parataxis", "dep")
            or t.lowers[first] != "as"
            or cue.cue_class == "order"
            or cue.lemma in ("intend", "expect", "hope", "want", "wish", "plan", "assume", "know")
        ):
            return None
        if any(t.deps[k] in ("ccomp", "dobj", "xcomp") for k in g.kids(v)) or t.lowers[v] in ("saw", "seen", "see"):
            return None
        s = g.kid(v, "nsubj")
        if s is None or g.is_passive(v):
            return None
        last = g.right(v)
        draft = self._draft(v, cue, "verb.as_clause", document_owner(g, s) or g.mention(s, v if s < v else None))
        if first <= g.first + 1 and last + 2 < g.last and t.lowers[last + 1] == ",":
            draft.content = [(t.starts[last + 2], t.ends[g.last - 1])]
        elif first > g.first + 3 and t.lowers[first - 1] == "," and last >= g.last - 2:
            draft.content = [(t.starts[self.beside.opening(first)], t.ends[first - 2])]
        else:
            return None
        return self._accept(draft, cue)

    def _in_front(self, v: int, cue: Cue) -> Draft | None:
        """ "I mean the question is why": the parser took the cue for an aside of the clause behind it."""
        g, t = self.g, self.t
        clause, s = t.heads[v], g.kid(v, "nsubj")
        if t.deps[v] != "parataxis" or clause <= v or s is None or s > v or g.right(v) != v or g.left(v) > g.first + 2:
            return None
        first = v + 2 if t.lowers[v + 1] in (",", ":") else v + 1
        if (
            clause <= first
            or t.lowers[first] in MARKS
            or (first > v + 1 and cue.cue_class not in ("believe", "estimate"))
        ):
            return None
        draft = self._draft(v, cue, "verb.parataxis", g.mention(s, v))
        return self._accept(draft, cue) if self.behind.put(draft, first, g.right(clause), "verb.parataxis") else None

    def _as_participle(self, v: int, cue: Cue) -> Draft | None:
        """ "As noted in the ministry, two bridges are gone"."""
        t = self.t
        comma = next((k for k in range(v + 1, min(v + 16, self.g.last)) if t.lowers[k] == ","), None)
        speaker = self._agent(v) or self._place_of_speech(v)
        if comma is None or speaker is None or comma + 2 >= self.g.last or "s" not in cue.frames:
            return None
        draft = self._draft(v, cue, "verb.as_participle", speaker)
        draft.content = [(t.starts[comma + 1], t.ends[self.g.last - 1])]
        return self._accept(draft, cue)

    def _inverted(self, v: int, cue: Cue) -> Draft | None:
        """ "Snow had slowed the rescue, reported the BBC.": the speaker behind a cue that closes the sentence."""
        t = self.t
        if v - 2 <= self.g.first or t.lowers[v - 1] != "," or t.tags[v] not in ("VBD", "VBZ", "VBN"):
            return None
        if cue.lemma in ("tell", "inform", "remind", "warn", "assure", "brief"):
            return None  # what follows is the listener
        run = self.beside.nominals(v + 1)
        if (
            run is None
            or t.tags[run[1]] in ("PRP$", "DT", "CD")
            or t.lowers[run[1]] in CALENDAR
            or self.g.is_passive(v)
        ):
            return None
        after = run[1] + 1
        if after < self.g.last and t.lowers[after] not in (".", ",", ";"):
            return None
        if not self._finite(self.g.first, v - 1):
            return self._bracketed(v, cue, run[1])
        if t.lowers[self.g.first] in OPENERS:
            return None
        draft = self._draft(v, cue, "verb.before", self.g.mention(run[1]))
        start = self.beside.opening(v)
        if t.starts[start] >= t.ends[v - 2] or self.beside.quote_before(v) is not None:
            return None
        draft.content = [(t.starts[start], t.ends[v - 2])]
        return self._accept(draft, cue)

    def _quoted(self, v: int, cue: Cue) -> Draft | None:
        """A quotation with its speaker right behind it."""
        found = self.beside.attributed(v) if cue.lemma != "call" else None
        if found is None:
            return None
        quote, speaker = found
        draft = self._draft(v, cue, "verb.quote_before", speaker)
        last = max(v, self.g.analysis.token_at(speaker.end - 1))
        last = max(last, self.beside.region(draft)[1])
        self.beside.take_quote_before(draft, quote, self.g.analysis.token_at(quote.close), last)
        return self._accept(draft, cue)
