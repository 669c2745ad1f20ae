"""What a clean file may hold instead of the clean text: Markdown, or a JSON record.

``cleaner/article.schema.json`` is made from the class below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

import msgspec

from cleaner import log
from cleaner.corpus import jsonl
from cleaner.corpus.document import Cleaned, Fields
from cleaner.types import Kind, Status

# What is known of a page and stands in its record by name, null where it is not known.
_ABOUT = ("title", "author", "date", "site", "url", "description")
# What a decision has in the log and not in the record of its document.
_OF_LOG = ("type", "document")


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One clean document, what is known of it, and all decisions on it."""

    document: Annotated[
        str, msgspec.Meta(description="Name of its source, or its id where one was asked.")
    ]
    record: Annotated[
        log.LineNumber | None, msgspec.Meta(description="Line of a JSON Lines file, else null.")
    ]
    kind: Kind
    language: Annotated[str, msgspec.Meta(description="ISO 639-1 code; empty when unsure.")]
    title: str | None
    author: str | None
    date: str | None
    site: str | None
    url: str | None
    description: str | None
    text: Annotated[str, msgspec.Meta(description="The clean text.")]
    counts: Annotated[
        Mapping[Status, Mapping[str, log.Count]],
        msgspec.Meta(description="Decisions by status, then by category."),
    ]
    meta: Annotated[Mapping[str, str], msgspec.Meta(description="What else is known.")]
    fields: Annotated[
        Mapping[str, Any], msgspec.Meta(description="Those of a JSON line beside the text.")
    ]
    decisions: Annotated[
        Sequence[log.DecisionRecord],
        msgspec.Meta(description="As in the log, but for what names the document."),
    ]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a record of ``--format json``."""
    whole = msgspec.json.schema(Article)
    decision = whole["$defs"]["DecisionRecord"]
    for name in _OF_LOG:
        del decision["properties"][name]
        decision["required"].remove(name)
    title = "Clean document of the article cleaner: one line"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **whole}


def as_json(cleaned: Cleaned, fields: Mapping[str, object] | None = None) -> Cleaned:
    """Return the document with a JSON record, on one line, as what is written of it."""
    record, result = cleaned.record, cleaned.result
    about = {name: record.meta.get(name) for name in _ABOUT}
    article = Article(
        document=record.document,
        record=record.record,
        kind=record.kind,
        language=record.language,
        **about,
        text=result.text,
        counts=record.counts,
        meta={name: value for name, value in record.meta.items() if name not in _ABOUT},
        fields=fields or {},
        decisions=[*log.decision_records("", cleaned.source, result.decisions)],
    )
    return replace(
        cleaned,
        data=jsonl.spell(_plain(article)).encode("utf-8") + b"\n",
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


def _plain(article: Article) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(article)
    for decision in plain["decisions"]:
        for name in _OF_LOG:
            del decision[name]
    return plain


if __name__ == "__main__":  # python -m cleaner.corpus.formats > cleaner/article.schema.json
    print(json.dumps(schema(), indent=2))
