"""Measures of predicted links against gold ones, micro-averaged over all pairs of all stories.

links: precision, recall, F1 of accepted pairs. shown: precision and recall of the pairs that pages show as
one claim, which are fewer and surer. ranking: average precision of the scores, and the
expected calibration error (ten bins, pairs scored above 0.05). absent: precision, recall, F1 of
"no sentence of that article matches this sentence". conflicts: of the disputed findings the share that
has a gold conflict among its pairs (those whose pairs gold ignores count neither way), and of the gold
conflicts the share that a finding covers; the same by kind, where a kind's recall is its share of all
gold conflicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compare.evaluate.gold import GoldStory, Pair
from compare.model import Claim

BINS = 10
FAINT = 0.05
Figures = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disputed finding: its kind, and the pairs of sentences that it sets against each other."""

    kind: str
    pairs: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a method says of one story.

    Attributes:
        scores: Pair → 0..1; pairs that are not listed score 0.
        accepted: Pairs that are taken for links.
        shown: Those of them that pages show; none for a method that makes no claims.
        disputes: The disputed findings.
        claims: As pages show them; none for a method that makes no claims.
    """

    scores: Mapping[Pair, float]
    accepted: frozenset[Pair]
    shown: frozenset[Pair] = frozenset()
    disputes: tuple[Dispute, ...] = ()
    claims: tuple[Claim, ...] = ()


def measure(gold: Sequence[GoldStory], predicted: Sequence[Predicted]) -> Figures:
    """Compare; both sequences hold the same stories in the same order."""
    count: Counter[str] = Counter()
    ranked: list[tuple[float, bool]] = []
    for story, said in zip(gold, predicted, strict=True):
        _count_links(story, said, count)
        _count_absent(story, said, count, ranked)
    labels = sorted({label for story in gold for label in story.links.values()})
    precision = _ratio(count["true"], count["accepted"])
    recall = _ratio(count["true"], count["gold"])
    absent_precision = _ratio(count["absent both"], count["absent said"])
    absent_recall = _ratio(count["absent both"], count["absent gold"])
    return {
        "links": {
            "precision": precision,
            "recall": recall,
            "f1": _f1(precision, recall),
            "gold": count["gold"],
            "accepted": count["accepted"],
            **{f"recall_{label}": _ratio(count[f"hit {label}"], count[label]) for label in labels},
        },
        "shown": {
            "precision": _ratio(count["shown true"], count["shown"]),
            "recall": _ratio(count["shown true"], count["gold"]),
            "count": count["shown"],
        },
        "ranking": {
            "average_precision": average_precision(ranked),
            "ece": calibration_error(ranked),
            "pairs": len(ranked),
        },
        "absent": {
            "precision": absent_precision,
            "recall": absent_recall,
            "f1": _f1(absent_precision, absent_recall),
            "gold": count["absent gold"],
        },
        "conflicts": {
            "precision": _ratio(count["right"], count["flagged"]),
            "recall": _ratio(count["caught"], count["conflicts"]),
            "gold": count["conflicts"],
            "flagged": count["flagged"],
            **_by_kind(count),
        },
    }


def _by_kind(count: Counter[str]) -> dict[str, float]:
    told: dict[str, float] = {}
    for kind in sorted({name.partition(" ")[2] for name in count if name.startswith("flagged ")}):
        told[f"{kind}_precision"] = _ratio(count[f"right {kind}"], count[f"flagged {kind}"])
        told[f"{kind}_recall"] = _ratio(count[f"caught {kind}"], count["conflicts"])
        told[f"{kind}_flagged"] = count[f"flagged {kind}"]
    return told


def _count_links(story: GoldStory, said: Predicted, count: Counter[str]) -> None:
    counted = said.accepted - story.ignore
    count["gold"] += len(story.links)
    count["accepted"] += len(counted)
    count["true"] += sum(pair in story.links for pair in counted)
    count["shown"] += len(said.shown - story.ignore)
    count["shown true"] += sum(pair in story.links for pair in said.shown)
    for pair, label in story.links.items():
        count[label] += 1
        count[f"hit {label}"] += pair in said.accepted
    _count_disputes(story, said, count)


def _count_disputes(story: GoldStory, said: Predicted, count: Counter[str]) -> None:
    covered: set[Pair] = set()
    for dispute in said.disputes:
        hit = dispute.pairs & story.conflicts
        count[f"caught {dispute.kind}"] += len(hit - covered)
        covered |= hit
        if hit or not dispute.pairs <= story.ignore:
            for name in ("", f" {dispute.kind}"):
                count[f"flagged{name}"] += 1
                count[f"right{name}"] += bool(hit)
    count["conflicts"] += len(story.conflicts)
    count["caught"] += len(covered)


def _count_absent(
    story: GoldStory, said: Predicted, count: Counter[str], ranked: list[tuple[float, bool]]
) -> None:
    """Every sentence against every other article; pairs are ranked once, the smaller name's side."""
    names = {a: [f"{a}:{n}" for n in range(len(s))] for a, s in story.articles.items()}
    for article, sentences in names.items():
        for other, others in names.items():
            if article == other:
                continue
            for sentence in sentences:
                pairs = [(sentence, s) if sentence < s else (s, sentence) for s in others]
                linked = any(pair in story.links for pair in pairs)
                if not linked and any(pair in story.ignore for pair in pairs):
                    continue
                found = any(pair in said.accepted and pair not in story.ignore for pair in pairs)
                count["absent gold"] += not linked
                count["absent said"] += not found
                count["absent both"] += not linked and not found
                if article < other:
                    ranked += [
                        (said.scores.get(pair, 0.0), pair in story.links)
                        for pair in pairs
                        if pair not in story.ignore
                    ]


def average_precision(ranked: Iterable[tuple[float, bool]]) -> float:
    """Mean precision over the gold pairs by falling score; equal scores count as one block."""
    blocks: dict[float, list[int]] = {}
    for score, gold in ranked:
        block = blocks.setdefault(score, [0, 0])
        block[0] += 1
        block[1] += gold
    seen = hits = 0
    total = 0.0
    for score in sorted(blocks, reverse=True):
        size, good = blocks[score]
        seen += size
        hits += good
        total += good * hits / seen
    return _ratio(total, hits)


def calibration_error(ranked: Iterable[tuple[float, bool]]) -> float:
    """Mean gap between score and share of gold pairs over ten equal bins, weighted by their pairs."""
    totals, hits, count = [0.0] * BINS, [0] * BINS, 0
    for score, gold in ranked:
        if score > FAINT:
            cell = min(BINS - 1, int(score * BINS))
            totals[cell] += score
            hits[cell] += gold
            count += 1
    return _ratio(sum(abs(total - hit) for total, hit in zip(totals, hits, strict=True)), count)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return _ratio(2 * precision * recall, precision + recall)
