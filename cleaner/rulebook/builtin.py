"""Classes of words that no list can hold: numbers, names, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.rulebook.marks import LETTER
from cleaner.rulebook.needs import DIGIT, DIGITS

# Those of plain text, in which most accents are left out (``cleaner.read.fold.plain``).
_CAPITALS = "A-ZÄÅÆÐÖØÜÞĦŊŒŦΑ-ΩЀ-Я"
_CAPITAL = f"(?-i:[{_CAPITALS}])[^ ,;:!?()|/]*"
_PARTICLE = "(?-i:de|la|van|der|den|von|al|bin|del|di|da) "
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?[.,]? )?"
_ZONE = "utc|gmt|et|est|edt|pt|pst|pdt|bst|cet|ist"

BUILT_IN: Mapping[str, str] = {
    "word": f"{LETTER}+(?:'{LETTER}+)?",
    "number": r"\d[\d.,]*(?: ?(?:k|m|million))?",
    "name": f"{_CAPITAL}(?: (?:{_PARTICLE}){{0,2}}{_CAPITAL}){{0,4}}",
    "date": (
        rf"{_WEEKDAY}(?:{_MONTH} (?:{_DAY}(?:,? {_YEAR})?|{_YEAR})|"
        rf"{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?|{_YEAR}-\d\d-\d\d|"
        r"\d\d?/\d\d?/\d{2,4}|\d\d?\.\d\d?\.\d{2,4}|"
        rf"{_YEAR} ?[年년./] ?\d\d?[月월./] ?\d\d?[日일.]?)"
    ),
    "time": (
        rf"(?:at )?\d{{1,2}}(?:[:.]\d\d){{0,2}}(?: ?[ap]\.?m\.?)?(?: (?:{_ZONE}))?|"
        r"\d\d?[時时点點] ?(?:\d\d?分)?"
    ),
    "handle": f"@{LETTER}+",
    "email": r"[^ @]{1,64}@[^ @]{1,80}\.[^ @]{1,20}",
    "url": r"(?:https?://|www\.)[^ ]+",
}
_MONTHS = re.findall(r"[a-z]+", _MONTH.replace("(?:", ""))
NEEDS: Mapping[str, tuple[frozenset[str], ...]] = {
    "number": (frozenset({DIGIT}),),
    "time": (frozenset({DIGIT}),),
    "date": (frozenset({DIGIT}), frozenset({*_MONTHS, DIGITS})),
}
_DAYS = "mon tue tues wed wednes thu thur thurs fri sat satur sun".split()
# What is built in and can start, or end, with some words only.
FIRST: Mapping[str, frozenset[str]] = {
    "number": frozenset({DIGIT}),
    "time": frozenset({DIGIT, "at"}),
    "date": frozenset({DIGIT, *_MONTHS, *_DAYS, *(f"{day}day" for day in _DAYS)}),
    "url": frozenset({"http", "https", "www"}),
}
LAST: Mapping[str, frozenset[str]] = {
    "number": frozenset({DIGIT, "k", "m", "million"}),
    "time": frozenset({DIGIT, "am", "pm", "m", *_ZONE.split("|")}),
    "date": frozenset({DIGIT, *_MONTHS}),
}
# Words; names and addresses of the web are the longest of what is built in.
LONGEST = 15
