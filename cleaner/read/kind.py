"""Tell a page of HTML from bare text."""

from __future__ import annotations

import re
from typing import Literal

from cleaner.types import Kind

# Code points (bytes) looked at; a page shows itself at its start.
_HEAD = 4_000
# A page starts with markup that no text starts with, or holds an element that only pages hold.
_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"\s*<(?:div|p|article|section|main|table|ul|h[1-6])\b[^>]{0,500}>", re.I)
_CLOSING = re.compile(r"</(?:div|p|article|section|main|table|ul|h[1-6]|html|body)>", re.IGNORECASE)


def kind_of(source: str | bytes) -> Kind:
    """Return what a source is.

    >>> kind_of("<!DOCTYPE html><title>Mill</title>"), kind_of(b"<p>The mill</p>")
    ('html', 'html')
    >>> kind_of("The <p> element starts a paragraph."), kind_of("<unk> reopened")
    ('text', 'text')
    """
    head = source[:_HEAD]
    text = (
        head.decode("latin-1").lstrip("ï»¿") if isinstance(head, bytes) else head.lstrip("\ufeff")
    )
    if _START.match(text) or (_FRAGMENT.match(text) and _CLOSING.search(text)):
        return "html"
    return "text"


SourceKind = Literal["auto"] | Kind
