r"""Change one string of a JSON line and leave every other byte as it was.

>>> line = '{"id": 7,  "text": "caf\\u00e9"}'
>>> member = string_member(members(line), "text")
>>> member.value, spelling(line, member)
('café', 'ascii')
>>> put_string(line, member, quote("thé", "ascii"))
'{"id": 7,  "text": "th\\u00e9"}'
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

from cleaner.errors import InputError

_BLANKS = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DECODER = json.JSONDecoder()


class Member(NamedTuple):
    """A value of a JSON object and where its spelling stands in the line, in characters."""

    value: object
    start: int
    end: int


def members(line: str) -> dict[str, Member]:
    """Return the members of the JSON object that ``line`` is; of equal keys the last counts.

    Raises InputError when the line is not one JSON object.
    """
    try:
        return _members(line)
    except (ValueError, IndexError, RecursionError) as error:
        cause = error.msg if isinstance(error, json.JSONDecodeError) else "not a JSON object"
        raise InputError(f"not JSON: {cause}") from None


def string_member(members: Mapping[str, Member], key: str) -> Member:
    """Return the member ``key``. Raises InputError when there is no such string."""
    member = members.get(key)
    if member is None:
        raise InputError(f'no field "{key}"')
    if not isinstance(member.value, str):
        raise InputError(f'field "{key}" is not a string')
    return member


def put_string(line: str, member: Member, quoted: str) -> str:
    """Return the line with ``quoted`` in place of the member's value."""
    return line[: member.start] + quoted + line[member.end :]


def spelling(line: str, member: Member) -> str:
    """Return how a string is spelled: ``utf-8``, ``ascii``, or else the very spelling, quoted."""
    spelled = line[member.start : member.end]
    for style in ("utf-8", "ascii"):
        if quote(str(member.value), style) == spelled:
            return style
    return spelled


def quote(text: str, style: str) -> str:
    """Spell ``text`` as JSON in the manner of ``style``, which ``spelling`` returned."""
    if style == "ascii" or (style != "utf-8" and style.isascii()):
        return json.dumps(text)
    return spell(text)


def spell(value: object) -> str:
    """Spell a value as JSON that UTF-8 can hold: lone surrogates, and they alone, are escaped."""
    spelled = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


def _members(line: str) -> dict[str, Member]:
    found: dict[str, Member] = {}
    position = _token(line, _skip(line, 1 if line.startswith("\ufeff") else 0), "{")
    while line[position] != "}":
        if found:
            position = _token(line, position, ",")
        key, position = scanstring(line, _token(line, position, '"'), True)
        start = _token(line, _skip(line, position), ":")
        value, end = _DECODER.raw_decode(line, start)
        found[key] = Member(value, start, end)
        position = _skip(line, end)
    if _skip(line, position + 1) != len(line):
        raise json.JSONDecodeError("extra data", line, position + 1)
    return found


def _token(line: str, position: int, token: str) -> int:
    """Return the position after ``token``, which stands at ``position``, and blanks after it."""
    if line[position] != token:
        raise json.JSONDecodeError(f"{token} expected", line, position)
    return position + 1 if token == '"' else _skip(line, position + 1)


def _skip(line: str, position: int) -> int:
    found = _BLANKS.match(line, position)
    return found.end() if found else position
