"""``claimhouse review``: pairs of statements that a rule has related, for a person to accept or reject."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from claimhouse.cli import console
from claimhouse.warehouse import NoWarehouseError, Result

if TYPE_CHECKING:
    from claimhouse.reviewing import Pair

ACCEPTED, REJECTED, WITHDRAWN = "accepted", "rejected", "withdrawn"
_ANSWERS = {"y": ACCEPTED, "yes": ACCEPTED, "n": REJECTED, "no": REJECTED}
_QUIT = ("q", "quit")
_PROMPT = "right? y(es) / n(o), a note behind it if you like; Enter leaves it open, q ends: "
_LATER = "the next refresh takes it up"


def review(
    kind: Annotated[str | None, typer.Option(help="Pairs of this kind: contradicts, denies, corroborates …")] = None,
    rule: Annotated[str | None, typer.Option(help="Pairs that this rule related.")] = None,
    place: Annotated[str | None, typer.Option(help="Pairs on events at this place.")] = None,
    below: Annotated[bool, typer.Option("--below", help="Pairs below least_confidence, which are not shown.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also pairs that were reviewed before.")] = False,
    limit: Annotated[int, typer.Option(help="Most pairs.", min=1)] = 20,
    listed: Annotated[bool, typer.Option("--list", help="List the pairs and ask nothing.")] = False,
    accept: Annotated[str | None, typer.Option(help="Accept the pair of this relation_id, and ask nothing.")] = None,
    reject: Annotated[str | None, typer.Option(help="Reject the pair of this relation_id.")] = None,
    withdraw: Annotated[str | None, typer.Option(help="Take back what was said of this pair.")] = None,
    note: Annotated[str, typer.Option(help="Why, with --accept or --reject.")] = "",
    by: Annotated[str, typer.Option(help="Who reviews.")] = "",
) -> None:
    """Show pairs of statements with the sentences of both, and take yes, no and a note on each.

    What is accepted is always shown, what is rejected never, over rebuilds and new
    extractions too. Pairs come in a drawn order, so that the figures in `claimhouse
    status` are of a fair sample of each rule.
    """
    from claimhouse.reviewing import pairs, write_review
    from claimhouse.reviews import ReviewError
    from ingest.settings import settings

    told = [(i, v) for i, v in ((accept, ACCEPTED), (reject, REJECTED), (withdraw, WITHDRAWN)) if i is not None]
    try:
        if told:
            for relation_id, verdict in told:
                write_review(settings(), relation_id, verdict, note, by)
                typer.echo(f"{relation_id} is {verdict}; {_LATER}")
            return
        found = pairs(
            settings(), kind=kind, rule_id=rule, place=place, is_shown=not below, limit=limit, with_reviewed=again
        )
        if not found:
            typer.echo("there is no pair left to review")
        elif listed:
            console.print_table(_table(found))
        else:
            _ask_all(found, by)
    except (ReviewError, NoWarehouseError) as problem:
        console.fail(str(problem))


def _ask_all(found: list[Pair], by: str) -> None:
    from claimhouse.reviewing import write_review
    from ingest.settings import settings

    out, count = console.console(), 0
    for number, pair in enumerate(found, 1):
        out.print(_shown(pair, f"{number} of {len(found)}"))
        answer = _answer()
        if answer is None:
            break
        verdict, note = answer
        if verdict:
            write_review(settings(), pair.relation_id, verdict, note, by)
            count += 1
    pairs_told = "1 pair is" if count == 1 else f"{count} pairs are"
    typer.echo(f"{pairs_told} written to {settings().reviews_path}" + (f"; {_LATER}" if count else ""))


def _answer() -> tuple[str | None, str] | None:
    """Verdict and note of one line of input; no verdict where it is left open, None where no more is to be asked."""
    while True:
        typer.echo(_PROMPT, nl=False)
        line = sys.stdin.readline()
        word, _, note = line.strip().partition(" ")
        if not line or word.lower() in _QUIT:
            typer.echo()
            return None
        if not word:
            return None if not line else (None, "")
        if word.lower() in _ANSWERS:
            return _ANSWERS[word.lower()], note.strip()
        typer.echo("begin with y or n, as: n two different days")


def _shown(pair: Pair, count: str) -> Text:
    row = pair.row
    where = " ".join(str(v) for v in (row["event_kind"], row["place"]) if v)
    text = Text(
        f"\n{count}  {row['kind']} · {row['axis']} · {row['rule_id']} · {row['confidence']:.2f}  {where}\n", "bold"
    )
    text.append(f"   {pair.relation_id}{f'  ({pair.verdict})' if pair.verdict else ''}\n", "dim")
    for end in ("earlier", "later"):
        told = [row[f"{end}_voice"], row[f"{end}_publisher"], row[f"{end}_published_date"]]
        text.append(f"  {' · '.join(str(t) for t in dict.fromkeys(told) if t)}\n", "dim")
        text.append("    ")
        for piece in pair.sentence(end):
            # where there is no colour, brackets mark the statement
            shown = " ".join(piece.text.split(" "))
            text.append(f"[{shown}]" if piece.role else shown, "bold reverse" if piece.role else "")
        text.append("\n")
    return text


def _table(found: list[Pair]) -> Result:
    names = ("relation_id", "kind", "axis", "rule_id", "confidence", "earlier_words", "later_words")
    rows = [(*(pair.row[name] for name in names), pair.verdict) for pair in found]
    return Result([*names, "verdict"], rows)
