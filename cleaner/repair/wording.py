"""English wording that looks wrong: articles, case, and forms of verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.grammar import ELSEWHERE_CUE, did_past_elsewhere
from cleaner.repair.model import Context, Edit, Step, flag, marked

_VOWEL_SOUND = r"(?:[aeio]|un(?!i|anim|us)|u[lmprst](?![aeiouy]))"
_AN = re.compile(rf"\b([Aa]) ((?:{_VOWEL_SOUND})[a-z]+)")
_CONSONANT_SOUND = (
    r"(?:[bcdfgjklmnpqrstvwxyz]|h(?!our|onest|onou?r|eir|istori|erb)"
    r"|us(?=e|u|ing)|uni[cfotv]|eu|on(?=e\b|ce\b))"
)
_A = re.compile(rf"\b([Aa]n) ({_CONSONANT_SOUND}[a-z]+)")
ARTICLE_CUE = (
    r"\b[Aa] (?:[ai][a-z]|e[a-tvx-z]|o[a-mo-z]|on[abd-z]|u[lmprst]|un[a-hj-z])"
    r"|\b[Aa]n (?:[bcdfgjklmnpqrstvwxyz]|h[a-np-z]|ho[^nu]|us|uni|eu|on[ce])[a-z]"
)
_A_EXCEPT = re.compile(r"(?:one|once|eu|ewe|uni|usa|use|usu|u[bfkt][aeiou]|ouija|i\b|e\b|o\b)")
_POSSESSIVE = re.compile(r"\b[Tt]he (my|your|his|our|their|its)\b(?! (?:and|or)\b)")
_LOWER_START = re.compile(r"(?<=[a-z]{2})[.?!]['’”\"]? (?!https?:|www\.)([a-z][a-z'’]*)(?![\w:])")
_ABBREVIATIONS = frozenset(
    "etc vs incl approx ca corp inc ltd co st mr mrs dr prof gen sen rep gov al cf eg ie no vol pp "
    "ed eds jr sr dept est fig figs min max avg misc resp ext tel al cap seq bros ave blvd rd hwy "
    "mt ft ph jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun yahoo "
    "jeopardy panic ca calif fla".split()
)
_BRAND_START = re.compile(r"(?:i|e|x|m)[A-Z]")
_STATE_NOUN = (
    r"(?:dollars?|citizens?|troops|forces|president|government|market|companies|military|economy"
    r"|state|statutory)\b"
)
_ACRONYM = re.compile(
    rf"\b(?:Us|Uk|Eu)(?=[ -][A-Z][a-z]|-based|-led| {_STATE_NOUN})"
    r"|(?<=[a-z,] )(?:Uk|Eu|Usa|Fbi|Cia|Nasa|Ceo|Gdp|Dna|Hiv|Cpu|Gpu|Api|Pdf|Seo|Usb|Gps)"
    r"\b(?! [A-Z][a-z]+(?:,|’s|'s))"
    r"|(?<=[a-z,] )Us(?=[-,.)]| [a-z])"
    r"|(?:\A|(?<=[.!?] ))Us(?= [a-z]{4,})"
    r"|\bAi\b(?! [A-Z])|\b[Tt]he Un\b|(?<=[A-Z][a-z]{3} )Uk\b"
    r"|\b[A-Z]\.[a-z]\.(?= [A-Z])|\bU\.s\."
)
_TITLE_BEFORE = re.compile(r"\b(?!(?:The|An?|In|For|And|But|By|This|That) )[A-Z][a-z]{1,20} \Z")
ACRONYM_CUE = (
    r"\b(?:Us|Ai|Uk|Eu|Usa|Fbi|Cia|Nasa|Ceo|Gdp|Dna|Hiv|Cpu|Gpu|Api|Pdf|Seo|Usb|Gps)\b"
    r"|\b[A-Z]\.[a-z]\.|[Tt]he Un\b"
)
_LAST = re.compile(r"[\w.]{1,30}\Z")


def article(line: str, context: Context) -> Iterator[Edit]:
    """Find *a* before a vowel and *an* before a consonant, by spelling.

    >>> english = Context("en")
    >>> [e.replacement for e in article("It is a idea for an ferry.", english)]
    ['a idea', 'an ferry']
    >>> list(article("A one-off, a unit, a European, an hour, an MP, User A is an SUV.", english))
    []
    """
    if not context.english:
        return
    for pattern in (_AN, _A):
        for match in pattern.finditer(line):
            word = match[2].lower()
            letter = line[match.end() : match.end() + 1] == "-" and len(word) == 1
            named = match[1] == "A" and line[match.start() - 2 : match.start() - 1].isalnum()
            if not (letter or named or (pattern is _AN and _A_EXCEPT.match(word))):
                yield Edit(match.start(), match.end(), match[0], "flags-article")


def possessive(line: str, context: Context) -> Iterator[Edit]:
    """Find *the* before a possessive."""
    if context.english:
        yield from marked(_POSSESSIVE, line, "flags-the-possessive")


def lower_start(line: str, context: Context) -> Iterator[Edit]:
    """Find a sentence that begins in lower case.

    >>> english = Context("en")
    >>> [e.replacement for e in lower_start("The ferry left. the port was empty.", english)]
    ['. the']
    >>> list(lower_start("Fish, chips etc. are sold. iPhone sales rose.", english))
    []
    """
    if not context.english:
        return
    for match in _LOWER_START.finditer(line):
        before = _LAST.search(line[max(0, match.start() - 30) : match.start()])
        word = before[0].lower() if before else ""
        if word in _ABBREVIATIONS or "." in word or _BRAND_START.match(line, match.start(1)):
            continue
        if line[match.start()] == ".":
            yield Edit(match.start(), match.end(), match[0], "flags-lower-start")


def acronym(line: str, context: Context) -> Iterator[Edit]:
    """Find acronyms in the case of a word."""
    if context.english:
        for edit in marked(_ACRONYM, line, "flags-acronym-case"):
            heading = edit.replacement == "Us" and _TITLE_BEFORE.search(
                line[max(0, edit.start - 30) : edit.start]
            )
            if not heading:  # Contact Us
                yield edit


STEPS = (
    Step(article, cue=ARTICLE_CUE),
    Step(possessive, cue=r"\b[Tt]he (?:my|your|his|our|their|its)\b"),
    Step(lower_start, cue=r"[a-z]{2}\.['’”\"]? [a-z]"),
    Step(acronym, cue=ACRONYM_CUE),
    Step(did_past_elsewhere, cue=ELSEWHERE_CUE),
)

REPAIRS = (
    flag(
        "flags-article",
        "en",
        45,
        (
            "A before a vowel sound or an before a consonant.",
            "It was a old ferry and an small port.",
            "A one-off, a unit, an hour and an MP are right.",
        ),
    ),
    flag(
        "flags-the-possessive",
        "en",
        44,
        (
            "The before my, your, his, our, their or its.",
            "The crew of the his ferry was late.",
            "The crew of his ferry was late.",
        ),
    ),
    flag(
        "flags-lower-start",
        "en",
        36,
        (
            "A sentence that begins in lower case.",
            "The ferry was late. the port was empty.",
            "Fish, chips etc. are sold there. iPhone sales rose.",
        ),
    ),
    flag(
        "flags-acronym-case",
        "en",
        37,
        (
            "An acronym in the case of a word.",
            "The crew of an Us ferry spoke of Ai and rain.",
            "Us is a film of 2019, and they told us so.",
        ),
    ),
    flag(
        "flags-did-past",
        "en",
        52,
        (
            "A past form after did outside a direct question.",
            "The crew did not went to the port of the town.",
            "The crew did, said the mayor of the town.",
        ),
    ),
)
