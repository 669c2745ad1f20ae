"""Marks that tokenisers and translation engines put between or before words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gates import looks_like_code
from cleaner.repair.model import Context, Edit, Repair, Step

_MOSES = re.compile(r" ?@([-,./:])@ ?")
_BPE = re.compile(r"(?<=\w)@@ (?=[\w*])")
_BPE_BEFORE_MARK = re.compile(r"(?<=\w)@@ (?=[.,;:!?'’)-])")
STAR = re.compile(r"(?:(?<=\s)|(?<=[(\[“\"‘'—–-])|^)\*{1,2}(?=[^\W\d_])")
# Stars that end emphasis, behind a word or a mark.
STAR_CLOSED = re.compile(r"[\w.,;:!?)]\*(?!\w)|[^\s*(\[“‘—–-]\*\*")
_SPEAKS_OF_SUBWORDS = re.compile(r"\bBPE\b|subword|SentencePiece|tokeni[sz]")
_HASH = re.compile(r"(?<=\s)[#@](?=[a-z]{2})")
_ALTERNATIVES = re.compile(r"\b[^\W\d_]{3,30}(?:/[^\W\d_]{3,30}){2,4}\b(?![/.])")
# Marks that close one bold part and open the next stand at words; broken ones stand alone.
_BROKEN_BOLD = re.compile(
    r"(?<![^\s(\[“\"])(?<!\d )\*\* ([^*\n]{1,200}?) \*\*(?![^\s.,;:!?)\]”\"])"
)
_BROKEN_LINK = re.compile(r"(?<=\])[ ]+(?=\(https?://)|(?<=!)[ ]+(?=\[[^\]]{0,200}\]\()")


def moses(line: str, _context: Context) -> Iterator[Edit]:
    """Take the tokeniser's ``@`` and blanks from around a mark inside a word or number.

    >>> [e.replacement for e in moses("a well @-@ known 4 @,@ 000", Context("en"))]
    ['-', ',']
    """
    if "@" in line:
        for match in _MOSES.finditer(line):
            yield Edit(match.start(), match.end(), match[1], "tokens-moses")


def bpe(line: str, _context: Context) -> Iterator[Edit]:
    """Join the pieces of a word that a subword tokeniser split.

    >>> [(e.start, e.end) for e in bpe("a lab@@ y@@ rinth", Context("en"))]
    [(5, 8), (9, 12)]
    """
    if "@@ " in line and not _SPEAKS_OF_SUBWORDS.search(line):
        for match in sorted(
            [*_BPE.finditer(line), *_BPE_BEFORE_MARK.finditer(line)], key=lambda m: m.start()
        ):
            yield Edit(match.start(), match.end(), "", "tokens-bpe")


def stars(line: str, context: Context) -> Iterator[Edit]:
    """Take away Apertium's mark before words it did not know.

    >>> from cleaner.repair.model import KnownFacts
    >>> marked = Context("en", KnownFacts(stars=True))
    >>> [e.start for e in stars("The *ferry left the *harbour at *noon.", marked)]
    [4, 20, 32]
    >>> list(stars("This is *really* good. * **Bread:**two kinds", marked))
    []
    """
    if not context.facts.stars:
        return
    if "*" in line and not STAR_CLOSED.search(line) and not looks_like_code(line):
        marks = list(STAR.finditer(line))
        if len(marks) > 1 or (marks and marks[0].start()):
            for match in marks:
                yield Edit(match.start(), match.end(), "", "tokens-star")


def generation_marks(line: str, context: Context) -> Iterator[Edit]:
    """Take away Apertium's ``#`` and ``@`` before words it could not inflect or transfer."""
    if context.facts.stars and ("#" in line or "@" in line):
        for match in _HASH.finditer(line):
            yield Edit(match.start(), match.end(), "", "tokens-generation")


def alternatives(line: str, _context: Context) -> Iterator[Edit]:
    """Keep the first of several spellings of one word.

    >>> context = Context("en")
    >>> [e.replacement for e in alternatives("the Port/port/PORT of call", context)]
    ['Port']
    >>> list(alternatives("and/or his/her", context))
    []
    """
    if "/" in line and "://" not in line and "\t" not in line:
        for match in _ALTERNATIVES.finditer(line):
            words = match[0].split("/")
            if len({word.casefold() for word in words}) == 1 < len(set(words)):
                yield Edit(match.start(), match.end(), words[0], "tokens-alternatives")


def markdown(line: str, context: Context) -> Iterator[Edit]:
    """Close up Markdown marks that were translated as words.

    >>> context = Context("en")
    >>> [(e.start, e.end) for e in markdown("This is ** bold ** text", context)]
    [(10, 11), (15, 16)]
    >>> list(markdown("so 2 ** 3 is 8", context)), list(markdown("**A** or **B**", context))
    ([], [])
    """
    if "** " in line and line.count("**") % 2 == 0:
        for match in _BROKEN_BOLD.finditer(line):
            if any(char.isalpha() for char in match[1]):
                yield Edit(match.start(1) - 1, match.start(1), "", "tokens-markdown")
                yield Edit(match.end(1), match.end(1) + 1, "", "tokens-markdown")
    if "](" in line or "] (" in line:
        for match in _BROKEN_LINK.finditer(line):
            yield Edit(match.start(), match.end(), "", "tokens-markdown")


STEPS = (
    Step(moses, cue=r"@[-,./:]@"),
    Step(bpe, cue=r"\w@@ "),
    Step(stars, cue=r"(?:^|[\s(\[“\"‘'—–-])\*\*?\pL"),
    Step(generation_marks, cue=r" [#@][a-z]{2}"),
    Step(alternatives, cue=r"\pL/\pL+/\pL"),
    Step(markdown, cue=r"\*\* \S|\] \(http|! \["),
)

REPAIRS = (
    Repair(
        "tokens-moses",
        "tokens",
        "certain",
        "repair",
        "any",
        "The tokeniser's @ around a hyphen, comma or stop goes, with its blanks.",
        "A well @-@ known ferry carried 4 @,@ 000 people.",
        "A well-known ferry carried 4,000 people.",
        "Write to crew@ferry-line.example for tickets.",
        18,
    ),
    Repair(
        "tokens-bpe",
        "tokens",
        "certain",
        "repair",
        "any",
        "The pieces of a word that a subword tokeniser split are joined.",
        "The old har@@ bour froze over in Jan@@ uary.",
        "The old harbour froze over in January.",
        "Follow @@ferry and @harbour for news.",
        19,
    ),
    Repair(
        "tokens-star",
        "tokens",
        "likely",
        "repair",
        "any",
        "Apertium's star before words it did not know goes, in documents that hold many.",
        "The *ferry left the *harbour at *noon with *mail.",
        "The ferry left the harbour at noon with mail.",
        "This is *really* good, **bold** even; *see below.",
        21,
    ),
    Repair(
        "tokens-generation",
        "tokens",
        "unsure",
        "repair",
        "any",
        "Apertium's # and @ before words it could not inflect go, where its stars stand too.",
        "The *ferry left the *harbour at *noon and #sail on.",
        "The ferry left the harbour at noon and sail on.",
        "Read @harbour and #ferry for news.",
        21,
    ),
    Repair(
        "tokens-alternatives",
        "tokens",
        "likely",
        "repair",
        "any",
        "Of one word in several cases, set beside each other with slashes, the first stays.",
        "The ferry left the Port/port/PORT of the town.",
        "The ferry left the Port of the town.",
        "Bring a coat and/or a hat for his/her trip.",
        22,
    ),
    Repair(
        "tokens-markdown",
        "tokens",
        "likely",
        "repair",
        "any",
        "Markdown marks that came apart in translation close up again.",
        "The ferry is ** late ** today, see [the plan] (https://ferry.example/plan).",
        "The ferry is **late** today, see [the plan](https://ferry.example/plan).",
        "The result of 2 ** 3 is 8, and of 3 ** 2 is 9.",
        49,
    ),
)
