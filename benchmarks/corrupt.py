"""Damage clean English text the way translation engines and bad handling do, with a seed.

    python -m benchmarks.corrupt --seed 3 --each 20 < paragraphs.txt > items.jsonl

Reads one paragraph a line and writes, for every class, up to ``--each`` items
``{"id", "class", "expect", "clean", "corrupted"}``. A class that cannot happen in a paragraph
(no quotation marks, no numbers) takes another one; the same seed and input give the same items.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

Expect = Literal["repair", "flag"]
Damage = Callable[[str, random.Random], str | None]

INVISIBLE = "\u200b\u00ad\u2060\ufeff"
BLANKS = "\u00a0\u202f\u2009"
UNKNOWN = ("<unk>", "[UNK]", "⁇", "&lt;unk&gt;")
FULLWIDTH = {", ": "，", ". ": "。"}
FOREIGN = (
    "Der Fährmann wartete am Abend noch lange auf die letzten Gäste aus der Stadt.",
    "Wegen des starken Windes blieb der Hafen auch am zweiten Tag geschlossen.",
    "Le capitaine attendait depuis une heure dans le petit café du port.",
    "El puente sigue cerrado porque la lluvia se llevó una parte de la carretera.",
)
CREDITS = ("Ana Ruiz / Reuters", "M. Berg / AP Photo", "Lee Park / AFP / Getty Images")
HEADINGS = ("What happens next", "A town waits", "How it began")
FUNCTION = frozenset("the a an of to for with from at by as and or are their your our its".split())


@dataclass(frozen=True, slots=True)
class Item:
    """A clean paragraph, its damaged form, and whether a repair or a flag is wanted."""

    id: str
    kind: str
    expect: Expect
    clean: str
    corrupted: str

    def record(self) -> dict[str, str]:
        """Return the item as it is written, with ``kind`` under the name ``class``."""
        fields = asdict(self)
        return {
            "id": fields["id"],
            "class": fields["kind"],
            **{name: fields[name] for name in ("expect", "clean", "corrupted")},
        }


def replaced(pattern: str, by: str | Callable[[re.Match[str]], str], most: int = 2) -> Damage:
    """Return a damage that rewrites one to ``most`` matches of ``pattern``."""
    compiled = re.compile(pattern)

    def damage(text: str, rng: random.Random) -> str | None:
        matches = list(compiled.finditer(text))
        if not matches:
            return None
        chosen = rng.sample(matches, min(len(matches), rng.randint(1, most)))
        for match in sorted(chosen, key=lambda m: m.start(), reverse=True):
            new = match.expand(by) if isinstance(by, str) else by(match)
            text = text[: match.start()] + new + text[match.end() :]
        return text

    return damage


def every(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Damage:
    """Return a damage that rewrites all matches of ``pattern``."""
    return lambda text, _rng: re.sub(pattern, by, text)


def one_of(*damages: Damage) -> Damage:
    """Return a damage that does one of several."""
    return lambda text, rng: rng.choice(damages)(text, rng)


def apertium_star(text: str, rng: random.Random) -> str | None:
    """Mark a third of the words of four letters and more as unknown."""
    mark = rng.choice(("*", "**"))
    words = [m.start() for m in re.finditer(r"(?<= )[A-Za-z]{4,}", text)]
    chosen = rng.sample(words, len(words) // 3)
    if len(chosen) < 3 or "*" in text:
        return None
    for at in sorted(chosen, reverse=True):
        text = text[:at] + mark + text[at:]
    return text


def html_entity(text: str, rng: random.Random) -> str | None:
    """Escape what an API escapes, once or twice."""
    names = {"’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "–": "&ndash;"}
    numbers = {"'": "&#39;", '"': "&quot;", "&": "&amp;"}
    table = {**names, **numbers}
    escaped = "".join(table.get(char, char) for char in text)
    return html.escape(escaped, quote=False) if rng.random() < 0.4 else escaped


def mojibake(text: str, _rng: random.Random) -> str | None:
    """Read UTF-8 as Windows-1252."""
    try:
        return text.encode().decode("cp1252")
    except UnicodeError:
        return None


def marked(place: str, marks: Iterable[str]) -> Damage:
    """Return a damage that sets marks over one to three of the matches of ``place``."""
    compiled, choices = re.compile(place), list(marks)

    def damage(text: str, rng: random.Random) -> str | None:
        spans = [match.span() for match in compiled.finditer(text)]
        if len(spans) < 3:
            return None
        for start, end in sorted(rng.sample(spans, rng.randint(1, 3)), reverse=True):
            text = text[:start] + rng.choice(choices) + text[end:]
        return text

    return damage


def quote_pairs(opening: str, closing: str) -> Damage:
    """Return a damage that prints the quotation marks otherwise."""
    return every(r"“([^“”]+)”", rf"{opening}\1{closing}")


def clause_quote(text: str, _rng: random.Random) -> str | None:
    """Print ``: “text”`` as ``:” text “``, which guillemets by position become."""
    new, count = re.subn(r": “([^“”]+)”", r":” \1 “", text, count=1)
    return new if count else None


def ngram_loop(text: str, rng: random.Random) -> str | None:
    """Repeat three to six words three to six times."""
    words = text.split(" ")
    size = rng.randint(3, 6)
    if len(words) < size + 6:
        return None
    at = rng.randint(2, len(words) - size - 2)
    group = words[at : at + size]
    if len(set(group)) < 3 or any(not word.isalpha() for word in group):
        return None
    return " ".join(words[:at] + group * rng.randint(3, 6) + words[at + size :])


def dup_sentence(text: str, rng: random.Random) -> str | None:
    """Say one sentence twice."""
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    long = [i for i, s in enumerate(sentences) if len(s) > 40 and s[-1] in ".!?"]
    if not long:
        return None
    at = rng.choice(long)
    return " ".join([*sentences[: at + 1], sentences[at], *sentences[at + 1 :]])


def dup_word(function: bool) -> Damage:
    """Return a damage that says a function word or a content word twice."""

    def damage(text: str, rng: random.Random) -> str | None:
        matches = [
            m
            for m in re.finditer(r"(?<= )[a-z]{1,12}(?= [a-z])", text)
            if (m[0] in FUNCTION) == function and (function or len(m[0]) > 4)
        ]
        if not matches:
            return None
        match = rng.choice(matches)
        return text[: match.end()] + " " + text[match.start() :]

    return damage


def inserted(make: Callable[[random.Random], str]) -> Damage:
    """Return a damage that sets text between two sentences, or at the end."""

    def damage(text: str, rng: random.Random) -> str | None:
        stops = [m.end() for m in re.finditer(r"[a-z][.!?](?= [A-Z])", text)]
        if not stops:
            return None
        at = rng.choice(stops)
        return f"{text[:at]} {make(rng)}{text[at:]}"

    return damage


_IN_WORD = r"(?<=[a-z]{2})(?=[a-z]{2})"
_BLANK = r"(?<=[a-z]) (?=[a-z])"
_NUMBER = r"(?<![\d,.])\d{1,3}"
DAMAGES: dict[str, tuple[Expect, Damage]] = {
    "space_before_comma_stop": ("repair", replaced(r"(?<=[a-z])([,.])(?= |$)", r" \1", 3)),
    "space_before_high_punct": ("repair", replaced(r"(?<=[a-z])([;:!?])(?= [A-Za-z]|$)", r" \1")),
    "hyphen_left_space": ("repair", replaced(r"(?<=[A-Za-z]{3})-(?=[a-z]{2})", " -")),
    "hyphen_both_space": ("flag", replaced(r"(?<=[A-Za-z]{4})-(?=[a-z]{2})", " - ", 1)),
    "quote_close_as_open": ("repair", replaced(r"(?<=[\w,.!?])”(?=[ .,]|$)", "“", 1)),
    "quote_open_as_close": ("repair", replaced(r"(?:(?<= )|^)“(?=[A-Za-z])", "”", 1)),
    "quote_guillemet_residue": ("repair", clause_quote),
    "quote_space_inside": ("repair", quote_pairs("“ ", " ”")),
    "quote_to_guillemets": ("repair", quote_pairs("« ", " »")),
    "nested_quote_end": ("repair", replaced(r"’”", "’“", 1)),
    "nested_quote_straight": ("repair", replaced(r"’”", "'”", 1)),
    "missing_close_quote": ("flag", replaced(r"(?<=[a-z,.!?])”", "", 1)),
    "contraction_space": ("repair", replaced(r"(n['’]t|['’](?:s|re|ve|ll|d|m))\b", r" \1", 3)),
    "apostrophe_right_space": ("repair", replaced(r"(?<=[a-z])(['’])(s|re|ve|ll)\b", r"\1 \2", 3)),
    "html_entity": ("repair", html_entity),
    "moses_escape": ("repair", replaced(r"(?<=[a-z])-(?=[a-z])", " @-@ ")),
    "bpe_marker": ("repair", marked(_IN_WORD, ["@@ "])),
    "unk_token": ("flag", replaced(r"(?<= )[a-z]{6,}(?= )", lambda m: UNKNOWN[len(m[0]) % 4])),
    "apertium_star": ("repair", apertium_star),
    "dup_function_word": ("repair", dup_word(True)),
    "dup_content_word": ("flag", dup_word(False)),
    "ngram_loop": ("repair", ngram_loop),
    "dup_sentence": ("repair", dup_sentence),
    "missing_space_after_stop": ("repair", replaced(r"(?<=[a-z]{3}\.) (?=[A-Z])", "", 1)),
    "bracket_space": ("repair", replaced(r"\(([\w –-]{3,60})\)", r"( \1 )", 1)),
    "number_time": ("repair", replaced(r"\b(\d{1,2}):(\d\d)(?= [ap]\.?m)", r"\1 :\2", 1)),
    "number_thousand": (
        "repair",
        one_of(
            replaced(rf"({_NUMBER}),(\d{{3}})(?![\d,])", r"\1 ,\2"),
            replaced(r"(?<=\$)(\d{1,3}),(\d{3})(?![\d,])", r"\1, \2", 1),
        ),
    ),
    "number_decimal_space": (
        "repair",
        replaced(rf"({_NUMBER})\.(\d{{1,2}})(?=%| (?:percent|million|billion))", r"\1. \2", 1),
    ),
    "number_decimal_comma": (
        "flag",
        replaced(rf"({_NUMBER})\.(\d{{1,2}})(?=%| (?:percent|million|billion))", r"\1,\2", 1),
    ),
    "currency_space": ("repair", replaced(r"(?:(?<= )|^)\$(?=\d)", "$ ")),
    "initials_split": ("repair", replaced(r"\bU\.S\.", "U. S.")),
    "double_punct": ("repair", replaced(r"(?<=[a-z]{2})([,.])(?= |$)", r"\1\1", 1)),
    "double_space": ("repair", marked(_BLANK, ["  "])),
    "nbsp_space": ("repair", marked(_BLANK, BLANKS)),
    "invisible_chars": ("repair", marked(_IN_WORD, INVISIBLE)),
    "fullwidth_punct": ("repair", replaced(r"(?<=[a-z])(?:, |\. )", lambda m: FULLWIDTH[m[0]])),
    "mojibake": ("repair", mojibake),
    "a_an_swap": (
        "flag",
        replaced(r"\b(?:a|an)(?= [a-z]{4})", lambda m: "an" if m[0] == "a" else "a", 1),
    ),
    "possessive_article": (
        "flag",
        replaced(r"(?<=[a-z] )(?=(?:his|their|our|your|its) )", "the ", 1),
    ),
    "lower_sentence_start": (
        "flag",
        replaced(r"(?<=[a-z]\. )(?:The|It|We|But|They)\b", lambda m: m[0].lower(), 1),
    ),
    "acronym_case": ("flag", replaced(r"\b(?:AI|US)\b(?=[ -][a-z])", lambda m: m[0].title(), 1)),
    "did_past": (
        "repair",
        replaced(r"\b([Ww]hat did (?:[A-Z]\w+|he|she|they)) say\b", r"\1 said", 1),
    ),
    "untranslated_span": ("flag", inserted(lambda rng: rng.choice(FOREIGN))),
    "caption_fused": (
        "flag",
        inserted(lambda r: f"[FILE: May 3, 2024]Image: {r.choice(CREDITS)} {r.choice(HEADINGS)}"),
    ),
}
"""Damage by class, and what is wanted in return."""

_TOGETHER = (
    "apertium_star bpe_marker moses_escape contraction_space apostrophe_right_space "
    "space_before_comma_stop dup_function_word double_punct double_space nbsp_space "
    "invisible_chars fullwidth_punct missing_space_after_stop hyphen_left_space currency_space"
).split()


def combined(text: str, rng: random.Random) -> str | None:
    """Do two to four kinds of damage."""
    done = 0
    for name in rng.sample(_TOGETHER, rng.randint(2, 4)):
        damaged = DAMAGES[name][1](text, rng)
        if damaged and damaged != text:
            text, done = damaged, done + 1
    return text if done > 1 else None


def items(paragraphs: list[str], seed: int, each: int) -> Iterator[Item]:
    """Yield up to ``each`` items of every class, from different paragraphs where it can."""
    for name, (expect, damage) in {**DAMAGES, "combined": ("repair", combined)}.items():
        rng = random.Random(f"{seed}:{name}")
        made = 0
        for text in rng.sample(paragraphs, len(paragraphs)):
            damaged = damage(text, rng)
            if damaged and damaged != text:
                yield Item(f"{name}-{made}", name, expect, text, damaged)
                made += 1
            if made == each:
                break


def main() -> None:
    """Read paragraphs from standard input and write items to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=20, help="items of one class at most")
    options = parser.parse_args()
    paragraphs = [line.strip() for line in sys.stdin if len(line.split()) >= 12]
    for item in items(paragraphs, options.seed, options.each):
        print(json.dumps(item.record(), ensure_ascii=False))


if __name__ == "__main__":
    main()
