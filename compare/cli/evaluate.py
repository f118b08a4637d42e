"""``crossread evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from compare.evaluate import Result
    from compare.evaluate.measures import Figures


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--links", type=click.Path(path_type=Path, dir_okay=False), help="Write every pair here.")
@click.option("--baselines", is_flag=True, help="Measure simpler methods beside.")
@click.option("--gold-links", is_flag=True, help="Look for conflicts in the gold links, not in the claims.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="Accept links from this probability on.")
def command(
    gold: Path, as_json: bool, links: Path | None, baselines: bool, gold_links: bool, threshold: float | None
) -> None:
    """Measure the alignment on a file of annotated links.

    GOLD holds one story a line: {"story", "articles": [{"id", "sentences"}], "links": [[x, y,
    "same" or "partial"]], "ignore": [[x, y]], "conflicts": [[x, y, note]]}; x and y are
    "article:index". A pair is accepted when a link from the threshold on joins its sentences, or both
    stand in one claim; it is shown when pages have it in one claim.

    \b
    Examples:
      crossread evaluate tests/gold/shipped.jsonl
      crossread evaluate news.jsonl --baselines
      crossread evaluate news.jsonl --links links.jsonl --json
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.evaluate import evaluate, predictions
    from compare.model import Settings

    result = evaluate(gold, Settings(threshold=threshold), gold_links=gold_links, simple=baselines)
    if links is not None:
        _write(links, "".join(line + "\n" for line in predictions(result)))
    if as_json:
        said = {
            **result.figures,
            "statements": result.statements,
            "baselines": result.baselines,
            "signature": result.signature,
        }
        click.echo(json.dumps(said))
    else:
        _show(result)


def _write(path: Path, text: str) -> None:
    from compare.errors import OutputError

    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError("The links cannot be written", path=path, hint=str(error.strerror)) from error


def _show(result: Result) -> None:
    for group, values in result.figures.items():
        told = (f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in values.items())
        click.echo(f"{group:10s}" + "  ".join(told))
    for name, values in result.statements.items():
        click.echo(
            f"{name:10s}precision {values['precision']:.3f}  count {values['count']:.0f}  "
            f"recall {values['recall']:.3f}"
        )
    if result.baselines:
        click.echo(f"\n{'method':20s}{'links P':>9}{'R':>7}{'F1':>7}{'AP':>7}{'absent F1':>11}")
        for name, figures in {"crossread": result.figures, **result.baselines}.items():
            click.echo(f"{name:20s}{_row(figures)}")
    click.echo(result.signature)


def _row(figures: Figures) -> str:
    links = figures["links"]
    return (
        f"{links['precision']:9.3f}{links['recall']:7.3f}{links['f1']:7.3f}"
        f"{figures['ranking']['average_precision']:7.3f}{figures['absent']['f1']:11.3f}"
    )
