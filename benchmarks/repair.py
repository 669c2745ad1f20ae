"""What the repair stage restores, flags and breaks, how fast it is, and what peers do.

    CLEANER_DATA=... python -m benchmarks.repair [--new SEED] [--alone] [--show 5] [--part speed]

``corrupted.jsonl`` and ``negatives.jsonl`` below ``$CLEANER_DATA/repair`` hold items of the form
``{"id", "class", "expect", "clean", "corrupted"}``; ``--new`` makes items of the same classes from
the gold texts with `benchmarks.corrupt`. Clean text is the gold of the shared pages. An item is
*restored* when the outcome is its clean text exactly, *flagged* when a flag or a removal was
logged and the words that stay are those of the item. Times are CPU seconds of one thread; 1 MB is
a million bytes of UTF-8.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple

from benchmarks import corrupt
from benchmarks.common import data_directory
from benchmarks.repair_peers import Mend, peers
from cleaner import clean
from cleaner.edit import apply
from cleaner.errors import CleanerError
from cleaner.gold.table import fixed_table, percent
from cleaner.read.text import read_text
from cleaner.repair import repair
from cleaner.types import Decision

UNCOUNTED = {"spacing-double", "spacing-no-break"}
"""Repairs of blanks, which are not counted as edits of clean text."""

TURNS = 5
SPEED_BYTES = 2_000_000


class Item(NamedTuple):
    """One damaged text and the text it came from."""

    id: str
    kind: str
    expect: str
    clean: str
    corrupted: str
    language: str = ""


Outcome = Callable[[Item], tuple[str, Sequence[Decision]]]


def by_repair(item: Item) -> tuple[str, list[Decision]]:
    """Return the text after the repair stage alone, and its decisions."""
    document = read_text(item.corrupted, item.language)
    decisions = repair(document, document.segments)
    return apply(item.corrupted, decisions), decisions


def by_clean(item: Item) -> tuple[str, Sequence[Decision]]:
    """Return the text after the whole of ``clean``, and its decisions."""
    result = clean(item.corrupted, language=item.language or None)
    return result.text, result.decisions


def read_items(path: Path) -> list[Item]:
    """Read items, one JSON object a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_item(json.loads(line)) for line in lines]


def new_items(paragraphs: list[str], seed: int, each: int) -> list[Item]:
    """Return newly damaged paragraphs, up to ``each`` of a class."""
    made = corrupt.items(paragraphs, seed, each)
    return [Item(i.id, i.kind, i.expect, i.clean, i.corrupted) for i in made]


def gold_texts(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield id, language and gold text of the shared pages that have one, each page once."""
    seen: set[str] = set()
    for path in sorted((data / "pages").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for page in map(json.loads, lines):
                if page["gold"] and page["id"] not in seen:
                    seen.add(page["id"])
                    yield page["id"], page["lang"][:2], page["gold"]


def english_paragraphs(data: Path) -> list[str]:
    """Return the paragraphs of 20 to 120 words of the English gold texts."""
    texts = (text for _, language, text in gold_texts(data) if language == "en")
    paragraphs = (line.strip() for text in texts for line in text.splitlines())
    return [line for line in paragraphs if 20 <= len(line.split()) <= 120]


def verdict(item: Item, text: str, decisions: Sequence[Decision]) -> str:
    """Return ``ok``, ``missed`` or ``wrong``."""
    if item.expect == "repair":
        return "ok" if text == item.clean else "missed" if text == item.corrupted else "wrong"
    if item.expect == "unchanged":
        return "ok" if text == item.clean else "wrong"
    if any(d.action == "remove" and d.status == "applied" for d in decisions):
        return "ok" if set(item.clean.split()) <= set(text.split()) else "wrong"
    if text.split() != item.corrupted.split():
        return "wrong"
    return "ok" if any(d.status == "flagged" for d in decisions) else "missed"


def outcomes(items: Sequence[Item], outcome: Outcome) -> dict[str, Counter[str]]:
    """Return the verdicts by ``expect/class``."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        counts[f"{item.expect}/{item.kind}"][verdict(item, *outcome(item))] += 1
    return counts


def print_classes(items: Sequence[Item], *, alone: bool) -> None:
    """Print the share of each class that the stage, ``clean`` and the peers get right."""
    tools: dict[str, Outcome] = {"repair": by_repair}
    if not alone:
        tools["clean()"] = by_clean
    for name, mend in peers():
        tools[name] = _by_peer(mend)
    counts = {name: outcomes(items, outcome) for name, outcome in tools.items()}
    first = counts["repair"]
    rows = []
    for kind in sorted(first):
        total = first[kind].total()
        shares = [percent(c[kind]["ok"] / total, 0) for c in counts.values()]
        rows.append([kind, str(total), *shares, str(first[kind]["wrong"])])
    print(fixed_table(["class", "items", *tools, "repair: wrong"], rows), "\n")
    for expect in ("repair", "flag", "unchanged"):
        for name, by_kind in counts.items():
            sums = sum((c for k, c in by_kind.items() if k.startswith(expect)), Counter[str]())
            if total := sums.total():
                ok, wrong_share = percent(sums["ok"] / total), percent(sums["wrong"] / total)
                print(f"{expect}: {name} {ok} of {total} right, {wrong_share} wrongly edited")
    weak = [k for k, c in first.items() if c.total() >= 15 and c["ok"] < 0.7 * c.total()]
    print(f"classes of 15 items and more below 70 %: {', '.join(weak) or 'none'}\n")


def print_clean(texts: Iterable[tuple[str, str, str]], show: int) -> None:
    """Print the edits of clean text by language and by repair, and ``show`` of each to read."""
    words: Counter[str] = Counter()
    edits: Counter[str] = Counter()
    samples: dict[str, list[str]] = defaultdict(list)
    for _, language, text in texts:
        words[language] += len(text.split())
        document = read_text(text, language)
        for decision in repair(document, document.segments):
            if decision.status == "applied":
                samples[decision.rule].append(_in_context(text, decision))
                edits[language] += not set(decision.rule.split("+")) <= UNCOUNTED
    rows = [["en", str(words["en"]), _rate(edits["en"], words["en"])]]
    others = sum(words.values()) - words["en"], sum(edits.values()) - edits["en"]
    rows.append(["other languages", str(others[0]), _rate(others[1], others[0])])
    rows += [[k, str(words[k]), _rate(edits[k], words[k])] for k in sorted(edits) if k != "en"]
    print(fixed_table(["clean text", "words", "edits per 1,000"], rows), "\n")
    counted = sorted(samples.items(), key=lambda pair: -len(pair[1]))
    print(fixed_table(["repair", "edits"], [[k, str(len(v))] for k, v in counted]), "\n")
    for rule, lines in counted if show else ():
        print(f"{rule}:")
        for line in random.Random(rule).sample(lines, min(show, len(lines))):
            print(f"  {line}")


def print_speed(texts: Iterable[tuple[str, str, str]]) -> None:
    """Print the speed of the stage beside ftfy's on the same English text, in turns."""
    import ftfy  # noqa: PLC0415 - as the stage itself, late

    documents = []
    size = 0
    for _, language, text in texts:
        if language == "en" and size < SPEED_BYTES:
            documents.append(read_text(text, "en"))
            size += len(text.encode())
    times: dict[str, list[float]] = {"repair": [], "ftfy.fix_text": []}
    for turn in range(TURNS + 1):
        start = process_time()
        for document in documents:
            repair(document, document.segments)
        middle = process_time()
        for document in documents:
            ftfy.fix_text(document.text)
        end = process_time()
        if turn:  # the first one warms up
            times["repair"].append(middle - start)
            times["ftfy.fix_text"].append(end - middle)
    speeds = {name: size / 1e6 / median(seconds) for name, seconds in times.items()}
    rows = [[name, f"{speed:.1f}"] for name, speed in speeds.items()]
    print(fixed_table(["speed", "MB/s"], rows))
    print(f"repair is {speeds['repair'] / speeds['ftfy.fix_text']:.1f} times as fast\n")


def main() -> int:
    """Print the parts asked for; return 2 when the data cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=["items", "clean", "speed"], action="append")
    parser.add_argument("--new", type=int, metavar="SEED", help="damage gold paragraphs instead")
    parser.add_argument("--alone", action="store_true", help="leave clean() out of the items")
    parser.add_argument("--each", type=int, default=60, help="new items of a class at most")
    parser.add_argument("--show", type=int, default=0, help="edits of clean text to print")
    options = parser.parse_args()
    parts = options.part or ["items", "clean", "speed"]
    try:
        data = data_directory()
        if "items" in parts:
            if options.new is None:
                items = read_items(data / "repair" / "corrupted.jsonl")
                items += read_items(data / "repair" / "negatives.jsonl")
            else:
                items = new_items(english_paragraphs(data), options.new, options.each)
            print_classes(items, alone=options.alone)
        if "clean" in parts:
            print_clean(gold_texts(data), options.show)
        if "speed" in parts:
            print_speed(gold_texts(data))
    except (CleanerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _item(fields: dict[str, Any]) -> Item:
    return Item(
        fields["id"],
        fields["class"],
        fields["expect"],
        fields["clean"],
        fields["corrupted"],
        fields.get("lang", "")[:2],
    )


def _by_peer(mend: Mend) -> Outcome:
    return lambda item: (mend(item.corrupted), ())


def _rate(edits: int, words: int) -> str:
    return f"{1000 * edits / words:.3f}" if words else "-"


def _in_context(text: str, decision: Decision) -> str:
    before, after = text[max(0, decision.start - 40) : decision.start], text[decision.end :][:30]
    return f"{before}[{decision.original}→{decision.replacement}]{after}".replace("\n", "⏎")


if __name__ == "__main__":
    sys.exit(main())
