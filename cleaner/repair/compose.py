"""Compose the edits of successive steps into patches of the source.

Each step edits the text that the steps before it produced; what is logged are spans of the source.

>>> draft = Draft("He said &quot; no &quot; .")
>>> draft = draft.edited([Edit(8, 14, '"', "entities-named"), Edit(18, 24, '"', "entities-named")])
>>> draft.text
'He said " no " .'
>>> draft = draft.edited([Edit(9, 10, "", "quotes-spaced")])
>>> draft.text
'He said "no " .'
>>> draft.patches[0]
Patch(start=8, end=15, replacement='"', rules=('entities-named', 'quotes-spaced'))
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from cleaner.repair.model import Edit


class Patch(NamedTuple):
    """Replace ``source[start:end]`` by ``replacement`` on behalf of ``rules``, oldest first."""

    start: int
    end: int
    replacement: str
    rules: tuple[str, ...]


class _Piece(NamedTuple):
    """A patch or an edit, placed in the current text."""

    start: int
    end: int
    done: Patch | None
    edit: Edit | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A source line and the patches made so far: sorted, and nowhere touching."""

    source: str
    patches: tuple[Patch, ...] = ()

    @property
    def text(self) -> str:
        """The source with all patches carried out."""
        parts: list[str] = []
        position = 0
        for patch in self.patches:
            parts += self.source[position : patch.start], patch.replacement
            position = patch.end
        return "".join([*parts, self.source[position:]])

    def edited(self, edits: Sequence[Edit]) -> Draft:
        """Return the draft after ``edits`` of its text; edits and patches that touch become one.

        The edits must be within the text and must not overlap. Patches that put back what the
        source says are dropped.
        """
        patches = self._merge(edits)
        return Draft(
            self.source,
            tuple(p for p in patches if p.replacement != self.source[p.start : p.end]),
        )

    def placed(self, edits: Sequence[Edit]) -> list[Patch]:
        """Return the patch that each of the edits would become by itself, without making it."""
        text = self.text
        pieces = self._pieces(())
        starts, ends = [piece.start for piece in pieces], [piece.end for piece in pieces]
        grown = list(accumulate((_growth(patch) for patch in self.patches), initial=0))
        placed: list[Patch] = []
        for edit in edits:
            first, last = bisect_left(ends, edit.start), bisect_right(starts, edit.end)
            start = min([edit.start, *starts[first:last]])
            end = max([edit.end, *ends[first:last]])
            new = _carried_out(text, start, end, [edit])
            placed.append(Patch(start - grown[first], end - grown[last], new, (edit.rule,)))
        return placed

    def _merge(self, edits: Sequence[Edit]) -> list[Patch]:
        text = self.text
        merged: list[Patch] = []
        shift = 0  # current position minus source position, left of the group
        for group in _groups(self._pieces(edits)):
            start, end = group[0].start, max(piece.end for piece in group)
            patches = [piece.done for piece in group if piece.done]
            changes = [piece.edit for piece in group if piece.edit]
            grown = sum(_growth(patch) for patch in patches)
            rules = [rule for p in patches for rule in p.rules] + [e.rule for e in changes]
            patch = Patch(
                start - shift,
                end - shift - grown,
                _carried_out(text, start, end, changes),
                tuple(dict.fromkeys(rules)),
            )
            merged.append(patch)
            shift += grown
        return merged

    def _pieces(self, edits: Sequence[Edit]) -> list[_Piece]:
        pieces = [_Piece(edit.start, edit.end, None, edit) for edit in edits]
        shift = 0
        for patch in self.patches:
            start = patch.start + shift
            pieces.append(_Piece(start, start + len(patch.replacement), patch, None))
            shift += _growth(patch)
        return sorted(pieces, key=lambda piece: (piece.start, piece.end))


def _growth(patch: Patch) -> int:
    return len(patch.replacement) - (patch.end - patch.start)


def _groups(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Group sorted pieces that overlap or touch."""
    groups: list[list[_Piece]] = []
    reach = -1
    for piece in pieces:
        if groups and piece.start <= reach:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        reach = max(reach, piece.end)
    return groups


def _carried_out(text: str, start: int, end: int, edits: list[Edit]) -> str:
    parts: list[str] = []
    for edit in edits:
        parts += text[start : edit.start], edit.replacement
        start = edit.end
    return "".join([*parts, text[start:end]])
