"""Places that look wrong but that a rule cannot put right: a person should look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.read.language import detect
from cleaner.repair.gates import foreign_words, looks_like_code, looks_like_table
from cleaner.repair.hyphens import SPREAD_CUE, spread
from cleaner.repair.model import Context, Edit, Step, flag, marked
from cleaner.repair.words import Words

_UNKNOWN = re.compile(r"<unk>|&lt;unk&gt;|\[UNK\]|⁇|<UNK>|&lt;UNK&gt;|▁\w+")
_DECIMAL_COMMA = re.compile(
    r"(?<![\d,.])\d{1,3},\d{1,2}(?=%| ?(?:%|percent\b|per cent\b|million\b|billion\b|trillion\b))"
    r"|(?<![\d,.])\d{1,3},\d{4,}(?!,)(?=\D|\Z)|(?<![\d,.])0,\d{1,4}(?!\d)"
    r"|(?<![\d,.])\d{1,3},\d{3}(?= (?:billion|trillion)\b)"
    r"|(?<=[a-z] )\d{1,2},\d"
    r"(?= (?:times|points?|inch|inches|stars?|km|kg|hours?|years?|degrees|to)\b)"
)
_CAPTION = re.compile(
    r"\[FILE:[^\]\n]{0,60}\]|\] ?(?:Image|Photo|Picture|Foto|Bild|Credit|Source)s?: ?"
    r"|(?<=[a-z.])(?:Image|Photo)s?(?: credit)?: ?[A-Z][\w. ]{2,40} ?/ ?[A-Z]"
)
CAPTION_CUE = (
    r"\[FILE:|\] ?(?:Image|Photo|Picture|Foto|Bild|Credit|Source)s?:"
    r"|[a-z.](?:Image|Photo)s?(?: credit)?:"
)
_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]{3,30}) ([^\W\d_]{3,30})(?![\w'’-])")
_DOUBLED_RIGHT = frozenset(
    "very really many much far long never ever again more bora mahi york sri that had ha yeah blah "
    "walla chop tut bye night there now now's hubba pom aye tsk knock row no so well her who one "
    "two three four five six seven eight nine ten hear please big wagga duran".split()
)
_JOINED_COMMA = re.compile(r"(?<=[^\W\d_]{3})[,;](?=[a-z]{3})")
_URL = re.compile(r"https?:// \w|\bwww\. \w|\b[\w-]{2,30}\.(?:com|org|net)/ [a-z]|\bhttps? ://")
_SURE = 0.75  # langdetect's probability
_SENTENCE_WORDS = 6
_FOREIGN_SHARE = 0.04  # of the words of a sentence; in lists of names fewer are common words
_ENGLISH_WORDS = 3  # that make the rest of a paragraph English
_SENTENCE = re.compile(r"[^.!?]{20,600}[.!?”\"]{0,2}")


def unknown_token(line: str, _context: Context) -> Iterator[Edit]:
    """Find the marks of words an engine did not know."""
    yield from marked(_UNKNOWN, line, "flags-unknown-token")


def decimal_comma(line: str, context: Context) -> Iterator[Edit]:
    """Find decimal commas in English."""
    if context.english:
        yield from marked(_DECIMAL_COMMA, line, "flags-decimal-comma")


def hyphen(line: str, context: Context) -> Iterator[Edit]:
    """Find compounds whose hyphen stands between blanks."""
    for start, end, _ in spread(line, context):
        yield Edit(start, end, line[start:end], "flags-hyphen")


def caption(line: str, _context: Context) -> Iterator[Edit]:
    """Find a picture's caption or credit run into the text."""
    yield from marked(_CAPTION, line, "flags-caption")


def content_word(line: str, context: Context) -> Iterator[Edit]:
    """Find content words that stand twice.

    >>> context = Context("en")
    >>> [e.replacement for e in content_word("They saw the ferry ferry leave.", context)]
    ['ferry ferry']
    >>> list(content_word("New York, New York; very very slow; the Duran Duran concert", context))
    []
    """
    if context.stacked or looks_like_table(line) or not (context.language or line.isascii()):
        return
    at = 0
    while match := _DOUBLED.search(line, at):
        at = match.start(2)
        word = match[1]
        if word == match[2] and word.islower() and word not in _DOUBLED_RIGHT:
            yield Edit(match.start(), match.end(), match[0], "flags-content-word")
            at = match.end()


def joined_comma(line: str, context: Context) -> Iterator[Edit]:
    """Find words joined by a comma or semicolon."""
    if context.english and not looks_like_code(line) and "://" not in line:
        for match in _JOINED_COMMA.finditer(line):
            if line[match.end() :].count(" ") > 2:
                yield Edit(match.start(), match.end(), match[0], "flags-joined-comma")


def broken_url(line: str, _context: Context) -> Iterator[Edit]:
    """Find addresses with blanks in them."""
    yield from marked(_URL, line, "flags-broken-url")


def _is_content(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word.islower() and word not in _DOUBLED_RIGHT


def doubled(text: str, words: Words) -> Iterator[int]:
    """Yield where a word of a text stands twice.

    >>> from cleaner.repair.words import words_of
    >>> text = "the ferry ferry left"
    >>> list(doubled(text, words_of(text)))
    [4]
    """
    for at in words.repeats(1).nonzero()[0]:
        start, end = words.starts[at], words.ends[at]
        word = text[start:end]
        if _is_content(word) and text[end : words.ends[at + 1]] == f" {word}":
            yield int(start)


def open_quote(line: str, context: Context) -> Iterator[Edit]:
    """Find a quotation that is opened and not closed in its paragraph.

    Never closed by rule: in news most of these go on in the next paragraph.

    >>> english = Context("en")
    >>> [e.start for e in open_quote("“We stay, she said. “We always did.”", english)]
    [0]
    >>> list(open_quote("“We stay,” she said.", english))
    []
    """
    if not context.english or line.count("“") <= line.count("”"):
        return
    opened = -1
    for match in re.finditer("[“”]", line):
        if match[0] == "“" and opened >= 0:
            break
        opened = match.start() if match[0] == "“" else -1
    if opened >= 0:
        yield Edit(opened, opened + 1, "“", "flags-open-quote")


def untranslated(line: str, context: Context) -> Iterator[Edit]:
    """Find sentences of six and more words in another language than an English paragraph's.

    The commonest words of the other languages choose the sentences, langdetect decides.
    """
    english = context.english or context.facts.language == "en"
    if not english and foreign_words(line)[1] < _ENGLISH_WORDS:
        return
    for match in _SENTENCE.finditer(line):
        foreign, native = foreign_words(match[0])
        words = match[0].strip().count(" ") + 1
        if foreign <= max(2 * native, words * _FOREIGN_SHARE) or words < _SENTENCE_WORDS:
            continue
        if "“" in match[0]:
            continue
        if detected(match[0]) not in {"en", ""}:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Edit(start, match.end(), line[start : match.end()], "flags-untranslated")


def detected(text: str) -> str:
    """Return langdetect's answer for a sentence; ``""`` when it has none it is sure of."""
    language, probability = detect(text, _LANGUAGES)
    return language if probability > _SURE else ""


# Those of the words below, and what is like them.
_LANGUAGES = ("da", "de", "en", "es", "fr", "it", "nl", "no", "pl", "pt", "sv", "tr")
_FOREIGN = (
    "und nicht wird werden wurde wurden auf aus dem ein eine einen einem im zum zur vom beim "
    "sich auch noch nur oder mit von bei für über es sie ich wir ihr ihre seit nach sind "
    "haben ist das der wenn dann doch diese dieser durch ohne gegen zwischen wieder immer "
    "schon sehr können kein keine les une dans pour avec est qui que été cette ces aux leur "
    "depuis del los las una para con por como más pero este esta también della delle nel sono "
    "anche che het een voor niet zijn ook och att som inte não uma são jest się nie bir için"
)
"""Common words of other languages that are seldom met in English text."""

STEPS = (
    Step(unknown_token, cue=r"<unk>|<UNK>|&lt;unk|&lt;UNK|\[UNK\]|⁇|▁\w"),
    Step(decimal_comma, cue=r"\d,\d{1,2}(?:\D|$)|\d,\d{4}|\d,\d{3} (?:b|tr)illion"),
    Step(hyphen, cue=SPREAD_CUE),
    Step(caption, cue=CAPTION_CUE),
    Step(content_word, places=doubled),
    Step(joined_comma, cue=r"\pL\pL[,;][a-z][a-z]"),
    Step(broken_url, cue=r"https?:// \w|www\. \w|\.(?:com|org|net)/ [a-z]|https? ://"),
    Step(open_quote, cue=r"“[^“”\n]*(?:“|$)"),
    Step(untranslated, cue=rf" (?:{_FOREIGN.replace(' ', '|')})[ ,]", language="en"),
)


REPAIRS = (
    flag(
        "flags-unknown-token",
        "any",
        20,
        (
            "The mark of a word the engine did not know; the word is lost.",
            "The ferry of [UNK] was <unk> late.",
            "The letters un and k stand for unknown.",
        ),
    ),
    flag(
        "flags-decimal-comma",
        "en",
        33,
        (
            "A decimal comma in English.",
            "The ferry grew by 3,5 percent.",
            "The ferry carried 1,234 people.",
        ),
    ),
    flag(
        "flags-hyphen",
        "en",
        5,
        (
            "A compound with blanks on both sides of its hyphen.",
            "The crew wants a long - term plan for the ferry.",
            "The Best Ferries of the Year - So Far",
        ),
    ),
    flag(
        "flags-caption",
        "any",
        47,
        (
            "A caption or picture credit run into the text.",
            "The ferry left. [FILE: May 3, 2024]Image: Jane Roe / AP How it began",
            "Photo: Reuters reported the photo was taken in May.",
        ),
    ),
    flag(
        "flags-content-word",
        "any",
        24,
        (
            "A content word that stands twice.",
            "The crew saw the ferry ferry leave the port.",
            "The very very old ferry left Bora Bora.",
        ),
    ),
    flag(
        "flags-joined-comma",
        "en",
        28,
        (
            "Words joined by a comma or semicolon.",
            "The ferry was late,though the crew of the boat was there.",
            "The ferry carried 4,000 people, as it always did.",
        ),
    ),
    flag(
        "flags-broken-url",
        "any",
        50,
        (
            "An address with blanks in it.",
            "The plan of the ferry is at https:// ferry.example/plan for all.",
            "The plan of the ferry is at https://ferry.example/plan for all.",
        ),
    ),
    flag(
        "flags-open-quote",
        "en",
        13,
        (
            "A quotation opened and not closed in its paragraph.",
            "“The ferry stays, said the mayor of the town.",
            "“The ferry stays,” said the mayor of the town.",
        ),
    ),
    flag(
        "flags-untranslated",
        "en",
        46,
        (
            "A sentence in another language than the paragraph.",
            "The ferry was late and the crew was there. Deshalb wird das neue Schiff "
            "nicht mehr gebaut. The port was empty.",
            "The motto “Liberté, égalité, fraternité” was on the wall of the port.",
        ),
    ),
)
