"""Trafilatura's answer for a page, told block by block.

>>> in_answer(["Home", "The rain came at noon.", "More news"], "The rain came at noon.")
[0.0, 1.0, 0.0]
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"\w+")
_RUN: Final = 4  # words that tell a place in the text
_SKIP: Final = 400  # code points of the answer that a short block may lie behind the last one


def ask_trafilatura(source: str) -> str:
    """Return trafilatura's text of a page, comments left out; "" where it finds none.

    It parses the page itself, and never opens a connection.
    """
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(source, include_comments=False) or ""


def in_answer(lines: list[str], answer: str) -> list[float]:
    """Return for each block the share of its words that stand in an answer, 0 to 1.

    Blocks of four words and more count by runs of four words, wherever these stand. Shorter ones
    must follow, in the answer, soon after the last block found.
    """
    words = _WORD.findall(answer.lower())
    runs = set(zip(*(words[i:] for i in range(_RUN)), strict=False))
    text = f" {' '.join(words)} "
    shares, position = [], 0
    for line in lines:
        own = _WORD.findall(line.lower())
        if len(own) >= _RUN:
            inside = [run in runs for run in zip(*(own[i:] for i in range(_RUN)), strict=False)]
            share = sum(inside) / len(inside)
            start = " ".join(own[:_RUN])
            found = text.find(f" {start} ", position) if inside[0] else -1
        else:
            start = " ".join(own)
            found = text.find(f" {start} ", position, position + _SKIP) if own else -1
            share = float(found >= 0)
        if found >= 0:
            position = found + len(" ".join(own)) if share == 1 else found + len(start)
        shares.append(share)
    return shares
