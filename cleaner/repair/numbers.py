"""Blanks inside times, numbers, prices and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gates import looks_like_code, looks_like_table
from cleaner.repair.model import Context, Edit, Repair, Step

_UNIT = r"(?:%|percent\b|per cent\b|million\b|billion\b|trillion\b|bn\b|m\b|km\b|kg\b|points?\b)"
_TIME_LEFT = re.compile(r"(?<![\d:.,])\d{1,2}( ):[0-5]\d(?![\d:])")
_HALF_DAY = r"(?= ?(?:[ap]\.? ?m\b|[AP]\.? ?M\b|GMT|UTC|[CE]ST|o['’]clock))"
_TIME_RIGHT = re.compile(rf"(?<![\d:.,])(?:[01]?\d|2[0-3])( ?: )[0-5]\d{_HALF_DAY}")
_CLOCK = re.compile(
    r"(?:(?<=\bat )|(?<=\bby )|(?<=\btil ))(?:[01]?\d|2[0-3])(: )[0-5]\d(?![\d:])"
    r"(?! ?(?:[ap]\.? ?m\b|[AP]\.? ?M\b|GMT|UTC|[CE]ST|o['’]clock))"
)
_THOUSAND_LEFT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){0,3}( , ?)\d{3}(?!\d)")
_THOUSAND_RIGHT = re.compile(
    r"(?<![\d.,])(?<!\d, )\d{1,3}(?:,\d{3}){0,3},( )"
    r"\d{3}(?![\d,])(?!, \d)"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[$€£¥]|\b(?:about|above|almost|another|approximately|around|below|by|exceed|exceeding"
    r"|exceeds|least|most|nearly|of|over|roughly|some|than|to|under|up to)(?: about)? )\Z"
)
_DECIMAL = re.compile(
    rf"(?<![\d.,])(?:\d{{1,3}}|[$€£]\d{{1,4}})(\. | \. ?)\d{{1,4}}(?= ?-?{_UNIT})"
)
_CURRENCY = re.compile(r"(?:(?<=[\s(“\"‘'—–-])|\A)[$£€]( )\d")
_INITIALS = re.compile(
    r"(?<![\w.])(?:U\.( )[SKN]\.(?:( )A\.)?|D\.( )C\.|E\.( )U\.|[ap]\.( )m\.(?! \w\.)"
    r"|e\.( )g\.|i\.( )e\.|Ph\.( )D\.)"
)


def times(line: str, context: Context) -> Iterator[Edit]:
    """Close up a time of day.

    >>> english = Context("en")
    >>> [e.start for e in times("The ferry leaves at 10 :30, or at 11: 15 a.m.", english)]
    [22, 36]
    >>> list(times("It ended 3 : 2, as John 3: 16 says, in 16 : 9.", english))
    []
    """
    if ":" in line:
        for pattern in (_TIME_LEFT, _TIME_RIGHT, _CLOCK)[: 3 if context.english else 1]:
            for match in pattern.finditer(line):
                colon = ":" if ":" in match[1] else ""
                yield Edit(match.start(1), match.end(1), colon, "spacing-time")


def thousands(line: str, context: Context) -> Iterator[Edit]:
    """Close up the groups of a large number.

    >>> english = Context("en")
    >>> [e.start for e in thousands("about 450 ,000 people and 450,000", english)]
    [9]
    >>> list(thousands_right("errors 301, 302 and 404, 500 too", english))
    []
    """
    if context.english and "," in line:
        for match in _THOUSAND_LEFT.finditer(line):
            before = line[max(0, match.start() - 20) : match.start()]
            if match[1] == " ," or match[0].endswith("000") or _AMOUNT_BEFORE.search(before):
                yield Edit(match.start(1), match.end(1), ",", "spacing-thousands")


def thousands_right(line: str, context: Context) -> Iterator[Edit]:
    """Close up a blank after the comma of a price or a round number."""
    if context.english and ", " in line:
        for match in _THOUSAND_RIGHT.finditer(line):
            before = line[max(0, match.start() - 20) : match.start()]
            if match[0].endswith("000") or _AMOUNT_BEFORE.search(before):
                yield Edit(match.start(1), match.end(1), "", "spacing-thousands")


def decimals(line: str, context: Context) -> Iterator[Edit]:
    """Close up a decimal fraction that a unit follows.

    >>> english = Context("en")
    >>> [e.start for e in decimals("It grew by 3. 5 percent.", english)]
    [12]
    >>> list(decimals("See section 3. 5 people came. In 2024. 15 per cent left.", english))
    []
    """
    if context.english and (". " in line or " ." in line):
        for match in _DECIMAL.finditer(line):
            yield Edit(match.start(1), match.end(1), ".", "spacing-decimal")


def currency(line: str, context: Context) -> Iterator[Edit]:
    """Close up a currency sign and its amount.

    >>> [e.start for e in currency("It costs $ 5.", Context("en"))]
    [10]
    >>> list(currency("Het kost € 5.", Context("nl")))
    []
    """
    if not context.english or context.stacked or looks_like_table(line) or looks_like_code(line):
        return
    for match in _CURRENCY.finditer(line):
        yield Edit(match.start(1), match.end(1), "", "spacing-currency")


def initials(line: str, context: Context) -> Iterator[Edit]:
    """Close up abbreviations from a closed list.

    >>> [e.start for e in initials("The U. S. ferry leaves at 5 p. m. sharp.", Context("en"))]
    [6, 30]
    """
    if context.english and ". " in line:
        for match in _INITIALS.finditer(line):
            for group in range(1, len(match.groups()) + 1):
                if match[group]:
                    yield Edit(match.start(group), match.end(group), "", "spacing-initials")


STEPS = (
    Step(times, cue=r"\d :\d\d|\d ?: \d\d"),
    Step(thousands, cue=r"\d , ?\d{3}"),
    Step(thousands_right, cue=r"\d, \d{3}(?:\D|$)"),
    Step(decimals, cue=r"\d(?:\. | \. ?)\d{1,4} ?-?(?:%|perc?|[mbt]|k|po)"),
    Step(currency, cue=r"[$€£] \d"),
    Step(initials, cue=r"\b(?:U\. [SKN]|D\. C|E\. U|[ap]\. m|e\. g|i\. e|Ph\. D)\."),
)


REPAIRS = (
    Repair(
        "spacing-time",
        "spacing",
        "likely",
        "repair",
        "en",
        "A blank inside a time of day goes.",
        "The ferry leaves at 10 :30 and at 11: 15 a.m. today.",
        "The ferry leaves at 10:30 and at 11:15 a.m. today.",
        "It ended 3 : 2, and the screen is 16 : 9.",
        30,
    ),
    Repair(
        "spacing-thousands",
        "spacing",
        "likely",
        "repair",
        "en",
        "A blank inside a large number goes.",
        "The ferry carried 450 ,000 people for $12, 495 a year.",
        "The ferry carried 450,000 people for $12,495 a year.",
        "Cabins 301, 302 and 404, 500 too, are free.",
        31,
    ),
    Repair(
        "spacing-decimal",
        "spacing",
        "likely",
        "repair",
        "en",
        "A blank inside a decimal fraction before a unit goes.",
        "The ferry grew by 3. 5 percent.",
        "The ferry grew by 3.5 percent.",
        "See section 3. 5 people were on the ferry.",
        32,
    ),
    Repair(
        "spacing-currency",
        "spacing",
        "likely",
        "repair",
        "en",
        "A blank between a currency sign and its amount goes.",
        "The ferry costs $ 5 and the lunch £ 12.",
        "The ferry costs $5 and the lunch £12.",
        "The ferry costs C$ 5 and 5 $ for the lunch.",
        34,
    ),
    Repair(
        "spacing-initials",
        "spacing",
        "certain",
        "repair",
        "en",
        "Abbreviations from a closed list close up.",
        "The U. S. ferry leaves at 5 p. m. sharp.",
        "The U.S. ferry leaves at 5 p.m. sharp.",
        "It is the plan of J. K. and the ferry.",
        38,
    ),
)
