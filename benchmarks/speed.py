"""How fast ``clean`` is beside ftfy and jusText on the same texts, and where its time goes.

Run ``python -m benchmarks.speed --help``. Times are CPU seconds of one thread, so that other
work on the machine matters little; 1 MB is a million bytes of UTF-8. The tools take turns, and
the median of the turns counts.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from statistics import median
from time import process_time

import cleaner as package
from benchmarks.common import GROUPS, Record, Selection, data_directory, read_records, text_files
from benchmarks.measure import text_lines
from benchmarks.peers import justext_filter
from benchmarks.probes import PARAGRAPHS
from cleaner.errors import CleanerError, InputError
from cleaner.gold.table import fixed_table, percent
from cleaner.gold.words import share

OURS = "cleaner.clean"

FIRST_DOCUMENT = "\n\n".join([*PARAGRAPHS, "Cross -border “ferries .", "Read more", "Back to top"])

_START = """
from cleaner import clean
from sys import argv
from time import process_time
clean(argv[1])
print(process_time())
"""


@dataclass(frozen=True, slots=True)
class Report:
    """MB/s by set of texts and tool, share of time by module, CPU seconds to the first text."""

    speed: dict[str, dict[str, float]]
    stages: dict[str, float]
    startup: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = _parser().parse_args(arguments)
    try:
        texts = read_texts(options.sample)
        report = Report(
            speed={name: speeds(part, options.repeats) for name, part in texts.items() if part},
            stages=stage_shares(texts["tight"]),
            startup=startup_seconds(options.repeats),
        )
    except CleanerError as error:
        print(f"speed: {error}", file=sys.stderr)
        return 2
    print(json.dumps(asdict(report), indent=1) if options.json else _tables(report))
    return 0


def read_texts(pages: int) -> dict[str, list[str]]:
    """Return the texts of some English pages, from good extractors (tight) and from all ten.

    Raises InputError where there is none.
    """
    files = text_files(data_directory())
    records = list(read_records(files, Selection(language="en", pages=pages)))
    if not records:
        raise InputError("no English text")

    def texts(wanted: Callable[[Record], bool]) -> list[str]:
        return [record.text for record in records if wanted(record)]

    return {
        "tight": texts(lambda record: record.extractor in GROUPS["tight"]),
        "all": texts(lambda _: True),
    }


def speeds(texts: Sequence[str], repeats: int) -> dict[str, float]:
    """Return the MB/s of each tool over the same texts, the tools taking turns."""
    tools = _tools()
    size = sum(len(text.encode()) for text in texts)
    times: dict[str, list[float]] = {name: [] for name in tools}
    for tool in tools.values():
        tool(texts[0])  # loads what it loads late
    for _ in range(repeats):
        for name, tool in tools.items():
            start = process_time()
            for text in texts:
                tool(text)
            times[name].append(process_time() - start)
    return {name: size / 1e6 / median(own) for name, own in times.items()}


def stage_shares(texts: Sequence[str]) -> dict[str, float]:
    """Return the share of ``clean``'s time spent in each of its modules, 0 to 1.

    A module's time is that of its own functions and of the foreign code (regular expressions,
    string methods, libraries) which they call. The profiler slows Python calls down, C code not;
    shares of modules that make many small calls come out too high.
    """
    run = package.Cleaner().clean
    run(texts[0])
    profile = cProfile.Profile()
    profile.enable()
    for text in texts:
        run(text, "text")
    profile.disable()
    seconds = _module_seconds(pstats.Stats(profile))
    total = sum(seconds.values())
    return {module: share(time, total) for module, time in _dearest_first(seconds)}


def startup_seconds(repeats: int) -> float:
    """Return the CPU seconds of a fresh process that imports, loads and cleans one document."""
    command = [sys.executable, "-c", _START, FIRST_DOCUMENT]
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(repeats)
    ]
    return median(float(run.stdout) for run in runs)


def _tools() -> dict[str, Callable[[str], object]]:
    import ftfy  # noqa: PLC0415 - only where it is measured

    run = package.Cleaner().clean
    justext = justext_filter()
    return {
        OURS: lambda text: run(text, "text"),
        "ftfy.fix_text": ftfy.fix_text,
        "justext": lambda text: justext(text_lines(text), "en"),
    }


def _module_seconds(stats: pstats.Stats) -> dict[str, float]:
    """Add up profiled time by module of the package; foreign code counts for its caller."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        module = _module(file)
        if module:
            seconds[module] += own
            continue
        for (caller_file, _, _), (_, _, _, with_callees) in callers.items():
            if caller := _module(caller_file):
                seconds[caller] += with_callees
    return seconds


def _module(file: str) -> str:
    """Return the dotted name below ``cleaner`` of a file in it, and '' for any other file."""
    path, root = PurePath(file), Path(package.__file__).parent
    if not path.is_relative_to(root):
        return ""
    return ".".join(path.relative_to(root).with_suffix("").parts)


def _tables(report: Report) -> str:
    rows = [
        [f"{texts} {tool}", f"{speed:.2f}", f"{own[OURS] / speed:.2f} x"]
        for texts, own in report.speed.items()
        for tool, speed in own.items()
    ]
    return "\n\n".join(
        [
            fixed_table(["texts, tool", "MB/s", f"{OURS} is"], rows),
            fixed_table(["stage, on tight texts", "share"], _stage_rows(report.stages)),
            f"start-up to first clean text: {report.startup:.3f} CPU seconds",
        ]
    )


def _stage_rows(modules: Mapping[str, float]) -> list[list[str]]:
    """Lay out each stage with its modules below it, the dearest first."""
    stages: defaultdict[str, float] = defaultdict(float)
    for module, part in modules.items():
        stages[module.partition(".")[0]] += part
    rows = []
    for stage, total in _dearest_first(stages):
        rows.append([stage, percent(total)])
        rows += [
            [f"  {module}", percent(part)]
            for module, part in modules.items()
            if module.startswith(f"{stage}.")
        ]
    return rows


def _dearest_first(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda item: -item[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    add = parser.add_argument
    add("--sample", type=int, default=20, metavar="N", help="pages (default: 20)")
    add("--repeats", type=int, default=5, metavar="N", help="turns of each tool (default: 5)")
    add("--json", action="store_true", help="print all figures as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
