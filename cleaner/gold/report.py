"""What scoring found: per file and overall, as a table and as plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add
from statistics import fmean

from cleaner.gold.table import fixed_table, percent
from cleaner.gold.words import Overlap, share

_HEADER = (
    "file",
    "F1 before",
    "after",
    "precision",
    "recall",
    "residue out",
    "gold lost",
    "exact",
)


@dataclass(frozen=True, slots=True)
class FileScore:
    """One text before and after cleaning, beside its gold text. Counts are words.

    ``residue`` is what the text has beyond gold, ``residue_removed`` what of it cleaning took;
    ``content`` is what of gold the text had, ``content_lost`` what of it is missing afterwards.
    """

    name: str
    before: Overlap
    after: Overlap
    exact_before: bool
    exact_after: bool
    residue: int
    residue_removed: int
    content: int
    content_lost: int


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a set of files; it has at least one."""

    files: tuple[FileScore, ...]

    @property
    def f1(self) -> float:
        """Macro word F1 after cleaning: the mean over files, 0 to 1."""
        return self._macro(lambda file: file.after.f1)

    @property
    def f1_before(self) -> float:
        """Macro word F1 of the raw texts, 0 to 1."""
        return self._macro(lambda file: file.before.f1)

    @property
    def before(self) -> Overlap:
        """Summed overlap of the raw texts with gold (micro)."""
        return reduce(add, (file.before for file in self.files), Overlap())

    @property
    def after(self) -> Overlap:
        """Summed overlap of the clean texts with gold (micro)."""
        return reduce(add, (file.after for file in self.files), Overlap())

    @property
    def exact(self) -> int:
        """Files that come out equal to gold, blank lines at the ends and in runs aside."""
        return sum(file.exact_after for file in self.files)

    @property
    def residue_removed(self) -> float:
        """Share of all residue words that cleaning took, 0 to 1; 1 where there is none."""
        return _residue_removed(self.files)

    @property
    def content_lost(self) -> float:
        """Share of all gold words in the raw texts that cleaning took, 0 to 1."""
        return _content_lost(self.files)

    def table(self) -> str:
        """Lay out one line a file, then macro and micro averages, for a terminal."""
        totals = [
            ["macro", *self._f1_cells(), *self._macro_cells(), *self._total_cells()],
            ["micro", *_overlap_cells(self.before, self.after), *self._total_cells()],
        ]
        return fixed_table(_HEADER, [*map(_file_row, self.files), *totals])

    def to_json(self) -> dict[str, object]:
        """Return all figures as plain data; shares are 0 to 1, counts are words."""
        return {
            "files": [_file_json(file) for file in self.files],
            "macro": {
                "before": self._macro_json(lambda file: file.before),
                "after": self._macro_json(lambda file: file.after),
            },
            "micro": {"before": _overlap_json(self.before), "after": _overlap_json(self.after)},
            "exact": self.exact,
            "residue_removed": self.residue_removed,
            "content_lost": self.content_lost,
        }

    def _macro(self, value: Callable[[FileScore], float]) -> float:
        return fmean(map(value, self.files))

    def _macro_json(self, side: Callable[[FileScore], Overlap]) -> dict[str, float]:
        return {
            "precision": self._macro(lambda file: side(file).precision),
            "recall": self._macro(lambda file: side(file).recall),
            "f1": self._macro(lambda file: side(file).f1),
        }

    def _f1_cells(self) -> list[str]:
        return [f"{self.f1_before:.4f}", f"{self.f1:.4f}"]

    def _macro_cells(self) -> list[str]:
        precision = self._macro(lambda file: file.after.precision)
        recall = self._macro(lambda file: file.after.recall)
        return [f"{precision:.4f}", f"{recall:.4f}"]

    def _total_cells(self) -> list[str]:
        exact = f"{self.exact}/{len(self.files)}"
        return [percent(self.residue_removed), percent(self.content_lost, 2), exact]


def _residue_removed(files: tuple[FileScore, ...]) -> float:
    removed = sum(file.residue_removed for file in files)
    return share(removed, sum(file.residue for file in files), empty=1.0)


def _content_lost(files: tuple[FileScore, ...]) -> float:
    return share(sum(file.content_lost for file in files), sum(file.content for file in files))


def _overlap_cells(before: Overlap, after: Overlap) -> list[str]:
    figures = before.f1, after.f1, after.precision, after.recall
    return [f"{figure:.4f}" for figure in figures]


def _file_row(file: FileScore) -> list[str]:
    return [
        file.name,
        *_overlap_cells(file.before, file.after),
        percent(_residue_removed((file,))) if file.residue else "-",
        percent(_content_lost((file,)), 2),
        "yes" if file.exact_after else "no",
    ]


def _overlap_json(side: Overlap) -> dict[str, float]:
    return {"precision": side.precision, "recall": side.recall, "f1": side.f1}


def _file_json(file: FileScore) -> dict[str, object]:
    return {
        "file": file.name,
        "before": _overlap_json(file.before),
        "after": _overlap_json(file.after),
        "exact_before": file.exact_before,
        "exact": file.exact_after,
        "residue_words": file.residue,
        "residue_words_removed": file.residue_removed,
        "gold_words": file.content,
        "gold_words_lost": file.content_lost,
    }
