"""What a page says about itself: title, author, date, site, language, canonical address.

From Open Graph and other ``<meta>``, JSON-LD, ``<link rel=canonical>``, ``<html lang>`` and
``<title>``; first come, first served in that order.

>>> from cleaner.page.parse import parse
>>> source = '<html lang="en-GB"><title>Rain | Post</title><meta property=og:title content=Rain>'
>>> page_meta(source, parse(source).head)
{'title': 'Rain', 'language': 'en'}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from typing import Any, Final

import msgspec

from cleaner.page.selector import attributes_of
from cleaner.read.decode import storable
from cleaner.read.language import language_code

_NAMES: Final = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"),
    "date": (
        "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "publish-date", "pubdate", "parsely-pub-date", "sailthru.date",
    ),
    "site": ("og:site_name", "application-name"),
    "url": ("og:url",),
    "description": ("og:description", "description"),
}  # fmt: skip
_TITLE: Final = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_KEY: Final = re.compile(r"""(?:property|name|itemprop)\s?=\s?["']?([^\s"'>]+)""")
_KEYS: Final = frozenset(chain(*_NAMES.values(), ("og:locale",)))
_DATA: Final = "application/ld+json"
_SCRIPT: Final = "<script"
_SCRIPT_END: Final = "</script"
_TAG_CHARS: Final = 500
_LD_CHARS: Final = 1_000_000
_LD_ITEMS: Final = 2_000
_BARE_CONTROL: Final = re.compile(r"[\x00-\x1f]+")


def page_meta(source: str, head: list[tuple[str, str]]) -> dict[str, str]:
    """Return what is known of ``title author date site url language description``.

    Keys without a value are left out.
    """
    found: dict[str, str] = {}
    named: dict[str, str] = {}
    language = canonical = moment = ""
    for tag, raw in head:
        if tag == "time":
            moment = moment or attributes_of(raw).get("datetime", "")
        elif tag == "meta" and not _KEYS.isdisjoint(_KEY.findall(raw.lower())):
            attributes = attributes_of(raw)
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            if key and attributes.get("content", "").strip():
                named.setdefault(key.lower(), unescape(attributes["content"]).strip())
        elif tag == "link" and "canonical" in raw:
            canonical = canonical or attributes_of(raw).get("href", "")
        elif tag == "html":
            language = language or attributes_of(raw).get("lang", "")
    data = _linked_data(source)
    for key, names in _NAMES.items():
        values = [named[name] for name in names if name in named]
        if key == "author":
            values = [value for value in values if "://" not in value]
        found[key] = next(iter(values), "") or data.get(key, "")
    title = _TITLE.search(source)
    found["title"] = found["title"] or (unescape(title[1]).strip() if title else "")
    found["date"] = found["date"] or moment
    found["url"] = canonical or found["url"]
    found["language"] = language_code(language or named.get("og:locale", ""))
    return {key: storable(" ".join(value.split())) for key, value in found.items() if value}


def _linked_data(source: str) -> dict[str, str]:
    """Return what JSON-LD says of the article."""
    found: dict[str, str] = {}
    for script in _scripts(source):
        value = _decoded(script) or _decoded(_BARE_CONTROL.sub(" ", script))
        for item in _items(value):
            if "headline" in item or "datePublished" in item:
                _from_item(item, found)
    return found


def _decoded(script: str) -> Any:
    """Return the value of JSON; None for what is none, or nested too deep."""
    try:
        return msgspec.json.decode(script)
    except (ValueError, RecursionError):  # ValueError, and not its DecodeError: lone surrogates
        return None


def _scripts(source: str) -> Iterator[str]:
    """Yield the JSON-LD of a page, script by script.

    >>> list(_scripts('<p>application/ld+json</p><script type="application/ld+json">{}</script>'))
    ['{}']
    """
    place = source.find(_DATA)
    while place >= 0:
        tag = source.rfind("<", max(place - _TAG_CHARS, 0), place)
        if tag >= 0 and source[tag : tag + len(_SCRIPT)].lower() == _SCRIPT:
            start = source.find(">", place) + 1
            place = _script_end(source, start) if start else len(source)
            if start and place - start <= _LD_CHARS:
                yield source[start:place]
        place = source.find(_DATA, place + 1)


def _script_end(source: str, start: int) -> int:
    end = source.find("</", start)
    while end >= 0 and source[end : end + len(_SCRIPT_END)].lower() != _SCRIPT_END:
        end = source.find("</", end + 1)
    return end if end >= 0 else len(source)


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """Walk over the objects in decoded JSON, outermost first, up to a bound."""
    waiting, count = [value], 0
    while waiting and count < _LD_ITEMS:
        value = waiting.pop(0)
        count += 1
        if isinstance(value, dict):
            yield value
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]
        elif isinstance(value, list):
            waiting += [inner for inner in value if isinstance(inner, dict | list)]


def _from_item(item: dict[str, Any], found: dict[str, str]) -> None:
    for key, name in (
        ("title", "headline"),
        ("date", "datePublished"),
        ("description", "description"),
    ):
        if isinstance(item.get(name), str):
            found.setdefault(key, unescape(item[name]))
    people = _named(item.get("author"))
    if people:
        found.setdefault("author", ", ".join(people))
    publisher = _named(item.get("publisher"))
    if publisher:
        found.setdefault("site", publisher[0])


def _named(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in values]
    return [name for name in names if isinstance(name, str) and name.strip()]
