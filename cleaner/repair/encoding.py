"""Text that was decoded with the wrong encoding, mended by ftfy window by window.

ftfy reads a whole text at a few MB/s; here it is asked only about runs of characters that begin
like UTF-8 read as a single-byte encoding, and with everything but the encoding repair left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from cleaner.repair.model import Context, Edit, Repair, Step

_LEAD = "\u00c2-\u00f4\u0192\u010c-\u0111"
_REST = "\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122"
CUE = f"[{_LEAD}][{_REST}]|[\u0080-\u009f]"
"""A UTF-8 lead byte and a continuation byte, as Latin-1, Windows-1252 and Windows-1250 show them,
or a C1 control character."""

_RUN = re.compile(r"[^\x00-\x7f]{2,200}")
SUSPICIOUS = re.compile(CUE)


def mojibake(line: str, context: Context) -> Iterator[Edit]:
    """Mend runs of wrongly decoded characters.

    >>> context = Context("fr")
    >>> [e.replacement for e in mojibake("Il est nÃ© lÃ\\xa0-bas, l’Ã©tÃ© dernier.", context)]
    ['é', 'à', '’é', 'é']
    >>> list(mojibake("LE CAFÉ» et l’été", context))
    []
    """
    if line.isascii() or context.facts.markup or not SUSPICIOUS.search(line):
        return
    runs = [m for m in _RUN.finditer(line) if SUSPICIOUS.search(m[0])]
    fixed = [_fixed(match[0]) for match in runs]
    sure = any(text != match[0] for text, match in zip(fixed, runs, strict=True))
    for text, match in zip(fixed, runs, strict=True):
        better = _decoded(match[0]) if sure and text == match[0] else text
        if better != match[0]:
            yield Edit(match.start(), match.end(), better, "encoding-mojibake")


@functools.lru_cache(maxsize=1024)
def _fixed(run: str) -> str:
    import ftfy  # noqa: PLC0415 - 0.1 s to import, and seldom needed

    return str(ftfy.fix_encoding(run))


def _decoded(run: str) -> str:
    """Decode a run as its neighbours were decoded, where it has that reading."""
    try:
        return run.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return run


STEPS = (Step(mojibake, cue=CUE),)

REPAIRS = (
    Repair(
        "encoding-mojibake",
        "encoding",
        "certain",
        "repair",
        "any",
        "Text that was read in the wrong encoding is read in the right one.",
        "The ferryâ€™s cafÃ© opens at noon.",
        "The ferry’s café opens at noon.",
        "SÃO PAULO and the CAFÉ® brand are spelt right.",
        43,
    ),
)
