"""Residue removed and content lost on labelled texts, beside line filters in use today.

Run ``python -m benchmarks.accuracy --help``. Without FILES it reads ``$CLEANER_DATA/text``. The
probes (gold texts as input, look-alikes, phrases after translation) are in ``probes.py``; those
that need tables of ``$CLEANER_DATA`` are skipped, with a note, where FILES are given without it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from benchmarks.common import (
    EXTRACTORS,
    GROUPS,
    Selection,
    data_directory,
    read_records,
    read_table,
    text_files,
)
from benchmarks.floors import FLOORS, pinned, read_floors, shortfalls
from benchmarks.measure import (
    Families,
    Method,
    Summary,
    TextScore,
    cleaner_method,
    family_recall,
    filter_method,
    known_families,
    score_record,
    summarise,
)
from benchmarks.peers import line_filters
from benchmarks.probes import (
    gold_probe,
    gold_texts,
    judged_residue,
    lookalike_probe,
    roundtrip_probe,
)
from cleaner import Cleaner
from cleaner.errors import CleanerError, ConfigError
from cleaner.gold.score import TextCleaner
from cleaner.gold.table import fixed_table, percent
from cleaner.gold.words import share
from cleaner.types import Level

OURS = "cleaner"

Scores = Mapping[str, Sequence[TextScore]]
"""Scores of each method, by its name."""

_GOLD_SHARES = ("words_removed", "untouched", "unchanged", "idempotent")

_COLUMNS = (
    "",
    "texts",
    "residue out",
    "gold lost",
    "line P",
    "R",
    "F1",
    "word F1 before",
    "after",
    "gain",
    "worse",
    "free before",
    "after",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 where ``--check`` finds a score below its floor."""
    options = _parser().parse_args(arguments)
    try:
        data = _data(options.files)
        files, selection = selected(options)
        report, scores = measure(
            files, selection, options.level, data=data, peers=not options.no_peers
        )
        print(_json(report) if options.json else _tables(scores, report))
        return _settle_floors(report, options)
    except CleanerError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return 2


def selecting_parser(name: str, about: str | None) -> argparse.ArgumentParser:
    """Return a parser of the options that say what to clean and how; see ``selected``."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about)
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILES", help="JSONL or JSONL.gz")
    add("--level", choices=get_args(Level), default="standard")
    add("--sample", type=int, metavar="N", help="only N pages, the same ones each time")
    add("--extractor", choices=EXTRACTORS)
    add("--language", metavar="CODE", help="only records labelled with this ISO 639-1 code")
    return parser


def selected(options: argparse.Namespace) -> tuple[Sequence[Path], Selection]:
    """Return the files and the records of them that were asked for. Raises ConfigError."""
    files = options.files or text_files(data_directory())
    return files, Selection(options.extractor, options.language, options.sample)


def make_cleaner(level: Level) -> TextCleaner:
    """Build the cleaner that is measured: everything as shipped but the level."""
    return Cleaner(level=level)


def score_files(
    files: Sequence[Path], selection: Selection, methods: Mapping[str, Method], families: Families
) -> dict[str, list[TextScore]]:
    """Score each method on each selected record."""
    scores: dict[str, list[TextScore]] = {name: [] for name in methods}
    for record in read_records(files, selection):
        for name, score in score_record(record, methods, families).items():
            scores[name].append(score)
    return scores


def by_group(scores: Sequence[TextScore]) -> dict[str, Summary]:
    """Sum up the scores of each group of extractors and of each extractor that has any."""
    parts = {**GROUPS, **{name: (name,) for name in EXTRACTORS}}
    picked = {
        name: [score for score in scores if score.extractor in extractors]
        for name, extractors in parts.items()
    }
    return {name: summarise(part) for name, part in picked.items() if part}


def probe_data(
    cleaner: TextCleaner, files: Sequence[Path], selection: Selection, data: Path | None
) -> dict[str, Any]:
    """Put the probes and return their figures as plain data; without ``data`` only the first."""
    texts = gold_texts(read_records(files, selection))
    gold = {source: asdict(gold_probe(cleaner, part)) for source, part in texts.items()}
    if data is None:
        return {"gold": gold}
    lines = read_table(data / "lookalike-content.tsv")
    lookalikes = lookalike_probe(cleaner, lines, judged_residue())
    roundtrip = roundtrip_probe(cleaner, read_table(data / "roundtrip_phrases.tsv"))
    return {
        "gold": gold,
        "lookalike": {**asdict(lookalikes), "survived": lookalikes.survived},
        "roundtrip": asdict(roundtrip),
    }


def measure(
    files: Sequence[Path],
    selection: Selection,
    level: Level,
    *,
    data: Path | None,
    peers: bool = False,
) -> tuple[dict[str, Any], Scores]:
    """Score a level, and on demand the peers, on texts and probes.

    Returns the figures as plain data, and the scores of each text. ``data`` is the directory
    of the tables of families, look-alikes and translations. Raises InputError.
    """
    cleaner = make_cleaner(level)
    methods = {OURS: cleaner_method(cleaner)}
    if peers:
        methods |= {name: filter_method(line_filter) for name, line_filter in line_filters()}
    families = known_families(read_table(data / "residue-lines.tsv") if data else ())
    scores = score_files(files, selection, methods, families)
    report = {
        "level": level,
        "methods": {
            name: {group: part.to_json() for group, part in by_group(own).items()}
            for name, own in scores.items()
        },
        "families": {name: family_recall(own) for name, own in scores.items()},
        "probes": probe_data(cleaner, files, selection, data),
    }
    return report, scores


def _data(files: Sequence[Path]) -> Path | None:
    """Return the directory of the shared data; it is needed only where no files are given."""
    try:
        return data_directory()
    except ConfigError as error:
        if not files:
            raise
        print(f"families, look-alikes and translations skipped: {error}", file=sys.stderr)
        return None


def _settle_floors(report: Mapping[str, object], options: argparse.Namespace) -> int:
    if options.pin:
        options.pin.write_text(
            json.dumps(pinned(report, options.sample, options.language), indent=2) + "\n"
        )
    if not options.check:
        return 0
    found = shortfalls(report, read_floors(options.check))
    for line in found:
        print(f"below its floor: {line}", file=sys.stderr)
    return 1 if found else 0


def _json(report: Mapping[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=1)


def _tables(scores: Scores, report: Mapping[str, Any]) -> str:
    parts = [f"{OURS}, level {report['level']}", _group_table(scores[OURS])]
    if len(scores) > 1:
        parts += ["By group, beside other line filters", _peer_table(scores)]
    if any(score.families for score in scores[OURS]):
        parts += ["Lines of known families that went, by exact text", _family_table(scores)]
    parts += [_probe_tables(report["probes"])]
    return "\n\n".join(parts)


def _group_table(scores: Sequence[TextScore]) -> str:
    summaries = by_group(scores)
    rows = []
    for group, extractors in GROUPS.items():
        rows += [
            _summary_row(f"  {name}" if name != group else name, summaries[name])
            for name in (group, *extractors)
            if name in summaries
        ]
    return fixed_table(_COLUMNS, rows)


def _peer_table(scores: Scores) -> str:
    summaries = {name: by_group(own) for name, own in scores.items()}
    rows = [
        _summary_row(f"{group} {name}", parts[group])
        for group in GROUPS
        for name, parts in summaries.items()
        if group in parts
    ]
    return fixed_table(_COLUMNS, rows)


def _summary_row(name: str, part: Summary) -> list[str]:
    return [
        name,
        str(part.texts),
        percent(part.residue_removed),
        percent(part.content_lost, 2),
        f"{part.line_precision:.3f}",
        f"{part.line_recall:.3f}",
        f"{part.line_f1:.3f}",
        f"{part.f1_before:.4f}",
        f"{part.f1_after:.4f}",
        f"{part.f1_after - part.f1_before:+.4f}",
        percent(part.worse),
        percent(part.free_before),
        percent(part.free),
    ]


def _family_table(scores: Scores) -> str:
    recalls = {name: family_recall(own) for name, own in scores.items()}
    rows = [
        [family, str(seen), *(percent(own[family][0] / seen, 0) for own in recalls.values())]
        for family, (_, seen) in recalls[OURS].items()
    ]
    return fixed_table(["family", "lines", *recalls], rows)


def _probe_tables(probes: Mapping[str, Any]) -> str:
    header = ["gold as input", "texts", "words removed", "untouched", "unchanged", "idempotent"]
    clean = [
        [source, str(part["texts"]), *(percent(part[name], 2) for name in _GOLD_SHARES)]
        for source, part in probes["gold"].items()
    ]
    if "lookalike" not in probes:
        return fixed_table(header, clean)
    lookalike, roundtrip = probes["lookalike"], probes["roundtrip"]
    counts = [
        ["look-alike content that survives", str(lookalike["lines"]), lookalike["survived"]],
        [
            "  residue among it that goes",
            str(lookalike["residue"]),
            share(lookalike["residue_removed"], lookalike["residue"]),
        ],
        ["translated phrases found", str(roundtrip["forms"]), roundtrip["found"]],
        ["  untranslated", "", roundtrip["originals_found"]],
        ["  lines of the tail without them", "", roundtrip["tail_removed"]],
    ]
    rows = [[name, count, percent(value)] for name, count, value in counts]
    return fixed_table(header, clean) + "\n\n" + fixed_table(["probe", "of", "share"], rows)


def _parser() -> argparse.ArgumentParser:
    parser = selecting_parser("accuracy", __doc__)
    add = parser.add_argument
    add("--no-peers", action="store_true", help="leave the other filters out")
    add("--json", action="store_true", help="print all figures as JSON")
    add("--pin", type=Path, nargs="?", const=FLOORS, help="write the scores of this run as floors")
    add("--check", type=Path, nargs="?", const=FLOORS, help="exit 1 where a score is below")
    return parser


if __name__ == "__main__":
    sys.exit(main())
