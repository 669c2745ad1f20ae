"""Selectors of DOM rules: compounds of name, class, id and attributes, and descendants of these.

>>> side = parse_selector("main div.promo")
>>> [part.matches("div", {"class": "promo big"}) for part in side]
[False, True]
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_NAME: Final = r"[A-Za-z_][\w:-]*"
_PIECE: Final = re.compile(
    rf"""(?P<tag>{_NAME}|\*)|\.(?P<cls>{_NAME})|\#(?P<id>{_NAME})
    |\[(?P<attr>{_NAME})(?:="?(?P<value>[^\]"]*)"?)?\]""",
    re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']*)))?""")


class Compound(NamedTuple):
    """What one element must be: ``tag`` ("" for any), classes, and attributes (None: present)."""

    tag: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]

    def matches(self, tag: str, attributes: dict[str, str]) -> bool:
        """Tell whether an element is of this kind."""
        if self.tag and self.tag != tag:
            return False
        if not self.classes.issubset(attributes.get("class", "").split()):
            return False
        return all(
            name in attributes and value in (None, attributes[name])
            for name, value in self.attributes
        )


Selector = tuple[Compound, ...]  # outermost first


def parse_selector(text: str) -> Selector:
    """Return the compounds of a selector. Raises ValueError for what is not understood."""
    parts = text.split()
    if not parts:
        raise ValueError("an empty selector")
    return tuple(_compound(part) for part in parts)


def attributes_of(raw: str) -> dict[str, str]:
    """Return the attributes in the text of a tag; the first of a name counts.

    >>> attributes_of(' CLASS="a b" hidden id=x')
    {'class': 'a b', 'hidden': '', 'id': 'x'}
    """
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(raw):
        found.setdefault(name.lower(), "".join(values))
    return found


def _compound(text: str) -> Compound:
    tag, position = "", 0
    classes: set[str] = set()
    attributes: list[tuple[str, str | None]] = []
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None or (piece["tag"] and position):
            raise ValueError(f"not a selector: {text!r}")
        if piece["tag"]:
            tag = "" if piece["tag"] == "*" else piece["tag"].lower()
        elif piece["cls"]:
            classes.add(piece["cls"])
        elif piece["id"]:
            attributes.append(("id", piece["id"]))
        else:
            attributes.append((piece["attr"].lower(), piece["value"]))
        position = piece.end()
    return Compound(tag, frozenset(classes), tuple(attributes))
