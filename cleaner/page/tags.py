"""What the names of HTML elements mean for reading a page as blocks of text.

The groups follow the HTML standard's default style sheet and its rules for implied end tags
(https://html.spec.whatwg.org/multipage/parsing.html), as facts.
"""

from __future__ import annotations

from typing import Final

# Their content is not visible text, or is the fallback for what a browser shows instead.
RAW: Final = ("script", "style")
SKIPPED: Final = (
    "noscript", "template", "svg", "iframe", "object", "canvas", "noframes", "noembed", "title",
    "textarea",
)  # fmt: skip

VOID: Final = frozenset(
    "area base br col embed frame hr img input link meta param source track wbr keygen".split()
)

# Elements that run on within a line of text.
INLINE: Final = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr
    output q rb rp rt rtc ruby s samp small span strike strong sub sup time tt u var map picture
    progress slot math mi mn mo ms mtext mrow msup msub mfrac msqrt semantics annotation
    blink picture amp-img g-emoji""".split()
)

BOLD: Final = frozenset({"b", "strong"})
CELLS: Final = frozenset({"td", "th"})
TABLE_PARTS: Final = CELLS | {"table", "tr", "thead", "tbody", "tfoot", "caption", "colgroup"}
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# An open <p> ends where one of these begins.
ENDS_PARAGRAPH: Final = frozenset(
    """address article aside blockquote center details dialog dir div dl fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li dd dt main menu nav ol p pre search section
    summary table ul""".split()
)

# A new element of the key ends an open one of the values, unless a fence stands between them.
ENDS_SIBLING: Final = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("tr",),
    "tbody": ("tbody", "thead", "tfoot"),
    "thead": ("tbody", "thead", "tfoot"),
    "tfoot": ("tbody", "thead", "tfoot"),
}
FENCES: Final = {
    "li": ("ul", "ol", "menu", "dir", "td", "th"),
    "dt": ("dl", "td", "th"),
    "dd": ("dl", "td", "th"),
}
TABLE_FENCE: Final = ("table",)
# An end tag does not reach out of the table cell it stands in, unless it ends part of a table.
END_FENCE: Final = ("table", "td", "th", "caption")
