"""Blanks that stand where none belongs, and none where one belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gates import looks_like_code, looks_like_table
from cleaner.repair.model import Context, Edit, Repair, Step

_BLANK = "[ \u00a0\u202f]"
_COMMA_STOP = re.compile(
    rf"(?<=[\w%)\]”’\"'])(?<!\.)({_BLANK})"
    r"(?:,(?=\s|\Z|[”\"])|\.(?=\s*\Z|\s+[^\W\d_a-z]|[”\"]|\s+[“\"‘(])|(?<=\b\w\.\w.)\.(?=\s))"
)
_HIGH = re.compile(rf"(?<=[\w%)\]”’\"'])({_BLANK})(?:[;?!]{{1,3}})(?=\s|\Z|[”’\"])")
_COLON = re.compile(rf"(?<=[^\W\d_])({_BLANK}):(?= |\Z)")
_BRACKETS = re.compile(r"(?:(?<=\s)|(?<=\A)|(?<=[“‘\"—]))([(\[])( ?)([^()\[\]]{1,300}?)( ?)([)\]])")
_SUFFIX = re.compile(
    r"(?<=[^\W\d_]) (?:n['’]t|['’](?:s|re|ve|ll|d|m|S))(?=[\s.,;:!?)\]”\"—–-]|\Z)", re.ASCII
)
_NEGATED = frozenset(
    "do does did is are was were has have had ca wo would could should must need might ai sha"
    "".split()
)
_TAIL = re.compile(r"(?<=[^\W\d_])['’]( )(?:s|re|ve|ll|d|m|t)(?=[\s.,;:!?)\]”\"—–]|\Z)")
_TAIL_APART = re.compile(
    r"(?<=[^\W\d_])( )['’]( )(?:s|re|ve|ll|(?<=n ['’] )t)(?=[\s.,;:!?)\]”\"—–]|\Z)"
)
_JOINED = re.compile(r"(?<=[a-z]{3})[.!?](?=[A-Z])")
_SURE_STARTERS = frozenset(
    "And But He Here How If It Its My Our She The There These They This We What When Why With "
    "You Your Be From I".split()
)
_WORD_BEFORE = re.compile(r"\S{1,60}\Z")
_WORD_AFTER = re.compile(r"([A-Z][a-z'’]*)(?=[ ,—]|\Z)(,? [\w’'(“\"])?")
_STARTERS = frozenset(
    "A About According After All Also Although Among An And Another Any Are As At Because Before "
    "Being Both But By Can Did Do Does Don During Each Either Even Every Everyone Find First For "
    "From Get Given Go Had Has Have He Her Here His How However I If In Instead Is It Its Just "
    "Last Later Learn Let Like Look Make Many Maybe More Most Much My Never No Nor Not Nothing "
    "Now Of Often On Once One Only Or Other Others Our Out Over Perhaps Please She Should Since "
    "So Some Sometimes Soon Still Such Take Than That The Their Then There These They Things "
    "Think This Those Though Through To Today Together Too Two Under Until Up Use Very Was We "
    "Well Were What When Where Whether Which While Who Whose Why Will With Within Without Would "
    "Yes Yet You Your".split()
)


def comma_stop(line: str, context: Context) -> Iterator[Edit]:
    """Close up a blank before a comma or stop.

    >>> english = Context("en")
    >>> [e.start for e in comma_stop("It rained , then stopped .", english)]
    [9, 24]
    >>> list(comma_stop("Well . . . the .NET library", english))
    []
    """
    if not looks_like_code(line):
        for match in _COMMA_STOP.finditer(line):
            if not _dotted(line, match):
                yield Edit(match.start(1), match.end(1), "", "spacing-comma-stop")


def _dotted(line: str, match: re.Match[str]) -> bool:
    """Whether the mark is one of a spaced ellipsis or a list of tokens."""
    around = line[max(0, match.start() - 2) : match.start()] + line[match.end() : match.end() + 3]
    return " ." in around or ". " in around[:2] or " ," in around


def high(line: str, context: Context) -> Iterator[Edit]:
    """Close up a blank before ``;``, ``!`` or ``?``, which French has and others have not.

    >>> [e.start for e in high("Who was it ? Nobody knows.", Context("en"))]
    [10]
    >>> list(high("Qui était-ce ? Personne.", Context("fr")))
    []
    """
    if context.language not in {"", "fr"} and not (context.stacked or looks_like_code(line)):
        for match in _HIGH.finditer(line):
            yield Edit(match.start(1), match.end(1), "", "spacing-high")


def colon(line: str, context: Context) -> Iterator[Edit]:
    """Close up a blank before a colon that stands between prose.

    >>> english = Context("en")
    >>> [e.start for e in colon("One thing is clear : the ferry is late again.", english)]
    [18]
    >>> list(colon("Size : M", english)), list(colon("OT : GF : AP", english))
    ([], [])
    """
    if not context.english or context.stacked or looks_like_table(line):
        return
    matches = list(_COLON.finditer(line))
    if not 0 < len(matches) <= 2:
        return
    after = line[matches[-1].end() :].count(" ")
    if after >= 3 * len(matches) or (not after and line.count(" ") > 4 * len(matches)):
        for match in matches:
            yield Edit(match.start(1), match.end(1), "", "spacing-colon")


def brackets(line: str, _context: Context) -> Iterator[Edit]:
    """Take the blanks out from inside a pair of brackets.

    >>> context = Context("en")
    >>> [(e.start, e.end) for e in brackets("The ferry ( a small one ) is late.", context)]
    [(11, 12), (23, 24)]
    >>> list(brackets("f( x ) and [ , ] and sad :( or ( see", context))
    []
    """
    if not any(sign in line for sign in ("( ", " )", "[ ", " ]")) or looks_like_code(line):
        return
    links = line.count("[ ") > 1  # a reference list, whose links stand in brackets
    for match in _BRACKETS.finditer(line):
        pair = match[1] + match[5]
        if links and pair == "[]":
            continue
        if pair in {"()", "[]"} and any(char.isalnum() for char in match[3]):
            for group in (2, 4):
                if match[group] and (pair == "()" or (match[2] and match[4] and len(match[3]) > 1)):
                    yield Edit(match.start(group), match.end(group), "", "spacing-bracket")


def contraction(line: str, context: Context) -> Iterator[Edit]:
    """Join ``n't``, ``'s`` and their kin to the word before.

    >>> english = Context("en")
    >>> [e.start for e in contraction("It does n't hurt ; she 's fine.", english)]
    [7, 22]
    >>> list(contraction("Gerard 't Hooft and the players ' union", english))
    []
    """
    if context.english and ("'" in line or "’" in line):
        for match in _SUFFIX.finditer(line):
            if match[0][1] != "n" or _last_word(line, match.start()) in _NEGATED:
                yield Edit(match.start(), match.start() + 1, "", "spacing-contraction")


def apostrophe(line: str, context: Context) -> Iterator[Edit]:
    """Join what a blank after an apostrophe cut off.

    >>> english = Context("en")
    >>> [e.start for e in apostrophe("The ferry’ s crew is here.", english)]
    [10]
    >>> list(apostrophe("the boys’ school, the letter ‘e’ t", english))
    []
    """
    if not context.english or ("' " not in line and "’ " not in line):
        return
    for match in _TAIL_APART.finditer(line):
        yield Edit(match.start(1), match.end(2), match[0][1], "spacing-apostrophe")
    for match in _TAIL.finditer(line):
        word = _word_before(line, match.start())
        tail = line[match.end() - 1]
        if tail in "dmt" and word[:1] in tuple("'‘’"):  # the letter ‘e’ d
            continue
        if tail == "t" and line[match.start() - 1] not in "nN":
            continue
        yield Edit(match.start(1), match.end(1), "", "spacing-apostrophe")


def joined(line: str, context: Context) -> Iterator[Edit]:
    """Set the blank back between two sentences.

    >>> english = Context("en")
    >>> [e.start for e in joined("The ferry is late.The next one is not.", english)]
    [18]
    >>> list(joined("See Node.js, System.Net and Crew.Ferry.Net for more.", english))
    []
    """
    if not context.english:
        return
    for match in _JOINED.finditer(line):
        before = _word_before(line, match.start())
        after = _WORD_AFTER.match(line, match.end())
        if after and _is_plain(before):
            word = after[1].split("'")[0].split("’")[0]
            named = before.lstrip("(“\"‘'")[:1].isupper()
            if word in (_SURE_STARTERS if named else _STARTERS) or (
                not (named or context.facts.code) and after[2] and len(after[1]) > 2
            ):
                yield Edit(match.end(), match.end(), " ", "spacing-joined")


def _is_plain(word: str) -> bool:
    """Whether what ends a sentence is a word and no part of a name, path or address."""
    bare = word.lstrip("(“\"‘'")
    return bare[:1].isalpha() and not any(sign in bare for sign in "./@_:#")


def _word_before(line: str, end: int) -> str:
    match = _WORD_BEFORE.search(line[max(0, end - 60) : end])
    return match[0] if match else ""


def _last_word(line: str, end: int) -> str:
    return _word_before(line, end).strip("“\"‘'(—").rsplit("—", 1)[-1].lower()


STEPS = (
    Step(brackets, cue=r"[(\[] [^()\[\]\n]*[)\]]|[(\[][^()\[\]\n]* [)\]]"),
    Step(contraction, cue=r"\pL (?:n['’]t|['’](?:s|re|ve|ll|d|m|S))\b"),
    Step(apostrophe, cue=r"\pL ?['’] (?:s|re|ve|ll|d|m|t)\b"),
    Step(comma_stop, cue=r"[\pL\d%)\]”’\"'][ \x{a0}\x{202f}](?:,(?:[\s”\"]|$)|\.(?:[\s”\"]|$))"),
    Step(high, cue=r"[\pL\d%)\]”’\"'][ \x{a0}\x{202f}][;!?]{1,3}(?:[\s”’\"]|$)"),
    Step(colon, cue=r"\pL[ \x{a0}\x{202f}]:(?: |$)"),
    Step(joined, cue=r"[a-z]{3}[.!?][A-Z]"),
)

REPAIRS = (
    Repair(
        "spacing-bracket",
        "spacing",
        "likely",
        "repair",
        "any",
        "Blanks just inside a pair of brackets go.",
        "The ferry ( a small one ) is late.",
        "The ferry (a small one) is late.",
        "Call f( x ) and be sad :( or ( see below.",
        29,
    ),
    Repair(
        "spacing-contraction",
        "spacing",
        "certain",
        "repair",
        "en",
        "A contraction or possessive joins the word before it.",
        "The ferry does n't run and she 's late.",
        "The ferry doesn't run and she's late.",
        "Gerard 't Hooft met the players ' union in the '80s.",
        15,
    ),
    Repair(
        "spacing-apostrophe",
        "spacing",
        "likely",
        "repair",
        "en",
        "What a blank after an apostrophe cut off joins again.",
        "The ferry’ s crew said it isn’ t late.",
        "The ferry’s crew said it isn’t late.",
        "The boys’ school is on the boys’ s-shaped road.",
        16,
    ),
    Repair(
        "spacing-comma-stop",
        "spacing",
        "likely",
        "repair",
        "any",
        "A blank before a comma or stop goes.",
        "The ferry was late , and then it left .",
        "The ferry was late, and then it left.",
        "Well . . . the .NET library was late.",
        1,
    ),
    Repair(
        "spacing-high",
        "spacing",
        "likely",
        "repair",
        "any",
        "A blank before ; ! or ? goes, except in French.",
        "Was the ferry late ? It was ; we waited !",
        "Was the ferry late? It was; we waited!",
        "I love the ferry ;) really :-) and you?",
        2,
    ),
    Repair(
        "spacing-colon",
        "spacing",
        "likely",
        "repair",
        "en",
        "A blank before a colon between prose goes.",
        "One thing is clear : the ferry is late again.",
        "One thing is clear: the ferry is late again.",
        "It was 3 : 2 in the end, and the screen is 16 : 9.",
        3,
    ),
    Repair(
        "spacing-joined",
        "spacing",
        "likely",
        "repair",
        "en",
        "Two sentences set without a blank get it back.",
        "The ferry was late.The next one was not.",
        "The ferry was late. The next one was not.",
        "See Node.js, System.Net and Crew.Ferry.Net for more.",
        27,
    ),
)
