"""``crossread explain``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli.site_folder import in_site

if TYPE_CHECKING:
    from compare.model import Claim
    from compare.one_story.explain import Receipt

_DECIDERS = {"model": "by the model", "words": "since both have the same words", "editor": "by the editor"}


@click.command("explain")
@click.argument("story")
@click.argument("claim")
@in_site
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def command(story: str, claim: str, root: Path, as_json: bool) -> None:
    """Print the receipt of one claim.

    CLAIM is the claim's id (8 hex digits, as in its permalink), the start of it, or the id of one
    of its sentences. The receipt lists each article's reading, the links with their features and
    weights, the rivals that stayed outside, and the rule behind each finding.

    \b
    Examples:
      crossread explain harbour-bridge 4f2a91c0
      crossread explain harbour-bridge coast-radio/1a2b3c4d --json
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.one_story import open_story
    from compare.one_story.explain import explain

    receipt = explain(open_story(root, story), claim)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(receipt), indent=2).decode())
        return
    _show_claim(receipt.claim)
    _show_links(receipt)
    for finding in receipt.claim.findings:
        sides = " / ".join(variant.value for variant in finding.variants)
        disputed = " (disputed)" if finding.disputed else ""
        click.echo(f"finding {finding.rule}{disputed}: {sides}  {finding.note}".rstrip())
    click.echo(f"links count from {receipt.threshold:g}; {receipt.signature}")


def _show_claim(claim: Claim) -> None:
    corrected = ", corrected by the editor" if claim.corrected else ""
    click.echo(click.style(f"claim {claim.id}", bold=True) + f"{corrected}; base reading: {claim.base}")
    for reading in claim.readings:
        name = click.style(reading.article, fg="cyan")
        click.echo(f"  {name} ({reading.state}, {reading.probability:.2f})")
        for sentence in reading.told:
            click.echo(f"    {sentence.id}  {sentence.text}")
        for sentence in reading.also:
            click.echo(f"    {sentence.id}  {sentence.text}  (of another claim, states a part of this)")
        if reading.nearest is not None:
            click.echo(f"    nearest: {reading.nearest.sentence} at {reading.nearest.probability:.2f}")


def _show_links(receipt: Receipt) -> None:
    from compare.one_story.explain import log_odds

    for link in receipt.links:
        counts = "counts" if link.probability >= receipt.threshold else "too weak to count"
        judged = f"{link.probability:.3f}, {counts}, {_DECIDERS[link.decided_by]}"
        click.echo(f"link {link.x} – {link.y}: {judged}")
        for evidence in link.evidence:
            click.echo(f"    {evidence.feature:<24} {evidence.weight:+6.2f}")
        if link.evidence:
            rest = log_odds(link.probability) - sum(evidence.weight for evidence in link.evidence)
            click.echo(f"    {'bias and rounding':<24} {rest:+6.2f}")
    for rival in receipt.rivals:
        click.echo(f"rival {rival.sentence.id} of {rival.member.id}: {rival.probability:.3f}")
        click.echo(f"    {rival.sentence.text}")
