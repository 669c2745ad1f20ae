"""Places that look wrong but that a rule cannot put right: a person should look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import eq

from cleaner.repair.gates import foreign_words, looks_like_code, looks_like_table
from cleaner.repair.grammar import ELSEWHERE_CUE, did_past_elsewhere
from cleaner.repair.hyphens import spread
from cleaner.repair.model import Context, Edit, Repair, Step

_UNKNOWN = re.compile(r"<unk>|&lt;unk&gt;|\[UNK\]|⁇|<UNK>|&lt;UNK&gt;|▁\w+")
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
_LOWER_START = re.compile(r"(?<=[a-z]{2})[.?!]['’”\"]? ([a-z][a-z'’]*)")
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
    r"|(?<=[a-z,] )(?:Uk|Eu|Usa|Nato|Fbi|Cia|Nasa|Ceo|Gdp|Dna|Hiv|Cpu|Gpu|Api|Pdf|Seo|Usb|Gps)"
    r"\b(?! [A-Z][a-z]+(?:,|’s|'s))"
    r"|(?<=[a-z,] )Us(?=[-,.)]| [a-z])"
    r"|(?:\A|(?<=[.!?] ))Us(?= [a-z]{4,})"
    r"|\bAi\b(?! [A-Z])|\b[Tt]he Un\b|(?<=[A-Z][a-z]{3} )Uk\b"
    r"|\b[A-Z]\.[a-z]\.(?= [A-Z])|\bU\.s\."
)
ACRONYM_CUE = (
    r"\b(?:Us|Ai|Uk|Eu|Usa|Nato|Fbi|Cia|Nasa|Ceo|Gdp|Dna|Hiv|Cpu|Gpu|Api|Pdf|Seo|Usb|Gps)\b"
    r"|\b[A-Z]\.[a-z]\.|[Tt]he Un\b"
)
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
_LAST = re.compile(r"[\w.]{1,30}\Z")
_SURE = 0.9  # langdetect's probability
_SENTENCE_WORDS = 6
_SENTENCE = re.compile(r"[^.!?]{20,600}[.!?”\"]{0,2}")


def unknown_token(line: str, _context: Context) -> Iterator[Edit]:
    """Find the marks of words an engine did not know."""
    yield from _found(_UNKNOWN, line, "flags-unknown-token")


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
        yield from _found(_POSSESSIVE, line, "flags-the-possessive")


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
        yield from _found(_ACRONYM, line, "flags-acronym-case")


def decimal_comma(line: str, context: Context) -> Iterator[Edit]:
    """Find decimal commas in English."""
    if context.english:
        yield from _found(_DECIMAL_COMMA, line, "flags-decimal-comma")


def hyphen(line: str, context: Context) -> Iterator[Edit]:
    """Find compounds whose hyphen stands between blanks."""
    for start, end, _ in spread(line, context):
        yield Edit(start, end, line[start:end], "flags-hyphen")


def caption(line: str, _context: Context) -> Iterator[Edit]:
    """Find a picture's caption or credit run into the text."""
    yield from _found(_CAPTION, line, "flags-caption")


def content_word(line: str, context: Context) -> Iterator[Edit]:
    """Find content words that stand twice.

    >>> context = Context("en")
    >>> [e.replacement for e in content_word("They saw the ferry ferry leave.", context)]
    ['ferry ferry']
    >>> list(content_word("New York, New York; very very slow; the Duran Duran concert", context))
    []
    """
    if context.stacked or looks_like_table(line) or not context.language:
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
    yield from _found(_URL, line, "flags-broken-url")


def doubled(line: str) -> bool:
    """Whether two neighbouring words of a line or text are equal: a cheap test."""
    words = line.split()
    return any(map(eq, words, words[1:]))


def uneven(line: str) -> bool:
    """Whether more quotations open than close in a line of a text: a cheap test."""
    return "“" in line and any(
        part.count("“") > part.count("”") for part in line.split("\n") if "“" in part
    )


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
    """Find sentences of six and more words in another language than the paragraph's.

    The commonest words of the other languages choose the sentences, langdetect decides.
    """
    if not context.english and context.facts.language != "en":
        return
    for match in _SENTENCE.finditer(line):
        foreign, english = foreign_words(match[0])
        words = match[0].strip().count(" ") + 1
        if foreign <= 2 * english or words < _SENTENCE_WORDS or "“" in match[0]:
            continue
        if detected(match[0]) not in {"en", ""}:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Edit(start, match.end(), line[start : match.end()], "flags-untranslated")


def detected(text: str) -> str:
    """Return langdetect's answer for a text, seeded; ``""`` when it has none it is sure of."""
    from langdetect import DetectorFactory, LangDetectException, detect_langs  # noqa: PLC0415

    DetectorFactory.seed = 0
    try:
        best = detect_langs(text)[0]
    except LangDetectException:
        return ""
    return str(best.lang) if best.prob > _SURE else ""


def _found(pattern: re.Pattern[str], line: str, rule: str) -> Iterator[Edit]:
    for match in pattern.finditer(line):
        yield Edit(match.start(), match.end(), match[0], rule)


_FOREIGN = (
    "und nicht wird auf aus dem ein eine einen im zum zur sich auch noch mit von bei für es sie "
    "seit nach sind wurde ist les une dans pour avec est sur qui del los las una para con por "
    "della che sono het een och att não uma jest się bir"
)

STEPS = (
    Step(unknown_token, cue=r"<unk>|<UNK>|&lt;unk|&lt;UNK|\[UNK\]|⁇|▁\w"),
    Step(article, cue=ARTICLE_CUE),
    Step(possessive, cue=r"\b[Tt]he (?:my|your|his|our|their|its)\b"),
    Step(lower_start, cue=r"[a-z]{2}\.['’”\"]? [a-z]"),
    Step(acronym, cue=ACRONYM_CUE),
    Step(decimal_comma, cue=r"\d,\d{1,2}(?:\D|$)|\d,\d{4}|\d,\d{3} (?:b|tr)illion"),
    Step(hyphen, cue=r"[\pL\d] - [a-z]{2}"),
    Step(caption, cue=CAPTION_CUE),
    Step(content_word, test=doubled),
    Step(joined_comma, cue=r"\pL{3}[,;][a-z]{3}"),
    Step(broken_url, cue=r"https?:// \w|www\. \w|\.(?:com|org|net)/ [a-z]|https? ://"),
    Step(open_quote, test=uneven),
    Step(untranslated, cue=rf" (?:{_FOREIGN.replace(' ', '|')})[ ,]"),
    Step(did_past_elsewhere, cue=ELSEWHERE_CUE),
)


def _flag(rule: str, language: str, number: int, about: tuple[str, str, str]) -> Repair:
    summary, artifact, lookalike = about
    return Repair(
        rule, "flags", "likely", "flag", language, summary, artifact, artifact, lookalike, number
    )


REPAIRS = (
    _flag(
        "flags-unknown-token",
        "any",
        20,
        (
            "The mark of a word the engine did not know; the word is lost.",
            "The ferry of [UNK] was <unk> late.",
            "The letters un and k stand for unknown.",
        ),
    ),
    _flag(
        "flags-article",
        "en",
        45,
        (
            "A before a vowel sound or an before a consonant.",
            "It was a old ferry and an small port.",
            "A one-off, a unit, an hour and an MP are right.",
        ),
    ),
    _flag(
        "flags-the-possessive",
        "en",
        44,
        (
            "The before my, your, his, our, their or its.",
            "The crew of the his ferry was late.",
            "The crew of his ferry was late.",
        ),
    ),
    _flag(
        "flags-lower-start",
        "en",
        36,
        (
            "A sentence that begins in lower case.",
            "The ferry was late. the port was empty.",
            "Fish, chips etc. are sold there. iPhone sales rose.",
        ),
    ),
    _flag(
        "flags-acronym-case",
        "en",
        37,
        (
            "An acronym in the case of a word.",
            "The crew of an Us ferry spoke of Ai and rain.",
            "Us is a film of 2019, and they told us so.",
        ),
    ),
    _flag(
        "flags-decimal-comma",
        "en",
        33,
        (
            "A decimal comma in English.",
            "The ferry grew by 3,5 percent.",
            "The ferry carried 1,234 people.",
        ),
    ),
    _flag(
        "flags-hyphen",
        "en",
        5,
        (
            "A compound with blanks on both sides of its hyphen.",
            "The crew wants a long - term plan for the ferry.",
            "The Best Ferries of the Year - So Far",
        ),
    ),
    _flag(
        "flags-caption",
        "any",
        47,
        (
            "A caption or picture credit run into the text.",
            "The ferry left. [FILE: May 3, 2024]Image: Jane Roe / AP How it began",
            "Photo: Reuters reported the photo was taken in May.",
        ),
    ),
    _flag(
        "flags-content-word",
        "any",
        24,
        (
            "A content word that stands twice.",
            "The crew saw the ferry ferry leave the port.",
            "The very very old ferry left Bora Bora.",
        ),
    ),
    _flag(
        "flags-joined-comma",
        "en",
        28,
        (
            "Words joined by a comma or semicolon.",
            "The ferry was late,though the crew of the boat was there.",
            "The ferry carried 4,000 people, as it always did.",
        ),
    ),
    _flag(
        "flags-broken-url",
        "any",
        50,
        (
            "An address with blanks in it.",
            "The plan of the ferry is at https:// ferry.example/plan for all.",
            "The plan of the ferry is at https://ferry.example/plan for all.",
        ),
    ),
    _flag(
        "flags-open-quote",
        "en",
        13,
        (
            "A quotation opened and not closed in its paragraph.",
            "“The ferry stays, said the mayor of the town.",
            "“The ferry stays,” said the mayor of the town.",
        ),
    ),
    _flag(
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
    _flag(
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
