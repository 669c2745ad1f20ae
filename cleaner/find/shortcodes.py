"""Shortcodes of content management systems that stand in the text as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.find.context import Context
from cleaner.find.named import SHORTCODE
from cleaner.types import Decision

# ``[name key=value key="value"]`` or ``[/name]``, in folded text. What has no attribute, such as
# [music], may be a remark.
_SHORTCODE = re.compile(
    r"""\[(?:/[a-z][\w-]*|[a-z][\w-]*(?:\s+[\w-]+=(?:"[^"\]]*"|'[^'\]]*'|[^\s\]"']+))+\s*/?)\]""",
    re.I,
)
# An article that uses this word may show some.
_SUBJECT = "shortcode"


def find_shortcodes(context: Context) -> Iterator[Decision]:
    """Propose the lines that are nothing but a shortcode."""
    for number, line in enumerate(context.lines):
        if line[0] == "[" and _SHORTCODE.fullmatch(line):
            if _SUBJECT in context.document.bare:
                return
            yield context.propose(context.span(number), SHORTCODE, SHORTCODE.summary)
