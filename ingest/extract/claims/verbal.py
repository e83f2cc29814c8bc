"""Claims whose cue is a verb.

Belongs here: which verbs of a parsed sentence are cues, who speaks, and passives. Does not belong
here: the content of an active verb (``behind``, ``beside``), nouns and adverbs (``nominal``), and
what a claim means (``judge``).
"""

from __future__ import annotations

from ingest.extract.claims.behind import MARKS, Behind
from ingest.extract.claims.beside import NO_PARENTHESIS, Beside
from ingest.extract.claims.draft import Draft, Mention
from ingest.extract.claims.grammar import CALENDAR, RELATIVES, VERB_TAGS, Grammar
from ingest.extract.claims.lexicon import Cue, nouns, verbs, words
from ingest.extract.claims.quotes import Quote, Quotes, is_speech, trim

GESTURE = Cue("gesture", "say", frozenset("q"), "")
_NO_CUE_DEPS = frozenset(["aux", "auxpass", "amod", "compound", "case"])
# passives that claim their subject without naming who does ("damage was reported")
_REPORTED = frozenset(["report", "confirm", "announce", "claim", "allege", "deny"])
# openings of a subordinate clause, which is not what is claimed
OPENERS = frozenset(["when", "after", "as", "while", "if", "before", "although", "because", "since", "asked", "though"])
_BECOMING = frozenset(["is", "was", "became", "becomes", "has", "should", "be"])
_ASKING = frozenset(["poll", "survey", "study", "analysis", "interview", "investigation", "inquiry", "assessment"])
_ANYBODY = frozenset(["those", "anyone", "anybody", "everyone", "everybody", "whoever", "all", "people"])
SUPPORT = frozenset(
    [
        *("make", "made", "makes", "making", "issue", "issued", "issues", "issuing", "give", "gave", "given", "giving"),
        *("release", "released", "releases", "releasing", "publish", "published", "post", "posted", "sent", "send"),
        *("repeat", "repeated", "repeating", "voice", "voiced", "voicing", "express", "expressed", "expresses"),
        *("expressing", "raise", "raised", "raising", "have", "has", "had", "having", "deliver", "delivered"),
        *("reiterate", "reiterated", "renew", "renewed", "level", "levelled", "leveled", "spread", "spreading"),
        *("push", "pushing", "announce", "announced", "share", "shared", "sharing", "echo", "echoed", "reach"),
        *("reached", "signed", "sign", "wrote", "write", "written", "received", "receive", "distributed"),
    ]
)


class VerbalCues:
    """Reads one sentence's cue verbs."""

    def __init__(self, grammar: Grammar, index: int, quotes: Quotes, wide: bool = False) -> None:
        """``wide`` takes in the lexicon's attitudes, which are no claims; their drafts are noted so."""
        self.wide = wide
        self.g = grammar
        self.t = grammar.tokens
        self.text = grammar.analysis.text
        self.index = index
        self.behind = Behind(grammar)
        self.beside = Beside(grammar, quotes)

    def find(self) -> list[Draft]:
        table, t = verbs(), self.t
        drafts = []
        for v in range(self.g.first, self.g.last):
            cue = table.get(t.lowers[v])
            if cue is None or t.deps[v] in _NO_CUE_DEPS:
                continue
            if t.tags[v] in VERB_TAGS or (t.deps[v] in ("ROOT", "parataxis") and t.tags[v] != "NN"):
                draft = self._verb(v, cue) if cue.frames else None
                if draft is None and self.wide and cue.wide:
                    draft = self._verb(v, Cue(cue.lemma, cue.cue_class, cue.wide, cue.effect))
                    if draft is not None:
                        draft.notes.add("wide")
                if draft is not None:
                    drafts.append(draft)
            elif t.tags[v] == "NN" and (draft := self._mistagged(v, cue)) is not None:
                drafts.append(draft)
            elif t.tags[v] == "NNS" and "s" in cue.frames and (draft := self._quoted(v, cue)) is not None:
                drafts.append(draft)  # "…," the 60-year-old recalls
        if (draft := self._gesture(drafts)) is not None:
            drafts.append(draft)
        return drafts

    def _mistagged(self, v: int, cue: Cue) -> Draft | None:
        """ "Analysts at the institute estimate that …", taken for a noun: nothing before it is a verb."""
        t, g = self.t, self.g
        if "s" not in cue.frames or v + 3 >= g.last or t.lowers[v + 1] != "that" or self._finite(g.first, v):
            return None
        head = next((k for k in range(g.first, v) if t.tags[k] in ("NNS", "NNPS")), None)
        if head is None or (t.lowers[v] in nouns() and t.tags[v - 1] in ("DT", "JJ", "PRP$", "POS")):
            return None
        if t.deps[head] not in ("ROOT", "nsubj") or not self._finite(v + 2, g.last):
            return None
        draft = self._draft(v, cue, "verb", g.mention(head, v))
        return self._accept(draft, cue) if self.behind.put(draft, v + 2, g.last - 1, "verb.that") else None

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

    # --- one verb -----------------------------------------------------------------------------

    def _verb(self, v: int, cue: Cue) -> Draft | None:
        g, t = self.g, self.t
        if t.tags[v] == "VB" and t.deps[v] == "ROOT" and v == g.first and g.kid(v, "nsubj") is None:
            return None  # an imperative
        if "s" in cue.frames and t.tags[v] == "VBN" and g.kid(v, "auxpass", "aux", "agent") is None:
            closing = self._closing(v, cue)  # "…, the ministry reported.", taken for a participle
            if closing is not None:
                return closing
        if t.tags[v] == "VBN" and v > g.first and t.lowers[v - 1] == "as" and v <= g.first + 2:
            return self._as_participle(v, cue)
        if g.is_passive(v):
            return self._passive(v, cue)
        if "r" in cue.frames:
            return self._seems(v, cue)
        if "s" in cue.frames:
            closing = self._inverted(v, cue) or self._closing(v, cue)
            if closing is not None:
                return closing
        if cue.frames & {"s", "q"} and (quoted := self._quoted(v, cue)) is not None:
            return quoted
        if "s" in cue.frames and (aside := self._as_clause(v, cue)) is not None:
            return aside
        draft = self._draft(v, cue, "verb", self._speaker(v))
        if self._own_voice(draft, cue):
            return None
        draft.relative = self._relative(v)
        if self._post(draft, cue) or self.beside.before(draft, cue):
            return self._accept(draft, cue)
        return None

    def _own_voice(self, draft: Draft, cue: Cue) -> bool:
        """ "We remind you that", "it is worth noting", "those who refuse to leave": nobody in particular claims it."""
        t, v, speaker = self.t, draft.verb, draft.speaker
        if speaker is None:
            return t.lowers[t.heads[v]] == "worth"
        low = t.lowers[speaker.head]
        if low == "we" and cue.lemma in ("remind", "recall", "note") and not self.beside.quotes.marked(t.starts[v]):
            return True
        who = any(t.lowers[k] in ("who", "that") for k in self.g.kids(v)) and t.deps[v] == "relcl"
        return who and low in _ANYBODY and cue.cue_class in ("believe", "promise")

    def _seems(self, v: int, cue: Cue) -> Draft | None:
        """ "seems to be over": nobody says so."""
        g, t = self.g, self.t
        subject, k = g.kid(v, "nsubj"), g.kid(v, "xcomp", "acomp", "oprd", "ccomp")
        if subject is None or k is None or k < v or subject > v:
            return None
        draft = self._draft(v, cue, "verb.seems", None)
        first, last = g.phrase(subject)
        draft.content = [(t.starts[g.left(k)], t.ends[g.right(k)])]
        if t.lowers[subject] not in ("it", "there"):
            draft.content.insert(0, (t.starts[first], t.ends[last]))
        return self._passive_done(draft)

    def _finite(self, first: int, last: int) -> bool:
        return any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in self.t.tags[first:last])

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
        if mention.start < t.starts[first]:
            mention = Mention(t.starts[first], t.ends[k], t.starts[first], t.ends[max(k, head)], k)
        draft = self._draft(v, cue, "verb.before", mention)
        draft.content = [(t.starts[self.beside.opening(first)], t.ends[first - 2])]
        return self._accept(draft, cue)

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
        found = self.beside.attributed(v)
        if found is None:
            return None
        quote, speaker = found
        draft = self._draft(v, cue, "verb.quote_before", speaker)
        last = max(v, self.g.analysis.token_at(speaker.end - 1))
        last = max(last, self.beside.region(draft)[1])
        self.beside.take_quote_before(draft, quote, self.g.analysis.token_at(quote.close), last)
        return self._accept(draft, cue)

    def _draft(self, v: int, cue: Cue, rule: str, speaker: Mention | None) -> Draft:
        t = self.t
        draft = Draft(rule, cue, (t.starts[v], t.ends[v]), speaker, [], self.index, v)
        draft.negated = self._negated(v) or self._nobody(v)
        draft.clause = (t.starts[self.g.left(v)], t.ends[self.g.right(v)])
        return draft

    def _post(self, draft: Draft, cue: Cue) -> bool:
        """Content behind the cue, the fullest frame first."""
        comp = self.behind.clause_of(draft.verb, cue)
        quote = self.beside.quote_after(draft.verb)
        if quote is None and comp is not None and self.behind.clause(draft, cue, comp):
            if draft.rule in ("verb.that", "verb.infinitive", "verb.wh"):
                self.beside.half_before(draft)
            return True
        if quote is not None and not cue.frames & {"s", "q"} and not self._named_before(draft.verb, quote):
            quote = None  # 'called "The Podcast"': a name
        if quote is not None and cue.frames & {"s", "q", "c", "as", "n"}:
            return self.beside.take_quote_after(draft, quote, comp)
        if cue.cue_class == "estimate" and self.behind.count(draft):
            return True
        if cue.lemma == "hold" and self.behind.responsible(draft):
            return True
        if self.behind.infinitive(draft, cue):
            return True
        if cue.frames & {"c", "as"} and self.behind.complement(draft, cue):
            return True
        if self.behind.surface_that(draft, cue) or self.behind.preposition(draft, cue):
            return True
        if cue.cue_class == "accuse" and self.behind.accused_of(draft, cue):
            return True
        return "n" in cue.frames and self.behind.object(draft)

    def _named_before(self, v: int, quote: Quote) -> bool:
        """True where a comma, a colon or an object stands between the verb and the quotation."""
        return bool(self.text[self.t.ends[v] : quote.open].strip())

    def _accept(self, draft: Draft, cue: Cue) -> Draft | None:
        draft.content = [c for c in (trim(self.text, s, e) for s, e in draft.content) if c[1] > c[0]]
        if not draft.content or (draft.speaker is None and not self._counts_alone(draft, cue)):
            return None
        speaker = draft.speaker
        if speaker is not None and any(s < speaker.end and speaker.start < e for s, e in draft.content):
            return None
        return draft

    def _counts_alone(self, draft: Draft, cue: Cue) -> bool:
        """A cue without a speaker counts where it is one of saying, with a clause of its own."""
        clause = draft.rule in ("verb.that", "verb.quote_after", "verb.quote_before")
        saying = cue.cue_class in ("say", "accuse", "deny", "write", "estimate")
        return clause and saying and self.t.tags[draft.verb] in ("VBG", "VBD", "VBZ")

    def _negated(self, v: int) -> bool:
        t = self.t
        chain, at = [v], v
        while t.deps[at] == "xcomp" and len(chain) < 4:
            at = t.heads[at]
            chain.append(at)
        return any(t.deps[k] == "neg" or t.lowers[k] in ("never", "nor") for x in chain for k in self.g.kids(x))

    def _nobody(self, v: int) -> bool:
        """ "Nobody believes that …"."""
        s = self.g.kid(v, "nsubj")
        if s is None:
            return False
        t, first = self.t, self.g.left(s)
        return t.lowers[s] in ("nobody", "none", "neither") or (first < s and t.lowers[first] in ("no", "neither"))

    # --- who speaks -------------------------------------------------------------------------------

    def _speaker(self, v: int) -> Mention | None:
        g, t = self.g, self.t
        s = self.behind.onward.speaker_of_participle(v)
        parallel = self.behind.onward.parallel_to(v)
        if parallel is not None:
            s = g.subject(parallel)
        if s is None:
            s = g.subject(v)
        if s is None or (s + 1 < v and t.tags[s + 1] == "POS" and t.deps[s] in ("nsubj", "nsubjpass")):
            s = self._subject_beside(v)
        if s is not None and s + 1 < v and t.words[s].isupper() and t.lowers[s + 1] in ("–", "—", "-", "("):
            run = self._behind_dateline(s, v)
            s = run if run is not None else self._subject_beside(v)
        if s is None or t.lowers[s] in CALENDAR:
            return None
        low = t.lowers[s]
        if t.heads[s] != v and any(t.tags[k] == "WP$" for k in g.kids(s)):
            clause = t.heads[s]  # "the state, whose ties are strained, urged …"
            s = t.heads[clause] if t.deps[clause] == "relcl" else s
            low = t.lowers[s]
        if low == "it" and t.heads[s] != v and t.lowers[t.heads[s]] in _BECOMING:
            return None  # "it is worth noting", "it became known"
        if low in ("there", "which", "what", "this", "these") or (low == "that" and t.tags[s] in ("DT", "IN")):
            return None
        if low == "it" and t.deps[s] == "nsubjpass":
            return None
        shown = low in words("cues.toml", "no_speaker") and low != "it"
        if shown and t.lowers[v] not in words("cues.toml", "purported"):
            return None
        own = t.heads[s] if s < t.heads[s] < v and t.tags[t.heads[s]] in VERB_TAGS else v
        return document_owner(g, s, v) or g.mention(s, own if s < v else None)

    def _behind_dateline(self, first: int, v: int) -> int | None:
        """Of "DNIPRO — The army on Friday said" the army."""
        dash = next((k for k in range(first, v) if self.t.lowers[k] in ("–", "—", "-")), None)
        run = self.beside.nominals(dash + 1) if dash is not None else None
        return run[1] if run is not None and run[1] < v else None

    def _subject_beside(self, v: int) -> int | None:
        """The noun right before a finite verb, or before the comma there, where the parser found no subject."""
        t = self.t
        if t.tags[v] not in ("VBD", "VBZ", "VBP"):
            return None
        k = v - 1
        while k > self.g.first and t.tags[k] in ("RB", "MD"):
            k -= 1
        if k > self.g.first and t.lowers[k] == ",":
            if "," not in t.lowers[self.g.first : k]:
                return self._last_subject(v)  # "offered him a post, then said"
            k -= 1
        if k > self.g.first and t.lowers[k] == ")":
            opening = next((j for j in range(k, self.g.first, -1) if t.lowers[j] == "("), k)
            k = opening - 1 if opening < k else k
        if k < self.g.first:
            return None
        some = t.lowers[k] in ("some", "others", "many", "few", "most", "several") and k == self.g.first
        return k if some or t.tags[k] in ("NNP", "NN", "NNS", "NNPS", "PRP") else None

    def _last_subject(self, v: int) -> int | None:
        """The subject of the last finite verb before, where a comma alone stands between the two."""
        g, t = self.g, self.t
        before = next((k for k in range(v - 1, g.first, -1) if t.tags[k] in ("VBD", "VBZ", "VBP")), None)
        return g.subject(before) if before is not None else None

    def _relative(self, v: int) -> tuple[int, int] | None:
        t = self.t
        k = self.g.kid(v, "nsubj")
        if t.deps[v] == "relcl" and k is not None and t.lowers[k] in RELATIVES:
            return t.starts[k], t.ends[k]
        return None

    # --- passives -------------------------------------------------------------------------------

    def _passive(self, v: int, cue: Cue) -> Draft | None:
        g, t = self.g, self.t
        draft = self._draft(v, cue, "verb.passive", self._agent(v))
        if cue.cue_class == "ask" and draft.speaker is None and t.deps[v] == "advcl":
            return None  # "Asked whether …, he said": the answer is the claim
        subject = g.kid(v, "nsubjpass", "nsubj")
        expletive = subject is not None and t.lowers[subject] in ("it", "there")
        if expletive and any(t.tags[k] == "MD" and t.lowers[k] in ("should", "must") for k in g.kids(v)):
            return None  # "it should be noted that": the article's own voice
        xcomp = next((k for k in g.kids(v) if k > v and t.deps[k] == "xcomp"), None)
        if xcomp is not None and self._passive_infinitive(draft, cue, xcomp, subject, expletive):
            return self._passive_done(draft)
        clauses = [k for k in g.kids(v) if k > v and t.deps[k] in ("ccomp", "advcl")]
        comp = next((k for k in clauses if t.deps[k] == "ccomp" or self.behind.mark(k) == "that"), None)
        if comp is not None and cue.frames & {"s", "w"}:
            if not self.behind.clause(draft, cue, comp):
                return None
            draft.rule = "verb.passive_that"
            said = expletive or draft.speaker is not None or cue.cue_class in ("say", "ask")
            return self._passive_done(draft) if said else None
        agent = g.kid(v, "agent")
        below = [x for k in g.kids(agent) for x in g.kids(k)] if agent is not None else []
        for k in (*g.kids(v), *below):
            if k > v and t.deps[k] == "prep" and t.lowers[k] in cue.frames:
                if t.lowers[k] == "as" and draft.speaker is None:
                    draft.speaker = self._place_of_speech(v)
                    if draft.speaker is None:
                        continue
                if self.behind.after(draft, k):
                    draft.rule = "verb.passive_" + t.lowers[k]
                    counts = cue.cue_class in ("accuse", "believe") or draft.speaker is not None
                    return self._passive_done(draft) if counts else None
        if subject is not None and not expletive and self._claims_subject(v, cue, subject, draft):
            first, last = g.phrase(subject)
            draft.content = [(t.starts[first], t.ends[last])]
            draft.rule = "verb.passive_object"
            return self._passive_done(draft)
        return None

    def _claims_subject(self, v: int, cue: Cue, subject: int, draft: Draft) -> bool:
        if self.t.tags[subject] in ("PRP", "WP", "WDT", "DT"):
            return False
        reported = cue.lemma in _REPORTED and self.t.deps[v] != "acl"
        return reported or (draft.speaker is not None and "n" in cue.frames)

    def _agent(self, v: int) -> Mention | None:
        g, t = self.g, self.t
        agent = g.kid(v, "agent")
        who = next((k for k in g.kids(agent) if t.deps[k] == "pobj"), None) if agent is not None else None
        return (document_owner(g, who) or g.mention(who)) if who is not None else None

    def _passive_infinitive(self, draft: Draft, cue: Cue, xcomp: int, subject: int | None, expletive: bool) -> bool:
        """ "is said to own homes" claims of its subject; "was ordered to leave" orders it."""
        g, t, v = self.g, self.t, draft.verb
        if "p" in cue.frames and (t.tags[xcomp] in VERB_TAGS or g.kid(xcomp, "aux") is not None):
            first = g.left(xcomp)
            content = [(t.starts[first], t.ends[self.behind.onward.shorten(v, first, g.right(xcomp), cue)])]
            owner = None if expletive else subject if subject is not None else g.subject(v)
            if owner is not None and owner < v and t.lowers[owner] not in RELATIVES:
                begin, end = g.phrase(owner)
                content.insert(0, (t.starts[begin], t.ends[min(end, v - 1)]))
            draft.content, draft.rule = content, "verb.raised"
            return True
        to = next((k for k in g.kids(xcomp) if t.lowers[k] == "to" and t.deps[k] == "aux"), None)
        if "o" not in cue.frames or to is None or cue.cue_class not in ("order", "ask", "say"):
            return False
        if subject is not None:
            draft.addressee = (t.starts[g.left(subject)], t.ends[g.right(subject)])
        return self.behind.put(draft, to, g.right(xcomp), "verb.passive_infinitive")

    def _place_of_speech(self, v: int) -> Mention | None:
        """ "is described in the report as": what it stands in speaks."""
        g, t = self.g, self.t
        for k in g.kids(v):
            if t.deps[k] == "prep" and t.lowers[k] in ("in", "on", "by") and k > v:
                o = next((x for x in g.kids(k) if t.deps[x] == "pobj"), None)
                if o is not None and t.tags[o].startswith("NN"):
                    return document_owner(g, o) or g.mention(o)
        return None

    def _passive_done(self, draft: Draft) -> Draft | None:
        draft.content = [c for c in (trim(self.text, s, e) for s, e in draft.content) if c[1] > c[0]]
        if not draft.content:
            return None
        speaker = draft.speaker
        if speaker is not None and any(s < speaker.end and speaker.start < e for s, e in draft.content):
            head = self.t.starts[speaker.head], self.t.ends[speaker.head]
            if any(s < head[1] and head[0] < e for s, e in draft.content):
                draft.speaker = None
            else:
                draft.speaker = Mention(*head, *head, speaker.head)
        return draft


def document_owner(g: Grammar, head: int, before: int | None = None) -> Mention | None:
    """Of "a report by X", "X's report", "X issued a statement saying" the one who speaks is X."""
    t = g.tokens
    if t.lowers[head] not in words("cues.toml", "documents"):
        return None
    owner = g.kid(head, "poss")
    if owner is not None and t.tags[owner] == "PRP$":
        owner = None
    for k in g.kids(head):
        if t.lowers[k] == "of" and t.lowers[head] in _ASKING:
            continue  # "a poll of voters" is not the voters'
        if k > head and t.deps[k] in ("prep", "agent", "acl") and t.lowers[k] in ("by", "from", "of"):
            owner = next((x for x in g.kids(k) if t.deps[x] == "pobj"), owner)
            if t.lowers[k] in ("by", "from"):
                break
        if k > head and t.deps[k] == "acl" and (agent := g.kid(k, "agent")) is not None:
            owner = next((x for x in g.kids(agent) if t.deps[x] == "pobj"), owner)
    if owner is None and t.deps[head] == "dobj" and t.lowers[t.heads[head]] in SUPPORT:
        owner = g.subject(t.heads[head])
        if owner is not None and t.lowers[owner] in ("there", "which", "that", "this"):
            return None
    elif owner is None and t.deps[head] == "pobj" and before is not None and t.lowers[t.heads[head]] in ("in", "with"):
        verb = t.heads[t.heads[head]]
        owner = g.subject(verb) if t.tags[verb] in VERB_TAGS else None
    if owner is None or t.tags[owner] not in ("NNP", "NNPS", "PRP", "NN", "NNS", "PRP$"):
        return None
    mention = g.mention(owner, before if before is not None and owner < before else None)
    if g.left(head) <= owner <= g.right(head):
        whole = g.mention(head, before if before is not None and head < before else None)
        mention.full_start, mention.full_end = whole.full_start, max(whole.full_end, mention.end)
    return mention
