r"""The removal log: JSON Lines, one record a line, told apart by ``type``.

A ``document`` record comes first and its ``decision`` records follow, in the order of the
source; a ``problem`` record names an input that could not be cleaned or a result that could not
be written. The log holds no time and no path outside the input, so that the same input makes
the same bytes. ``log.schema.json`` beside this file is made from the classes below.

A lone surrogate, which UTF-8 cannot hold, is written as the JSON escape it came as:

>>> encode(Problem(document="a", cause="\ud800"))
b'{"type":"problem","document":"a","line":null,"cause":"\\ud800"}\n'
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec

from cleaner.errors import RestoreError
from cleaner.types import Action, CleanResult, Confidence, Decision, Kind, Status

_LINE_BREAK = re.compile(r"\r\n?|\n")

Text = Annotated[str, msgspec.Meta(description="As it stands in the text, blanks included.")]
Offset = Annotated[
    int, msgspec.Meta(ge=0, description="Code points from the start of the source text.")
]
LineNumber = Annotated[int, msgspec.Meta(ge=1, description="Line number; the first is 1.")]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", description="SHA-256, hexadecimal.")]
Count = Annotated[int, msgspec.Meta(ge=0)]
OutputFormat = Literal["text", "markdown", "json"]


class DocumentRecord(msgspec.Struct, frozen=True, tag="document", tag_field="type"):
    """One cleaned document."""

    document: Annotated[
        str, msgspec.Meta(description="Name of its source, or its id where one was asked.")
    ]
    file: Annotated[str, msgspec.Meta(description="The clean file, relative to the output.")]
    record: Annotated[
        LineNumber | None, msgspec.Meta(description="Line of a JSON Lines file, else null.")
    ]
    kind: Kind
    language: Annotated[str, msgspec.Meta(description="ISO 639-1 code; empty when unsure.")]
    encoding: Annotated[
        str, msgspec.Meta(description="Python codec that gives the source bytes back.")
    ]
    bom: bool
    newline: Annotated[str, msgspec.Meta(pattern="^(lf|crlf|cr|mixed|none)$")]
    final_newline: Annotated[
        Literal["kept", "added"],
        msgspec.Meta(description="Whether the clean file ends with a line break of its own."),
    ]
    text_field: Annotated[
        str | None, msgspec.Meta(description="Field of a JSON line that is the text, else null.")
    ]
    json_text: Annotated[
        str | None,
        msgspec.Meta(
            description="How a JSON Lines file spelled the text: `utf-8`, `ascii`, or the very "
            "string, quoted, where neither spelling gives it back; null for other files."
        ),
    ]
    counts: Annotated[
        Mapping[Status, Mapping[str, Count]],
        msgspec.Meta(description="Decisions by status, then by category."),
    ]
    sha256_source: Annotated[
        Digest,
        msgspec.Meta(description="Of the source bytes; of the text's UTF-8 where it came as text."),
    ]
    sha256_clean: Annotated[Digest, msgspec.Meta(description="Of the clean text's UTF-8.")]
    format: Annotated[
        OutputFormat, msgspec.Meta(description="What the clean file holds; of bare text `text`.")
    ] = "text"
    meta: Annotated[
        Mapping[str, str], msgspec.Meta(description="What else was found out on the way.")
    ] = msgspec.field(default_factory=dict)


class DecisionRecord(msgspec.Struct, frozen=True, tag="decision", tag_field="type"):
    """One edit of a document, or one that was considered and not made."""

    document: str
    start: Offset
    end: Offset
    line: Annotated[
        LineNumber, msgspec.Meta(description="Line of the first character that is not blank.")
    ]
    original: Text
    replacement: Text
    action: Action
    rule: str
    category: str
    language: Annotated[str, msgspec.Meta(description="Language of the rule, or `any`.")]
    confidence: Confidence
    status: Status
    reason: str

    def decision(self) -> Decision:
        """Return the decision that was logged."""
        return Decision(**{name: getattr(self, name) for name in Decision.__struct_fields__})


class Problem(msgspec.Struct, frozen=True, tag="problem", tag_field="type", kw_only=True):
    """One input that could not be cleaned, or one result that could not be written."""

    document: str
    line: Annotated[
        LineNumber | None, msgspec.Meta(description="Line of a JSON Lines file, else null.")
    ] = None
    cause: str


Record = DocumentRecord | DecisionRecord | Problem


def encode(record: Record) -> bytes:
    """Return a record as one line of JSON, with its line break."""
    try:
        return msgspec.json.encode(record) + b"\n"
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(record)
        return json.dumps(plain, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Record:
    """Return the record of one line. Raises RestoreError when the line is none."""
    record: Record
    try:
        record = msgspec.json.decode(line, type=Record)
    except msgspec.DecodeError:
        try:  # msgspec refuses lone surrogates, json takes them
            record = msgspec.convert(json.loads(line), Record)
        except (ValueError, RecursionError) as error:
            raise RestoreError(f"not a record of the removal log: {error}") from None
    return record


def read_log(lines: Iterable[bytes]) -> Iterator[tuple[DocumentRecord, tuple[Decision, ...]]]:
    """Yield each document of a log with its decisions; problems are passed over.

    Raises RestoreError, naming the line, for a record that is malformed or out of place.
    """
    document: DocumentRecord | None = None
    decisions: list[Decision] = []
    for number, line in enumerate(lines, 1):
        try:
            record = decode(line)
        except RestoreError as error:
            raise RestoreError(f"line {number}: {error}") from None
        if isinstance(record, DecisionRecord):
            if document is None or record.document != document.document:
                raise RestoreError(f"line {number}: a decision without its document")
            decisions.append(record.decision())
            continue
        if document is not None:
            yield document, tuple(decisions)
        document, decisions = record if isinstance(record, DocumentRecord) else None, []
    if document is not None:
        yield document, tuple(decisions)


def decision_records(
    document: str, source: str, decisions: Sequence[Decision]
) -> Iterator[DecisionRecord]:
    """Yield the records of a document's decisions, which are sorted by span."""
    for decision, line in zip(decisions, line_numbers(source, decisions), strict=True):
        yield DecisionRecord(document=document, line=line, **msgspec.structs.asdict(decision))


def line_numbers(source: str, decisions: Sequence[Decision]) -> list[int]:
    r"""Return the line (from 1) of each decision's first character that is not blank.

    >>> cut = Decision(3, 9, "\n\nnews", "", "remove", "x", "x", "certain", "applied", "")
    >>> line_numbers("one\n\nnews", [cut])
    [3]
    """
    places = [d.start + len(d.original) - len(d.original.lstrip()) for d in decisions]
    if "\r" in source:
        starts = [found.end() for found in _LINE_BREAK.finditer(source)]
        return [bisect_right(starts, place) + 1 for place in places]
    lines, line, position = [], 1, 0
    for place in places:
        if place >= position:
            line += source.count("\n", position, place)
        else:
            line -= source.count("\n", place, position)
        position = place
        lines.append(line)
    return lines


def count_decisions(result: CleanResult) -> dict[Status, dict[str, int]]:
    """Count decisions by status, then by category, both in alphabetical order."""
    counts: dict[Status, dict[str, int]] = {}
    for status, category in sorted((d.status, d.category) for d in result.decisions):
        of_status = counts.setdefault(status, {})
        of_status[category] = of_status.get(category, 0) + 1
    return counts


def utf8(text: str) -> bytes:
    """Return the UTF-8 of ``text``, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


def digest(data: bytes) -> str:
    """Return the SHA-256 of ``data``, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a log line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Removal log of the article cleaner: one line",
        **msgspec.json.schema(Record),
    }


if __name__ == "__main__":  # python -m cleaner.log > cleaner/log.schema.json
    print(json.dumps(schema(), indent=2))
