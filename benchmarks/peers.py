"""Line filters in use elsewhere, behind one interface: which of a text's lines they remove.

Each is the published code with its own defaults, called on the lines of a text. Where a filter
would drop whole documents (C4 below five sentences, with a curly bracket or with dummy text),
that part is switched off: it is measured here as a filter of lines.
"""

# ruff: noqa: PLC0415 - each filter is imported where it is made, so that any may be missing

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.optional import installed

LineFilter = Callable[[Sequence[str], str], Sequence[bool]]
"""Lines and their language (ISO 639-1) to one flag a line: removed or not."""

SHORT_WORDS = 5
"""The plain filter removes lines with fewer words than this."""

_STOPLISTS = {
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "id": "Indonesian",
    "it": "Italian",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian_Bokmal",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sw": "Swahili",
    "tr": "Turkish",
}


def line_filters() -> Iterator[tuple[str, LineFilter]]:
    """Return name and function of each filter that is installed; name the others on stderr."""
    makers: dict[str, Callable[[], LineFilter]] = {
        "c4": lambda: c4_filter(punctuation=True),
        "c4-nopunct": lambda: c4_filter(punctuation=False),
        "justext": justext_filter,
        f"under-{SHORT_WORDS}-words": lambda: short_line_filter(SHORT_WORDS),
    }
    return installed(makers, "peer")


def c4_filter(*, punctuation: bool) -> LineFilter:
    """Return datatrove's C4QualityFilter, with or without its terminal-punctuation rule.

    The filter judges each line by itself, so it is asked one line at a time. Raises ImportError.
    """
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    c4 = C4QualityFilter(
        filter_no_terminal_punct=punctuation,
        min_num_sentences=-1,
        filter_lorem_ipsum=False,
        filter_curly_bracket=False,
    )

    def removes(line: str) -> bool:
        document = Document(text=line, id="")
        c4.filter(document)
        return not document.text

    return lambda lines, _language: [removes(line) for line in lines]


def justext_filter() -> LineFilter:
    """Return jusText's two passes, each line a paragraph without tags or links.

    Languages without a stop list go by length alone, as its manual advises. Raises ImportError.
    """
    from justext.core import PathInfo, classify_paragraphs, revise_paragraph_classification
    from justext.paragraph import Paragraph
    from justext.utils import get_stoplist

    stoplists = {code: get_stoplist(name) for code, name in _STOPLISTS.items()}
    path = PathInfo()

    def remove(lines: Sequence[str], language: str) -> list[bool]:
        paragraphs = [Paragraph(path) for _ in lines]
        for paragraph, line in zip(paragraphs, lines, strict=True):
            paragraph.append_text(line)
        if language in stoplists:
            classify_paragraphs(paragraphs, stoplists[language])
        else:
            classify_paragraphs(paragraphs, frozenset(), stopwords_low=0.0, stopwords_high=0.0)
        revise_paragraph_classification(paragraphs)
        return [paragraph.is_boilerplate for paragraph in paragraphs]

    return remove


def short_line_filter(words: int) -> LineFilter:
    """Return a filter of lines with fewer than ``words`` words between blanks."""
    return lambda lines, _language: [len(line.split()) < words for line in lines]
