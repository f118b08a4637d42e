"""The extra ``semantic``: what a sentence-embedding model says of two sentences.

Nothing imports this unless a setting names a model. Models are loaded through sentence-transformers:
a name it knows or a local path; once a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.errors import CrossreadError
from compare.similarity import Pairs

BATCH = 64
HALF = 0.5  # cosine above which unrelated sentences are seldom found


def features(pairs: Pairs, model: str) -> dict[str, NDArray[np.float64]]:
    """Two features of every pair.

    Args:
        pairs: The candidates.
        model: Name or path of a sentence-transformers model.

    Returns:
        ``meaning``, the cosine of both embeddings, and ``meaning_close``, its part above one half.

    Raises:
        CrossreadError: The extra is not installed or the model cannot be loaded.
    """
    table = cosines([sentence.text for sentence in pairs.sentences], model)
    cosine = table[pairs.left, pairs.right]
    return {"meaning": cosine, "meaning_close": np.maximum(cosine - HALF, 0)}


def cosines(texts: Sequence[str], model: str) -> NDArray[np.float64]:
    """Cosine of the embeddings of every two texts, in whole 1,000ths, -1..1.

    Rounded, because the last digits depend on the processor.

    Raises:
        CrossreadError: As for ``features``.
    """
    return _cosines(tuple(texts), model)


@lru_cache(maxsize=2)  # a story's sentences are asked for twice in a row
def _cosines(texts: tuple[str, ...], model: str) -> NDArray[np.float64]:
    if not texts:
        return np.zeros((0, 0))
    encoder = _encoder(model)
    vectors = np.asarray(
        encoder.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False),
        dtype=np.float64,
    )
    product: NDArray[np.float64] = np.nan_to_num(vectors @ vectors.T).astype(np.float64)
    return product.round(3)


@cache
def _encoder(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise CrossreadError(
            "The setting semantic needs the extra that brings sentence-transformers",
            hint='Install it with: pip install "crossread[semantic]"',
        ) from error
    try:
        return SentenceTransformer(model, device="cpu")
    except (OSError, ValueError) as error:
        first = str(error).strip().split("\n")[0][:200]
        raise CrossreadError(
            f"The sentence-transformers model {model} cannot be loaded",
            hint=f"Give a local path or a known name. It said: {first}",
        ) from error
