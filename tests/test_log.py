"""The removal log: its records, its schema, what it must survive."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import RestoreError, clean
from cleaner.clean import Cleaner
from cleaner.corpus.document import Fields, clean_bytes, clean_json_line
from cleaner.log import (
    DocumentRecord,
    Problem,
    decision_records,
    decode,
    encode,
    line_numbers,
    read_log,
    schema,
)
from cleaner.types import Decision

ARTICLE = (
    "The mill by the lower weir reopened on Monday after eleven years of repairs.\n\n"
    "Back to top\n\nIts wheel was cut from larch, and turned at the first attempt.\n"
)
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def cut(start: int, original: str) -> Decision:
    end = start + len(original)
    return Decision(start, end, original, "", "remove", "x-y", "x", "certain", "applied", "why")


def validator() -> jsonschema.Draft202012Validator:
    published = json.loads(files("cleaner").joinpath("log.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    return jsonschema.Draft202012Validator(published)


def test_published_schema_is_current() -> None:
    published = json.loads(files("cleaner").joinpath("log.schema.json").read_text("utf-8"))
    assert published == schema()


def test_records_of_every_type_fit_the_schema() -> None:
    lines = clean_bytes(Cleaner(), ARTICLE.encode(), "a.txt").log_lines().splitlines()
    lines += (
        clean_json_line(Cleaner(), json.dumps({"text": ARTICLE}).encode(), Fields(), ("b.jsonl", 4))
        .log_lines()
        .splitlines()
    )
    lines.append(encode(Problem(document="c.txt", cause="binary data, not text")))
    types = [json.loads(line)["type"] for line in lines]
    assert set(types) == {"document", "decision", "problem"}
    for line in lines:
        validator().validate(json.loads(line))


@pytest.mark.parametrize(
    ("field", "value"), [("start", -1), ("status", "done"), ("line", 0), ("action", None)]
)
def test_schema_refuses_what_the_log_never_says(field: str, value: object) -> None:
    result = clean(ARTICLE)
    record = json.loads(encode(next(decision_records("a", ARTICLE, result.decisions))))
    validator().validate(record)
    with pytest.raises(jsonschema.ValidationError):
        validator().validate({**record, field: value})


def test_record_says_what_went_where_and_why() -> None:
    lines = clean_bytes(Cleaner(), ARTICLE.encode(), "a.txt").log_lines().splitlines()
    document, decision = map(json.loads, lines)
    assert document["counts"] == {"applied": {"navigation": 1}}
    assert (document["newline"], document["final_newline"]) == ("lf", "kept")
    assert ARTICLE[decision["start"] : decision["end"]] == decision["original"]
    assert decision["line"] == 3
    assert decision["rule"] == "en-back-to-top"
    assert decision["reason"]


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_survives_the_log(original: str, name: str) -> None:
    decision = cut(3, original)
    [record] = decision_records(name, "abc" + original, [decision])
    line = encode(record)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    back = decode(line)
    assert back == record
    assert not isinstance(back, (DocumentRecord, Problem))
    assert back.decision() == decision


@pytest.mark.parametrize(
    ("source", "removed", "line"),
    [
        ("one\ntwo\nthree", "three", 3),
        ("one\r\ntwo\r\nthree", "\r\nthree", 3),
        ("one\rtwo\rthree", "\rthree", 3),
        ("one\r\ntwo\nthree\rfour", "four", 4),
        ("one two", "two", 1),
    ],
)
def test_line_is_that_of_the_first_character_that_shows(
    source: str, removed: str, line: int
) -> None:
    assert line_numbers(source, [cut(source.index(removed), removed)]) == [line]


def test_lines_of_decisions_that_overlap() -> None:
    source = "one\ntwo\nthree\nfour"
    decisions = [cut(0, "one\ntwo"), cut(0, source), cut(4, "two"), cut(14, "four")]
    assert line_numbers(source, decisions) == [1, 1, 2, 4]


def test_log_is_read_document_by_document() -> None:
    one = clean_bytes(Cleaner(), ARTICLE.encode(), "one.txt")
    two = clean_bytes(Cleaner(), b"Rain.\n", "two.txt")
    problem = encode(Problem(document="three", cause="gone"))
    log = (one.log_lines() + problem + two.log_lines()).splitlines()
    assert list(read_log(log)) == [
        (one.record, one.result.decisions),
        (two.record, two.result.decisions),
    ]


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b'{"type":"removal"}', b"\xff", b"not json"])
def test_line_that_is_no_record(line: bytes) -> None:
    with pytest.raises(RestoreError, match="line 1"):
        list(read_log([line]))


def test_decision_without_its_document() -> None:
    lines = clean_bytes(Cleaner(), ARTICLE.encode(), "a.txt").log_lines().splitlines()
    with pytest.raises(RestoreError, match="line 1: a decision without its document"):
        list(read_log(lines[1:]))
