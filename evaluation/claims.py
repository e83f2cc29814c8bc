"""How well claims are found: the extractor against the labelled corpora, with their own scorers.

    python -m evaluation.claims [--sets polnear_dev gum_other conflict_news own]

Prints one ``name value`` a line. The corpora lie outside the repository (``CLAIMHOUSE_SHARED`` or
``../shared``); what is absent is left out.

PolNeAR and GUM follow conventions of their own, to which the extractor's candidates are mapped here.
Both take the source with its office and apposition, and "that" and the object of "urged" into the
content. PolNeAR takes in attitudes ("supports the plan"), whose verbs are listed in ``attitudes.txt``, and marks
what is inside another's content only now and then: its candidates are the outermost. GUM marks clauses and
quotations alone, takes in imperatives and what a speaker hedges ("I think"), which the extractor refuses as
claims, and a source only where it is the subject of the cue itself. The plain public output is measured beside
them (``*.plain.*``).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.analyses import analyse
from evaluation.claim_cases import load, score
from ingest.extract.analysis import Analysis, parse_everything
from ingest.extract.base import Found
from ingest.extract.claims import ClaimExtractor, structure, wants_parse
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.lexicon import Cue, verb_table, verbs
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.claims.spans import trimmed
from ingest.extract.syntax.tree import Tree

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared"))
Attribution = dict[str, list[list[int]]]


@cache
def attitudes() -> dict[str, Cue]:
    """Verbs of attitudes by the forms that the extractor's lexicon knows of them."""
    text = (Path(__file__).parent / "attitudes.txt").read_text(encoding="utf-8")
    rows = {cue.lemma: cue for cue in verb_table(text, "attitudes.txt").values()}
    return {form: rows[cue.lemma] for form, cue in verbs().items() if cue.lemma in rows}


def wide(analysis: Analysis, extractor: ClaimExtractor) -> list[Candidate]:
    """Claims, attitudes, what may be said or is not done, and what seems to be so."""
    candidates = extractor.candidates(analysis, attitudes())
    unreal = [c for veto, c in candidates.vetoed if veto == "veto.unrealised"]
    found = structure.without_duplicates(analysis, [*candidates.found, *unreal])
    return structure.in_order([*found, *seeming(analysis, candidates.quotations)])


def seeming(analysis: Analysis, quotations: Quotations) -> list[Candidate]:
    """ "The lull seems to be over": an attribution to nobody for PolNeAR, and no claim."""
    t, found = analysis.tokens, []
    for index, sentence in enumerate(analysis.sentences):
        raising = [
            v
            for v in range(sentence.first, sentence.last)
            if (cue := attitudes().get(t.lowers[v])) is not None and "r" in cue.frames and t.tags[v].startswith("VB")
        ]
        if not raising or not sentence.is_body or not analysis.is_parsed(sentence):
            continue
        s = CueSentence(analysis, index, quotations)
        for v in raising:
            subject, k = s.kid(v, "nsubj"), s.kid(v, "xcomp", "acomp", "oprd", "ccomp")
            if subject is None or k is None or not subject < v < k or s.is_passive(v):
                continue
            first, last = s.phrase(subject)
            content = [(t.starts[s.left(k)], t.ends[s.right(k)])]
            if t.lowers[subject] not in ("it", "there"):
                content.insert(0, (t.starts[first], t.ends[last]))
            cue = CueMention(v, attitudes()[t.lowers[v]])
            found.append(s.candidate(cue, "raising", trimmed(analysis.text, content), None))
    return found


def as_attributions(analysis: Analysis, found: list[Candidate]) -> list[Attribution]:
    """Candidates in the span convention of PolNeAR."""
    text = analysis.text
    result = []
    for d in found:
        source: list[list[int]] = []
        if d.relative is not None:
            source = [list(d.relative)]
        elif d.speaker is not None:
            source = [[d.speaker.full_start, d.speaker.full_end]]
        content = []
        for k, (start, end) in enumerate(sorted(d.content)):
            if k == 0 and d.lead is not None and d.lead < start:
                start = d.lead
            m = re.search(r"\bthat\s+[\"“]?$", text[max(0, start - 8) : start])
            if m and k == 0:
                start -= len(m.group())
            content.append([start, end])
        if any(s < source[0][1] and source[0][0] < e for s, e in content) if source else False:
            source = [[d.speaker.start, d.speaker.end]] if d.speaker is not None else []
        cue = [list(d.cue_span)] if d.cue_span is not None else []
        result.append({"source": source, "cue": cue, "content": content})
    return result


# what GUM marks: clauses and quotations
_CLAUSES = frozenset(
    [
        *("complement_clause.that", "complement_clause.bare", "complement_clause.listener_name"),
        *("complement_clause.surface_that", "complement_clause.surface_bare", "complement_clause.mistagged_noun"),
        *("complement_clause.mistagged_participle", "complement_clause.wh", "quotation.after", "quotation.before"),
        *("quotation.interrupted", "quotation.adjacent", "parenthetical.before", "parenthetical.around"),
        *("parenthetical.closing", "parenthetical.opening", "inverted.closing", "inverted.around"),
        *("introduction.gesture", "introduction.block", "as_clause", "passive.that", "according_to", "adjective_cue"),
        *("transcript", "transcript.signed"),
    ]
)
# vetoes of what is a claim for GUM all the same
_NO_CLAIMS = frozenset(["veto.own_hedge", "veto.imperative", "veto.unrealised"])


def polnear(analysis: Analysis, extractor: ClaimExtractor) -> list[Attribution]:
    """Claims and attitudes that are inside no other's content."""
    found = wide(analysis, extractor)
    up = structure.parents(found)
    return as_attributions(analysis, [c for c, parent in zip(found, up, strict=True) if parent is None])


def gum(analysis: Analysis, extractor: ClaimExtractor) -> list[Attribution]:
    """Clauses and quotations; a source where it is the subject of the cue's own clause."""
    candidates = extractor.candidates(analysis, attitudes())
    more = [c for veto, c in candidates.vetoed if veto in _NO_CLAIMS]
    found = structure.without_duplicates(analysis, [*candidates.found, *more])
    chosen = [c for c in structure.in_order(found) if c.rule in _CLAUSES]
    attributions = as_attributions(analysis, chosen)
    for c, attribution in zip(chosen, attributions, strict=True):
        if c.relative is None and c.frame in _WITH_SUBJECT and c.rule not in _INVERTED:
            attribution["source"] = _subject(analysis, c)
    return attributions


# the speaker may stand behind the cue
_INVERTED = frozenset(
    [
        *("quotation.before", "quotation.interrupted", "quotation.adjacent", "parenthetical.before"),
        *("parenthetical.around", "parenthetical.closing", "inverted.closing", "inverted.around", "as_clause"),
    ]
)
_WITH_SUBJECT = frozenset(
    [
        *("complement_clause", "quotation", "parenthetical", "inverted", "introduction", "as_clause", "passive"),
        "adjective_cue",
    ]
)


def _subject(analysis: Analysis, candidate: Candidate) -> list[list[int]]:
    """The subject of the cue's clause: of "I am proud to announce" too, but of no other clause."""
    t, grammar = analysis.tokens, Tree(analysis, analysis.sentences[candidate.sentence])
    at = candidate.verb
    while (subject := grammar.kid(at, "nsubj", "nsubjpass", "csubj")) is None:
        to = at - 1 if t.deps[at] == "advcl" and t.lowers[at - 1] == "to" else at
        joint = t.deps[at] == "conj" and t.tags[at] == "JJ"  # "I am hopeful and confident that"
        if t.deps[at] not in ("xcomp", "acomp", "oprd") and t.heads[at] != to - 1 and not joint:
            return []
        at = t.heads[at]
    subject = grammar.pronoun_before(at) or subject
    if t.lowers[subject] in ("me", "us", "them", "him"):
        return []  # "let me say"
    mention = grammar.mention(subject, at if subject < at else None)
    return [[mention.full_start, mention.full_end]]


def plain(analysis: Analysis, extractor: ClaimExtractor) -> list[Attribution]:
    """The public output as it is; what has neither cue nor source is no attribution in either corpus."""
    return [
        {
            "source": [[c.speaker.start, c.speaker.end]] if c.speaker else [],
            "cue": [[c.cue.start, c.cue.end]] if c.cue else [],
            "content": [[s.start, s.end] for s in c.content],
        }
        for c in extractor.extract(analysis, Found())
        if c.cue is not None or c.speaker is not None
    ]


SCHEMES = {"polnear_dev": polnear, "gum_other": gum}


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _score(command: list[str]) -> str:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True).stdout


def attributions(name: str, extractor: ClaimExtractor) -> dict[str, float]:
    """PolNeAR or GUM, by its own scheme and plainly."""
    gold = SHARED / "corpora" / "claims" / f"{name}.jsonl"
    docs = list(_lines(gold))
    analyses = analyse([(doc["text"], None) for doc in docs], parse_everything)
    result: dict[str, float] = {}
    for label, scheme in ((name, SCHEMES[name]), (f"{name}.plain", plain)):
        with tempfile.TemporaryDirectory() as folder:
            pred = Path(folder) / "pred.jsonl"
            with pred.open("w", encoding="utf-8") as out:
                for doc, analysis in zip(docs, analyses, strict=True):
                    predicted = {"doc_id": doc["doc_id"], "attributions": scheme(analysis, extractor)}
                    out.write(json.dumps(predicted) + "\n")
            result |= attribution_scores(label, gold, pred)
    return result


def attribution_scores(name: str, gold: Path, pred: Path) -> dict[str, float]:
    """The figures of the scorer that are kept as floors."""
    command = [str(SHARED / "eval" / "claims" / "score.py"), "--gold", str(gold), "--pred", str(pred), "--json"]
    everything, core = json.loads(_score(command)), json.loads(_score([*command, "--core"]))
    result = {
        f"claims.{name}.attr_f1": everything["attributions"]["attr"]["f"],
        f"claims.{name}.attr_f1_core": core["attributions"]["attr"]["f"],
        f"claims.{name}.content_token_f1": everything["roles"]["content"]["token"]["f"],
        f"claims.{name}.source_strict_f1": everything["roles"]["source"]["strict"]["f"],
    }
    for kind, recall in everything["recall_by_type"].items():
        if recall is not None:
            result[f"claims.{name}.recall_{kind}"] = recall
    return result


def conflict_news() -> dict[str, float]:
    """Real articles on conflicts, through the public output."""
    from ingest.extract.pipeline import Pipeline
    from ingest.extract.wire import to_json

    gold = SHARED / "corpora" / "conflict_news_dev.jsonl"
    pipeline = Pipeline()
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "out.jsonl"
        with pred.open("w", encoding="utf-8") as out:
            for doc in _lines(gold):
                day = date.fromisoformat(doc["dct"]) if doc.get("dct") else None
                row = to_json(doc["doc_id"], pipeline.extract(doc["text"], day))
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        printed = _score([str(SHARED / "eval" / "conflict_news.py"), str(gold), str(pred)])
    attr = re.search(r"attr P \S+ R \S+ F1 (\S+)", printed)
    result = {"claims.conflict_news.attr_f1": float(attr.group(1))} if attr else {}
    for name in ("name", "speech", "polarity", "stance", "topic"):
        hit = re.search(rf"\b{name} \d+/\d+ = (\S+)", printed)
        if hit:
            result[f"claims.conflict_news.{name}"] = float(hit.group(1))
    return result


def own() -> dict[str, float]:
    """The project's own cases, parsed only where the extractor wants it."""
    cases, extractor = load(), ClaimExtractor()
    analyses = iter(analyse([(case["text"], None) for case in cases], wants_parse))
    found, _ = score(cases, lambda case: extractor.extract(next(analyses), Found()))
    return {f"claims.own.{name}": value for name, value in found.items()}


def measure(sets: Iterable[str] = ("polnear_dev", "gum_other", "conflict_news", "own")) -> dict[str, float]:
    """All figures by name; sets that are absent are left out."""
    result: dict[str, float] = {}
    chosen = list(sets)
    corpora = [s for s in chosen if (SHARED / "corpora" / "claims" / f"{s}.jsonl").exists()]
    if corpora:
        extractor = ClaimExtractor()
        for name in corpora:
            result |= attributions(name, extractor)
    others: dict[str, Callable[[], dict[str, float]]] = {"own": own}
    if (SHARED / "corpora" / "conflict_news_dev.jsonl").exists():
        others["conflict_news"] = conflict_news
    for name in chosen:
        if name in others:
            result |= others[name]()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sets", nargs="+", default=["polnear_dev", "gum_other", "conflict_news", "own"])
    for name, value in measure(parser.parse_args().sets).items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
