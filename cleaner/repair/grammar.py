"""``did … said`` in a direct question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.model import Context, Edit, Repair

BASE_FORMS = {
    past: base
    for base, past in (
        pair.split(":")
        for pair in (
            "say:said go:went come:came do:did have:had make:made take:took give:gave get:got "
            "know:knew think:thought tell:told see:saw find:found feel:felt leave:left "
            "bring:brought begin:began keep:kept hold:held write:wrote stand:stood hear:heard "
            "mean:meant meet:met run:ran pay:paid sit:sat speak:spoke lead:led grow:grew lose:lost "
            "fall:fell send:sent build:built understand:understood draw:drew break:broke "
            "spend:spent rise:rose drive:drove buy:bought choose:chose teach:taught catch:caught "
            "sell:sold win:won fight:fought become:became forget:forgot decide:decided "
            "want:wanted ask:asked use:used try:tried call:called need:needed happen:happened "
            "work:worked change:changed start:started react:reacted respond:responded "
            "manage:managed agree:agreed propose:proposed announce:announced mention:mentioned"
        ).split()
    )
}
_PAST = "|".join(sorted(BASE_FORMS, key=len, reverse=True))
_SUBJECT = (
    r"(?:(?:the|a|an|his|her|their|our|your|my|this|that|these|those) )?(?:[^\W\d_]+[ ]){1,3}?"
)
_QUESTION = re.compile(
    r"(?:(?<=\A)|(?<=[.!?:“\"‘] )|(?<=[“\"‘]))"
    r"((?:(?:What|Why|How|When|Where|Who|Whom|Which)(?: else| exactly)? )?"
    r"(?:did|does|do|Did|Does|Do)(?:n['’]t| not)? )"
    rf"({_SUBJECT})({_PAST})\b(?=[^.!?“”\"]{{0,200}}\?)"
)
_ELSEWHERE = re.compile(
    rf"\b(?:did|does)(?:n['’]t| not) ({_PAST})\b"
    rf"|\bdid (?:he|she|it|they|we|you|I) ({_PAST})\b"
)
_NOT_A_SUBJECT = re.compile(r"\b(?:who|that|which|when|if|and|or|than|as|what|have|be|to|not)\b")


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
            if _is_subject(match[2]):
                yield Edit(match.start(3), match.end(3), BASE_FORMS[match[3]], "grammar-did-past")


def did_past_elsewhere(line: str, context: Context) -> Iterator[Edit]:
    """Find *did not said* and *did he said* outside a direct question."""
    if context.english and not any(True for _ in did_past(line, context)):
        for match in _ELSEWHERE.finditer(line):
            yield Edit(match.start(), match.end(), match[0], "flags-did-past")


def _is_subject(words: str) -> bool:
    """Whether the words between *did* and the verb are one plain subject.

    A pronoun after other words starts a clause of its own: ``did the man they saw want``.
    """
    parts = words.split()
    pronoun_later = any(part in {"I", "he", "she", "it", "they", "we", "you"} for part in parts[1:])
    return not pronoun_later and not _NOT_A_SUBJECT.search(words)


STEPS = (did_past,)

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
