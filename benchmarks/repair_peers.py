"""Tools that mend text, behind one interface: ftfy, sacremoses' detokeniser, bifixer.

Each is the published code as its own command line calls it, on English text. A tool that is not
installed is named on stderr and left out.
"""

# ruff: noqa: PLC0415 - each tool is imported where it is made, so that any may be missing

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

Mend = Callable[[str], str]


def peers() -> Iterator[tuple[str, Mend]]:
    """Yield the name and function of each tool that is installed."""
    for name, make in (("ftfy", _ftfy), ("sacremoses", _sacremoses), ("bifixer", _bifixer)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"peer {name} skipped: {error}", file=sys.stderr)


def _ftfy() -> Mend:
    import ftfy

    return lambda text: str(ftfy.fix_text(text))


def _sacremoses() -> Mend:
    from sacremoses import MosesDetokenizer

    detokenizer = MosesDetokenizer(lang="en")
    return lambda text: str(detokenizer.detokenize(text.split()))


def _bifixer() -> Mend:
    """Return monofixer's restoration of characters, entities, punctuation and spelling."""
    from bifixer import restorative_cleaning as bifixer

    chars, chars_pattern = bifixer.getCharsReplacements("en")
    marks, marks_pattern = bifixer.getNormalizedPunctReplacements("en")
    spelling, detokenizing = bifixer.getReplacements("en"), bifixer.getDetokenizations("en")

    def mend(text: str) -> str:
        fixed = bifixer.fix(text, "en", chars, chars_pattern)
        fixed = bifixer.normalize(fixed, "en", marks, marks_pattern)
        return str(bifixer.ortho_detok_fix(fixed, spelling, detokenizing))

    return mend
