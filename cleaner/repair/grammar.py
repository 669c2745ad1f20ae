"""``did … said`` in a direct question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.model import Context, Edit, Repair, Step

_PAIRS = (
    "say:said go:went come:came do:did take:took give:gave know:knew see:saw write:wrote run:ran "
    "speak:spoke begin:began become:became choose:chose fall:fell drive:drove forget:forgot "
    "grow:grew break:broke rise:rose draw:drew eat:ate fly:flew sing:sang swim:swam wear:wore "
    "throw:threw show:showed tell:told think:thought mean:meant make:made have:had hear:heard"
)
BASE_FORMS = {past: base for base, past in (pair.split(":") for pair in _PAIRS.split())}
"""Past forms by the form that belongs after *did*; few of them are participles as well."""

_PARTICIPLES = frozenset("said made had heard told thought meant become run".split())
_PAST = "|".join(sorted(BASE_FORMS, key=len, reverse=True))
_SUBJECT = (
    r"(?:(?:the|a|an|his|her|their|our|your|my|this|that|these|those) )?(?:[^\W\d_]+[ ]){1,3}?"
)
_QUESTION = re.compile(
    r"(?:(?<=\A)|(?<=[.!?:“\"‘] )|(?<=[“\"‘]))"
    r"((?:(?:What|Why|How|When|Where|Who|Whom|Which)(?: else| exactly)? )?"
    r"(?:did|does|do|Did|Does|Do)(?:n['’]t| not)? )"
    rf"({_SUBJECT})({_PAST})\b(?![-’'])(?=[^.!?“”\"]{{0,200}}\?)"
)
_ELSEWHERE = re.compile(
    rf"\b(?:did|does)(?:n['’]t| not) ({_PAST})\b"
    rf"|\bdid (?:he|she|it|they|we|you|I) ({_PAST})\b"
)
ELSEWHERE_CUE = (
    rf"\b(?:did|does)(?:n['’]t| not) (?:{_PAST})\b|\bdid (?:he|she|it|they|we|you|I) (?:{_PAST})\b"
)
_NOT_A_SUBJECT = re.compile(
    r"\b(?:who|that|which|when|if|and|or|than|as|what|to|not|be|become|feel|find|get|go|have|keep"
    r"|leave|look|make|need|remain|see|seem|sound|stay|want)\b"
)


def did_past(line: str, context: Context) -> Iterator[Edit]:
    """Put the verb of a direct question after *did* into its base form.

    >>> english = Context("en")
    >>> [e.replacement for e in did_past("What did the mayor said to them?", english)]
    ['say']
    >>> list(did_past("What did the mayor they saw want? He did, said she.", english))
    []
    """
    if context.english and "?" in line:
        for match in _QUESTION.finditer(line):
            if _is_subject(match[2]) and (match[3] not in _PARTICIPLES or _is_name(match[2])):
                yield Edit(match.start(3), match.end(3), BASE_FORMS[match[3]], "grammar-did-past")


def did_past_elsewhere(line: str, context: Context) -> Iterator[Edit]:
    """Find *did not said* and *did he said* outside a direct question."""
    if context.english and not any(True for _ in did_past(line, context)):
        for match in _ELSEWHERE.finditer(line):
            yield Edit(match.start(), match.end(), match[0], "flags-did-past")


def _is_name(words: str) -> bool:
    """Whether a subject is one pronoun, one name, or a noun with its article."""
    parts = words.split()
    return len(parts) <= 2 or parts[-1].istitle()


def _is_subject(words: str) -> bool:
    """Whether the words between *did* and the verb are one plain subject.

    A pronoun after other words starts a clause of its own: ``did the man they saw want``.
    """
    parts = words.split()
    pronoun_later = any(part in {"I", "he", "she", "it", "they", "we", "you"} for part in parts[1:])
    return not pronoun_later and not _NOT_A_SUBJECT.search(words)


_CUE = rf"(?i:\b(?:did|does|do)(?:n['’]t| not)? (?:\S+ ){{0,4}}(?:{_PAST})\b)"

STEPS = (Step(did_past, cue=_CUE),)

REPAIRS = (
    Repair(
        "grammar-did-past",
        "grammar",
        "likely",
        "repair",
        "en",
        "In a direct question the verb after did, does or do takes its base form.",
        "What did Miller said to the crew?",
        "What did Miller say to the crew?",
        "What did the captain they saw want? She did, said the crew.",
        52,
    ),
)
