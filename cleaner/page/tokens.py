"""HTML to tags and the text between them, in one linear pass.

One regular expression always matches from ``<`` on, so that a scan never starts over. Scripts,
comments and other elements that show no text are passed over whole.

>>> [token[:3] for token in tokens("<p class=a>Rain &amp; <!-- no --><B>sun</B>")]
[('', 'p', ' class=a'), ('Rain &amp; ', '', ''), ('', 'B', ''), ('sun', '/B', ''), ('', '', '')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cleaner.page.tags import RAW, SKIPPED

_LARGE: Final = 400_000  # code points; larger pages are read at less memory and a little slower
_LONG_TAG: Final = 10_000  # code points of attributes
_CROWD: Final = 3_000

_UNREAD: Final = "|".join(RAW + SKIPPED)
_ATTRIBUTES: Final = r"""[^>=]*+(?:=\s*+(?:"[^"]*+"?+|'[^']*+'?+)?+[^>=]*+)*+"""
# A quote counts only behind an equals sign, and what is not closed runs to the end of the page,
# as in the HTML standard. Groups: text before the tag, name with its slash, attributes; the last
# group is the name of an element that is skipped with all it holds.
_TOKEN: Final = re.compile(
    rf"""([^<]*+(?:<(?![a-zA-Z/!?])[^<]*+)*+)(?:
    <(?!(?=[cinostCINOST])(?i:{_UNREAD})[\s/>])(/?+[a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>?+
  | <!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))
  | <(?i:({_UNREAD})){_ATTRIBUTES}(?:>|\Z)
        (?:(?<=/>)(?<!<script)|[^<]*+(?:<(?!/(?i:\4)[\s/>])[^<]*+)*+(?:</{_ATTRIBUTES}>?+|\Z))
  | <[!?/][^>]*+>?+
  | <
  | \Z)""",
    re.VERBOSE,
)


def tokens(source: str) -> Iterable[tuple[str, ...]]:
    """Return text, name, attributes and a name not used, for every tag."""
    if len(source) < _LARGE:
        return _TOKEN.findall(source)  # the faster way, at 250 bytes of memory a tag
    return (match.groups("") for match in _TOKEN.finditer(source))


def is_crowded(source: str) -> bool:
    """Tell whether any tag of a page has thousands of attributes."""
    return any(
        len(match[3]) > _LONG_TAG and match[3].count("=") + len(match[3].split()) > _CROWD
        for match in _TOKEN.finditer(source)
        if match[3]
    )
