"""The language of a text.

Belongs here: asking the detector and when not to believe it. Does not belong here: what is done
with texts of other languages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ingest.articles.decode import has_letters

_SAMPLE = 600
_FEWEST_LETTERS = 24
_LEAST_SURE = 0.6


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the text's language, None where it is too short or unsure to say."""
    # From the middle as well as from the start: a title in capitals or a foreign name misleads.
    middle = max(len(text) // 2, _SAMPLE)
    sample = text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE]
    if not has_letters(sample, _FEWEST_LETTERS):
        return None
    code, sureness = _identifier().classify(sample)
    return str(code) if sureness >= _LEAST_SURE and len(code) == 2 else None
