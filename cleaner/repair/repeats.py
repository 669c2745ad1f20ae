"""Words, phrases and sentences that a decoder or an editor printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gates import looks_like_code, looks_like_table
from cleaner.repair.model import Context, Edit, Repair, Step
from cleaner.repair.words import Words, words_of

ONCE = frozenset(
    "the a an of to for with from at by as and or but be are was were their your our its his my "
    "these this they we he she you it into than because about between".split()
)
"""English words that hardly ever stand twice side by side. Left out: *had*, *that*, *is*, *do*,
*her*, *in*, *on* and *so*, which do ("He had had enough", "Log in in seconds")."""

_TWICE = re.compile(r"(?<![\w'’-])([A-Za-z]{1,8})( {1,2})([A-Za-z]{1,8})(?![\w'’-])")
_DOUBLED = re.compile(r"(?<=[\w)”\"’]),,(?=\s|\Z)|(?<=[^\W\d_]{2})\.\.(?=\s+[A-Z“\"‘(]|\s*\Z)")
_STOP = ".!?…"
_CHUNK = 16  # code points: a repeated sentence has more before its stop
_REACH = 500
_FEWEST, _LONGEST = 3, 12  # words in the unit of a loop
_SHORTEST_SENTENCE = 25  # code points, as the artifact catalogue has it


def function_word(line: str, context: Context) -> Iterator[Edit]:
    """Drop the second of two equal function words.

    >>> english = Context("en")
    >>> [(e.start, e.end) for e in function_word("It is on the the way to to town.", english)]
    [(9, 13), (21, 24)]
    >>> list(function_word("He had had enough; and and or are operators; Vitamin A a day", english))
    []
    """
    if not context.english or looks_like_table(line):
        return
    at = 0
    while match := _TWICE.search(line, at):
        first, second = match[1], match[3]
        same = first.lower() == second.lower() and first.lower() in ONCE
        if same and (second.islower() or first == second) and not _names_words(line, match):
            start = match.start(2) if first != second else match.start()
            end = match.end() if first != second else match.start(3)
            yield Edit(start, end, "", "repeats-function-word")
            at = match.end()
        else:
            at = match.start(3)


def _names_words(line: str, match: re.Match[str]) -> bool:
    """Whether the words are spoken of, or the first is the name or end of something else."""
    first, second = match[1], match[3]
    after = line[match.end() : match.end() + 4].lower()
    before = line[max(0, match.start() - 2) : match.start()]
    return (
        (first in "Aa" and (first != second or before.endswith(("&", "-"))))
        or (first.isupper() and second.islower())
        or (first.istitle() and first == second and len(first) > 1)
        or (first.lower() in {"and", "or"} and after in {" or ", " and"})
    )


def loop(line: str, context: Context) -> Iterator[Edit]:
    """Keep one of three and more equal word groups in a row.

    A group has 3 to 12 words, two of them different; a line that is nothing but the loop stays.

    >>> context = Context("en")
    >>> line = "He left on the way to on the way to on the way to work."
    >>> [line[e.start : e.end] for e in loop(line, context)]
    ['on the way to on the way to ']
    >>> list(loop("It was war after war after war after war.", context))
    []
    """
    words = line.split()
    if len(words) - len({*words}) < 2 * _FEWEST:  # three words at least stand twice more
        return
    if context.stacked or looks_like_table(line) or len(line) < 30:
        return
    _, starts, ends = words_of(line)
    words = [line[start:end] for start, end in zip(starts, ends, strict=True)]
    at = 0
    while at < len(words) - 5:
        size = _loop_size(words, at)
        if not size:
            at += 1
            continue
        last = at + size
        while words[last : last + size] == words[at : at + size]:
            last += size
        if at or last < len(words):
            kept = last - size
            yield Edit(int(starts[at]), int(starts[kept]), "", "repeats-loop")
        at = last


def _loop_size(words: list[str], at: int) -> int:
    """Return the number of words in the group that stands three times from ``at``, or 0."""
    for size in range(2, min(_LONGEST, (len(words) - at) // 3) + 1):
        if words[at] == words[at + size] == words[at + 2 * size]:
            group = words[at : at + size]
            if (
                group == words[at + size : at + 2 * size] == words[at + 2 * size : at + 3 * size]
                and len(set(group)) >= 3
                and sum(word.isalpha() and word.islower() for word in group) >= 2
            ):
                return size
    return 0


def sentence(line: str, context: Context) -> Iterator[Edit]:
    """Keep one of two equal sentences in a row.

    >>> context = Context("en")
    >>> line = "The ferry left the port at noon. The ferry left the port at noon. It was full."
    >>> [line[e.start : e.end] for e in sentence(line, context)]
    ['The ferry left the port at noon. ']
    >>> list(sentence("Never again. Never again. She said so.", context))
    []
    """
    if context.stacked or looks_like_table(line):
        return
    at = 0
    while (found := _repeated(line, at)) is not None:
        start, second, end = found
        yield Edit(start, second, "", "repeats-sentence")
        at = end


def _repeated(line: str, at: int) -> tuple[int, int, int] | None:
    """Return where two equal sentences and what follows them begin, from ``at`` on."""
    for start in _sentence_starts(line, at):
        chunk = line[start : start + _SHORTEST_SENTENCE - 1]
        second = line.find(chunk, start + _SHORTEST_SENTENCE, start + _REACH)
        if second < 0 or not line[start:second].endswith(" "):
            continue
        text = line[start:second].rstrip()
        end = second + len(text)
        if (
            text[-1:] in '.!?…"”'
            and line[second:end] == text
            and line[end : end + 1] in {"", " "}
            and len(text) >= _SHORTEST_SENTENCE
        ):
            return start, second, end
    return None


def _sentence_starts(line: str, at: int) -> Iterator[int]:
    yield at
    for match in re.finditer(r"[.!?…][”\"’)]? (?=\S)", line[at:]):
        yield at + match.end()


def punctuation(line: str, context: Context) -> Iterator[Edit]:
    """Keep one of two equal commas or stops.

    >>> context = Context("en")
    >>> [(e.start, e.end) for e in punctuation("Of course,, it was late.. Then it left.", context)]
    [(10, 11), (24, 25)]
    >>> list(punctuation("Well.. maybe, etc., and so on...", context))
    []
    """
    if (",," not in line and ".." not in line) or looks_like_code(line):
        return
    for match in _DOUBLED.finditer(line):
        yield Edit(match.start() + 1, match.end(), "", "repeats-punctuation")


def loops(_text: str, words: Words) -> Iterator[int]:
    """Yield places within loops.

    A group of n words that stands three times makes 2n words in a row equal to the n-th after
    them.

    >>> text = "He left on the way to on the way to on the way to work."
    >>> [text[at:][:9] for at in loops(text, words_of(text))]
    ['to on the']
    """
    for size in range(_FEWEST, _LONGEST + 1):
        run = b"\x01" * 2 * size
        repeats = words.repeats(size).tobytes()
        at = repeats.find(run)
        while at >= 0:
            last = at + len(run) - 1
            if len({*words.keys[at : at + size].tolist()}) >= _FEWEST:
                yield int(words.starts[last])
            at = repeats.find(run, last + 1)


def twice(text: str, _words: Words) -> Iterator[int]:
    """Yield places before stops like one not far before in the line: where sentences may repeat.

    >>> text = "The ferry left the port at noon. The ferry left the port at noon. It was full."
    >>> list(twice(text, words_of(text)))
    [63]
    >>> text = "The ferry left the port at noon and came back in the evening. Full."
    >>> list(twice(text, words_of(text)))
    []
    """
    for mark in "!?…":
        text = text.replace(mark, ".")
    seen: dict[str, int] = {}
    stop = -1
    for part in text.split("."):
        stop += len(part) + 1
        end = text[max(0, stop - _CHUNK) : stop]
        before = seen.get(end, -_REACH)
        if stop - before < _REACH and "\n" not in text[before:stop]:
            yield stop - 1
        seen[end] = stop


_TWICE_CUE = "|".join(f"{word} {{1,2}}{word}" for word in sorted(ONCE))

STEPS = (
    Step(function_word, cue=rf"(?i:\b(?:{_TWICE_CUE})\b)"),
    Step(loop, places=loops),
    Step(sentence, places=twice),
    Step(punctuation, cue=r",,|\pL\.\.(?:\s|$)"),
)

REPAIRS = (
    Repair(
        "repeats-function-word",
        "repeats",
        "certain",
        "repair",
        "en",
        "Of two equal function words one goes; words that may stand twice are not listed.",
        "The ferry left the the port on time.",
        "The ferry left the port on time.",
        "She had had enough of that that day; log in in seconds.",
        23,
    ),
    Repair(
        "repeats-loop",
        "repeats",
        "likely",
        "repair",
        "any",
        "Of a group of words that stands three times and more in a row one stays.",
        "We left for the port of the port of the port of the town.",
        "We left for the port of the town.",
        "It was war after war after war after war, they said.",
        25,
    ),
    Repair(
        "repeats-sentence",
        "repeats",
        "likely",
        "repair",
        "any",
        "Of two equal sentences in a row one stays.",
        "The ferry left the port at noon. The ferry left the port at noon. It was full.",
        "The ferry left the port at noon. It was full.",
        "Never again. Never again. That is what she said.",
        26,
    ),
    Repair(
        "repeats-punctuation",
        "repeats",
        "likely",
        "repair",
        "any",
        "Of two commas or stops one stays.",
        "Of course,, the ferry was late.. Then it left.",
        "Of course, the ferry was late. Then it left.",
        "Well.. maybe it was late, full, etc., as ever...",
        39,
    ),
)
