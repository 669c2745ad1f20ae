"""What a clean file may hold instead of the clean text: Markdown, or a JSON record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from cleaner import log
from cleaner.corpus import jsonl
from cleaner.corpus.document import Cleaned, Fields

# What is known of a page and stands in its record by name, null where it is not known.
_ABOUT = ("title", "author", "date", "site", "url", "description")


def as_json(cleaned: Cleaned, fields: Mapping[str, object] | None = None) -> Cleaned:
    """Return the document with a JSON record, on one line, as what is written of it.

    The record has ``document record kind language``; ``title author date site url description``,
    null where not known; ``text``, as ``CleanResult`` has it; ``counts`` of decisions by status
    and category; ``meta``, what else is known; ``fields``, those of a JSON line beside the text;
    ``decisions``, as in the log.
    """
    record, result = cleaned.record, cleaned.result
    article: dict[str, object] = {
        "document": record.document,
        "record": record.record,
        "kind": record.kind,
        "language": record.language,
        **{name: record.meta.get(name) for name in _ABOUT},
        "text": result.text,
        "counts": record.counts,
        "meta": {name: value for name, value in record.meta.items() if name not in _ABOUT},
        "fields": fields or {},
        "decisions": _decisions(cleaned),
    }
    return replace(
        cleaned,
        data=jsonl.spell(article).encode("utf-8") + b"\n",
        record=msgspec.structs.replace(
            record,
            format="json",
            final_newline="kept",
            sha256_clean=log.digest(log.utf8(result.text)),
        ),
    )


def as_markdown(cleaned: Cleaned, page: bytes) -> Cleaned:
    """Return the document with Markdown, in UTF-8, as what is written of its page."""
    text = _markdown(cleaned, page)
    data = log.utf8(f"{text}\n" if text else "")
    return replace(cleaned, data=data, record=_of_markdown(cleaned))


def markdown_in_line(cleaned: Cleaned, line: bytes) -> Cleaned:
    """Return the document with its JSON line, in which Markdown takes the place of the page."""
    spelled = line.decode("utf-8")
    field = cleaned.record.text_field or ""
    member = jsonl.string_member(jsonl.members(spelled), field)
    text = _markdown(cleaned, str(member.value))
    quoted = jsonl.quote(text, cleaned.record.json_text or "utf-8")
    data = jsonl.put_string(spelled, member, quoted).encode("utf-8")
    return replace(cleaned, data=data, record=_of_markdown(cleaned))


def other_fields(line: bytes, fields: Fields) -> dict[str, object]:
    """Return what a JSON line holds beside the text."""
    members = jsonl.members(line.decode("utf-8"))
    return {key: member.value for key, member in members.items() if key != fields.text}


def _markdown(cleaned: Cleaned, page: str | bytes) -> str:
    """Return the Markdown of a page, which is read again: a result holds no elements."""
    # Late: bare text does without.
    from cleaner.page.markdown import to_markdown  # noqa: PLC0415
    from cleaner.read.html import read_html  # noqa: PLC0415

    return to_markdown(read_html(page), cleaned.result.decisions)


def _of_markdown(cleaned: Cleaned) -> log.DocumentRecord:
    digest = log.digest(log.utf8(cleaned.result.text))
    return msgspec.structs.replace(
        cleaned.record, format="markdown", final_newline="kept", sha256_clean=digest
    )


def _decisions(cleaned: Cleaned) -> list[dict[str, Any]]:
    records = log.decision_records("", cleaned.source, cleaned.result.decisions)
    plain = map(msgspec.to_builtins, records)
    return [{k: v for k, v in one.items() if k not in ("type", "document")} for one in plain]
