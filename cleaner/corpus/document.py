"""Clean one document and account for it: the clean bytes, and what the log says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from cleaner import log
from cleaner.corpus import jsonl
from cleaner.edit import restore
from cleaner.errors import InputError
from cleaner.read.decode import encode, newline_style
from cleaner.types import CleanResult, Kind

if TYPE_CHECKING:
    from cleaner.clean import Cleaner

_BREAKS = {"crlf": "\r\n", "cr": "\r"}
# What CleanResult.meta says of bytes, and the log in fields of their own.
_OF_BYTES = ("encoding", "bom", "newline")
_NOT_RESTORABLE = "internal error: the clean text and its log do not give the source back"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned document: ``data`` are the bytes to write, ``source`` the source text."""

    data: bytes
    source: str
    result: CleanResult
    record: log.DocumentRecord

    def log_lines(self) -> bytes:
        """Return the document's record and those of its decisions, as lines of the log."""
        decisions = log.decision_records(self.record.document, self.source, self.result.decisions)
        return log.encode(self.record) + b"".join(map(log.encode, decisions))


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a JSON line that hold the text and, where wanted, the document's id."""

    text: str = "text"
    id: str | None = None


def clean_bytes(
    cleaner: Cleaner,
    data: bytes,
    name: str,
    kind: Kind | Literal["auto"] = "auto",
    file: str | None = None,
) -> Cleaned:
    """Clean the bytes of the file ``name``, whose clean file is ``file``, or has the same name.

    The clean file is UTF-8 and ends with a line break in the document's own style.
    Raises InputError when the bytes are not text.
    """
    result = cleaner.clean(data, kind=kind)
    source = restore(result.text, result.decisions)
    encoding, bom = result.meta.get("encoding", "utf-8"), result.meta.get("bom") == "yes"
    if result.kind == "text" and encode(source, encoding, bom) != data:
        raise InputError(_NOT_RESTORABLE)
    newline = newline_style(source)
    missing = result.text and not result.text.endswith(("\n", "\r"))
    clean = log.utf8(result.text + _BREAKS.get(newline, "\n") if missing else result.text)
    record = msgspec.structs.replace(
        _record(file or name, source, result),
        document=name,
        encoding=encoding,
        bom=bom,
        final_newline="added" if missing else "kept",
        sha256_source=log.digest(data),
        sha256_clean=log.digest(clean),
    )
    return Cleaned(clean, source, result, record)


def clean_json_line(
    cleaner: Cleaner, line: bytes, fields: Fields, place: tuple[str, int]
) -> Cleaned:
    """Clean the text in one line of a JSON Lines file; ``place`` is the file and the line number.

    All bytes but the text's own are kept. Raises InputError when the line is not a JSON object
    in UTF-8 with that text.
    """
    try:
        spelled = line.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("not UTF-8") from None
    members = jsonl.members(spelled)
    member = jsonl.string_member(members, fields.text)
    source = str(member.value)
    style = jsonl.spelling(spelled, member)
    result = cleaner.clean(source)
    visible = restore(result.text, result.decisions)
    if result.kind == "text" and visible != source:
        raise InputError(_NOT_RESTORABLE)
    if result.text != source:
        line = jsonl.put_string(spelled, member, jsonl.quote(result.text, style)).encode("utf-8")
    file, number = place
    record = msgspec.structs.replace(
        _record(file, visible, result),
        document=_id(members, fields) or f"{file}:{number}",
        record=number,
        text_field=fields.text,
        json_text=style,
        sha256_source=log.digest(log.utf8(source)),
    )
    return Cleaned(line, visible, result, record)


def _record(file: str, source: str, result: CleanResult) -> log.DocumentRecord:
    """Return the record of a document that came as text and is written as it is."""
    return log.DocumentRecord(
        document=file,
        file=file,
        record=None,
        kind=result.kind,
        language=result.language,
        encoding="utf-8",
        bom=False,
        newline=newline_style(source),
        final_newline="kept",
        text_field=None,
        json_text=None,
        counts=log.count_decisions(result),
        sha256_source=log.digest(log.utf8(source)),
        sha256_clean=log.digest(log.utf8(result.text)),
        meta={key: value for key, value in result.meta.items() if key not in _OF_BYTES},
    )


def _id(members: Mapping[str, jsonl.Member], fields: Fields) -> str:
    member = members.get(fields.id) if fields.id else None
    return str(member.value) if member and isinstance(member.value, (str, int)) else ""
