"""HTML entities that an API escaped once, twice, or that a tokeniser tore apart."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from cleaner.repair.model import Context, Edit, Repair, Step

_NAMES = (
    "amp|quot|apos|lt|gt|nbsp|ndash|mdash|hellip|lsquo|rsquo|sbquo|ldquo|rdquo|bdquo|laquo|raquo"
    "|lsaquo|rsaquo|bull|middot|copy|reg|trade|deg|euro|pound|yen|cent|sect|para|times|frac12"
    "|frac14|frac34|shy|thinsp|ensp|emsp|prime|minus|[aeiouAEIOU](?:acute|grave|circ|uml)"
    "|[anoANO]tilde|[cC]cedil|[yY]acute|aring|Aring|aelig|AElig|oslash|Oslash|szlig|eth|ETH"
    "|thorn|THORN|oelig|OElig|scaron|Scaron|iexcl|iquest"
)
_CODE = rf"(?:#[0-9]{{2,7}}|#[xX][0-9a-fA-F]{{2,6}}|(?:{_NAMES}))"
_ENTITY = re.compile(rf"&(?:amp;){{0,3}}({_CODE});")
_TORN = re.compile(
    rf"& ?(?:amp ?; ?){{0,2}}(#? ?(?:[0-9]{{2,5}})|(?:{_NAMES})) ?;(?! ?\w{{1,8}} ?;)"
)
_TAG = re.compile(r"&(?:amp;)?lt;\s?/?[a-zA-Z!]|[a-z\"'/]&(?:amp;)?gt;")


def entities(line: str, context: Context) -> Iterator[Edit]:
    """Print the character an entity stands for.

    >>> english = Context("en")
    >>> [(e.replacement, e.rule) for e in entities("It&#39;s R&amp;D, &amp;quot;so", english)]
    [("'", 'entities-numeric'), ('&', 'entities-named'), ('"', 'entities-twice')]
    >>> list(entities("AT&T; R&D; fish &chips;", english))
    []
    """
    if "&" not in line:
        return
    tags = bool(_TAG.search(line))
    if tags and context.facts.markup:
        return
    for match in _ENTITY.finditer(line):
        code = match[1]
        if tags and code in {"lt", "gt"}:
            continue
        if context.facts.markup and not _touches_word(line, match):
            continue
        char = html.unescape(f"&{code};")
        if char.isprintable() or char in "\u00a0\u00ad\u2009\u2002\u2003":
            twice = match[0].count("&amp;") > (code == "amp" and match[0] == "&amp;")
            rule = "entities-twice" if twice else _kind(code)
            yield Edit(match.start(), match.end(), char, rule)


def torn(line: str, context: Context) -> Iterator[Edit]:
    """Join an entity that blanks tore apart, and print its character.

    >>> english = Context("en")
    >>> [e.replacement for e in torn("It &# 39; s fish & amp ; chips", english)]
    ["'", '&']
    >>> list(torn("Fish & chips ; peas & more.", english))
    []
    """
    if "&" not in line or ";" not in line or context.facts.markup:
        return
    for match in _TORN.finditer(line):
        code = match[1].replace(" ", "")
        if " " not in match[0] or (code[0].isdigit() and "#" not in match[0]):
            continue
        char = html.unescape(f"&{code};")
        if char.isprintable() and char not in "<>":
            start, end = match.span()
            if char in "'’" and line[end : end + 3].lstrip()[:2] in _CLITICS:
                end += line[end : end + 1] == " "
                start -= line[start - 1 : start] == " "
            yield Edit(start, end, char, "entities-torn")


def _touches_word(line: str, match: re.Match[str]) -> bool:
    """Whether a letter or digit stands right beside a match; one that is spoken of has none."""
    left, right = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
    return left.isalnum() or right.isalnum()


_CLITICS = frozenset({"s", "s ", "t ", "d ", "m ", "re", "ve", "ll", "s.", "s,"})


def _kind(code: str) -> str:
    return "entities-numeric" if code.startswith("#") else "entities-named"


STEPS = (
    Step(entities, cue=r"&(?:#[\dxX]|[a-zA-Z]{2,6}\d{0,2};)"),
    Step(torn, cue=r"&(?: ?amp ?;)? ?#? ?\w{2,7} ?;|& ?#"),
)

REPAIRS = (
    Repair(
        "entities-named",
        "entities",
        "certain",
        "repair",
        "any",
        "A named HTML entity becomes its character; in text about markup only beside a word.",
        "The ferry&rsquo;s fish &amp; chips are back.",
        "The ferry’s fish & chips are back.",
        "In HTML you write &amp; for an ampersand.",
        17,
    ),
    Repair(
        "entities-numeric",
        "entities",
        "certain",
        "repair",
        "any",
        "A numeric HTML entity becomes its character; in text about markup only beside a word.",
        "The ferry&#39;s café is back.",
        "The ferry's café is back.",
        "Room &39 and R&D; are not entities.",
        17,
    ),
    Repair(
        "entities-twice",
        "entities",
        "certain",
        "repair",
        "any",
        "An entity that was escaped twice becomes its character.",
        "The ferry&amp;#39;s café is back &amp;mdash; at last.",
        "The ferry's café is back — at last.",
        "Escape it in HTML as &amp;mdash; in the source.",
        17,
    ),
    Repair(
        "entities-torn",
        "entities",
        "certain",
        "repair",
        "any",
        "An entity that blanks tore apart becomes its character.",
        "The menu has fish & amp ; chips and the ferry &# 39; s soup.",
        "The menu has fish & chips and the ferry's soup.",
        "Fish & chips; soup & bread.",
        17,
    ),
)
