"""The command: clean files as Markdown and JSON, and what can be restored from them."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from cleaner.corpus.formats import schema
from tests.cli_support import (
    CLEAN,
    MESSY,
    PROSE,
    SECOND,
    cleaner,
    files_below,
    no_settings_around,
    records,
    write,
)

__all__ = ["no_settings_around"]

PAGE = f"""<html lang="en"><head><title>The mill</title>
<meta name="author" content="Ada Bach"><link rel="canonical" href="https://weir.example/mill">
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><p>{PROSE}</p><h2>The wheel of the mill</h2><p>{SECOND}</p>
<ul><li>{SECOND}</li><li>{PROSE}</li></ul>
<p>{SECOND} {PROSE}</p><p>Back to top</p></article></body></html>"""
MARKDOWN = f"""{PROSE}

## The wheel of the mill

{SECOND}

- {SECOND}
- {PROSE}

{SECOND} {PROSE}
"""
TEXT = f"{PROSE}\nThe wheel of the mill\n{SECOND}\n{SECOND}\n{PROSE}\n{SECOND} {PROSE}"


def test_markdown_of_pages_and_texts(tmp_path: Path) -> None:
    write(tmp_path / "in" / "page.html", PAGE)
    write(tmp_path / "in" / "packed.html.gz", gzip.compress(PAGE.encode()))
    write(tmp_path / "in" / "a.txt")
    write(tmp_path / "in" / "b.md")
    result = cleaner("clean", "in", "-o", "out", "--format", "markdown")
    assert result.exit_code == 0, result.stderr
    out = files_below(tmp_path / "out")
    del out["removals.jsonl"]
    assert gzip.decompress(out.pop("packed.html.md.gz")).decode() == MARKDOWN
    assert {name: data.decode() for name, data in out.items()} == {
        "a.txt.md": CLEAN,
        "b.md": CLEAN,
        "page.html.md": MARKDOWN,
    }


def test_json_of_pages_and_texts(tmp_path: Path) -> None:
    write(tmp_path / "in" / "page.html", PAGE)
    write(tmp_path / "in" / "a.txt")
    assert cleaner("clean", "in", "-o", "out", "--format", "json").exit_code == 0
    page = json.loads((tmp_path / "out" / "page.html.json").read_bytes())
    assert page["text"] == TEXT
    assert (page["document"], page["record"], page["kind"]) == ("page.html", None, "html")
    assert (page["title"], page["author"]) == ("The mill", "Ada Bach")
    assert (page["url"], page["language"], page["date"]) == (
        "https://weir.example/mill",
        "en",
        None,
    )
    assert page["counts"]["applied"]["navigation"]
    text = json.loads((tmp_path / "out" / "a.txt.json").read_bytes())
    assert text["text"] == CLEAN
    [decision] = text["decisions"]
    assert MESSY[decision["start"] : decision["end"]] == decision["original"]
    assert decision["rule"] == "en-back-to-top"
    logged = records(tmp_path / "out" / "removals.jsonl", "decision")
    keys = ("start", "end", "rule", "line", "status")
    assert [[d[key] for key in keys] for d in logged if d["document"] == "page.html"] == [
        [d[key] for key in keys] for d in page["decisions"]
    ]


def test_the_published_schema_of_records_is_current_and_kept(tmp_path: Path) -> None:
    published = json.loads(files("cleaner").joinpath("article.schema.json").read_text("utf-8"))
    assert published == schema()
    write(tmp_path / "in" / "page.html", PAGE)
    write(tmp_path / "in" / "a.jsonl", json.dumps({"id": 7, "text": MESSY, "n": {"m": [1.5]}}))
    assert cleaner("clean", "in", "-o", "out", "--format", "json").exit_code == 0
    for name in ("page.html.json", "a.jsonl"):
        record = json.loads((tmp_path / "out" / name).read_bytes())
        assert record["decisions"]
        jsonschema.Draft202012Validator(published).validate(record)
        record["decisions"][0]["start"] = -1
        assert not jsonschema.Draft202012Validator(published).is_valid(record)


def test_json_lines_become_records(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "text": MESSY, "n": 1.5}),
        "broken",
        "",
        json.dumps({"text": PAGE}),
    ]
    write(tmp_path / "in.jsonl", "\n".join(lines))
    result = cleaner("clean", "in.jsonl", "-o", "out", "--format", "json", "--id-field", "id")
    assert result.exit_code == 3
    text, page = map(json.loads, (tmp_path / "out" / "in.jsonl").read_bytes().splitlines())
    assert (text["document"], text["record"], text["text"]) == ("7", 1, CLEAN)
    assert text["fields"] == {"id": 7, "n": 1.5}
    assert (page["document"], page["record"], page["text"]) == ("in.jsonl:4", 4, TEXT)


def test_json_lines_with_markdown(tmp_path: Path) -> None:
    lines = [json.dumps({"text": MESSY}), json.dumps({"text": PAGE, "n": 1})]
    write(tmp_path / "in.jsonl", "\n".join(lines))
    assert cleaner("clean", "in.jsonl", "-o", "out", "--format", "markdown").exit_code == 0
    text, page = map(json.loads, (tmp_path / "out" / "in.jsonl").read_bytes().splitlines())
    assert text == {"text": CLEAN}
    assert page == {"text": MARKDOWN.rstrip("\n"), "n": 1}


def test_formats_of_standard_input() -> None:
    page = cleaner("clean", "-", "--kind", "html", "--format", "markdown", stdin=PAGE)
    assert page.stdout == MARKDOWN
    text = cleaner("clean", "-", "--format", "markdown", stdin=MESSY)
    assert text.stdout == CLEAN
    record = json.loads(cleaner("clean", "-", "--format", "json", stdin=MESSY).stdout)
    assert (record["document"], record["text"]) == ("-", CLEAN)
    lines = f"{json.dumps({'text': MESSY})}\nbroken\n"
    piped = cleaner("clean", "-", "--kind", "jsonl", "--format", "json", stdin=lines)
    assert piped.exit_code == 3
    assert [json.loads(line)["text"] for line in piped.stdout.splitlines()] == [CLEAN]


def test_json_is_restored(tmp_path: Path) -> None:
    sources = {
        "a.txt": MESSY.encode(),
        "sub/b.md": MESSY.rstrip("\n").replace("\n", "\r\n").encode("utf-16"),
        "c.txt": f"{PROSE} Le café.\r\rBack to top\r".encode("latin-1"),
        "empty.txt": b"",
    }
    for name, data in sources.items():
        write(tmp_path / "in" / name, data)
    write(tmp_path / "in" / "page.html", PAGE)
    assert cleaner("clean", "in", "-o", "out", "--format", "json").exit_code == 0
    back = cleaner("restore", "out", "--log", "out/removals.jsonl", "-o", "back")
    assert back.exit_code == 0, back.stderr
    restored = files_below(tmp_path / "back")
    assert "Home News" in restored.pop("page.html.txt").decode()
    assert restored == sources


def test_pages_come_back_alike_from_text_and_json(tmp_path: Path) -> None:
    write(tmp_path / "in" / "page.html", PAGE)
    for form in ("text", "json"):
        cleaner("clean", "in", "-o", f"out-{form}", "--format", form)
        log = f"out-{form}/removals.jsonl"
        cleaner("restore", f"out-{form}", "--log", log, "-o", f"back-{form}")
    assert files_below(tmp_path / "back-text") == files_below(tmp_path / "back-json") != {}


@pytest.mark.parametrize(
    ("name", "content", "form", "cause"),
    [
        ("p.html", PAGE, "markdown", "the Markdown of a page cannot be turned back"),
        ("p.jsonl", json.dumps({"text": PAGE}), "markdown", "line 1: the Markdown of a page"),
        ("a.jsonl", json.dumps({"text": MESSY}), "json", "line 1: a record cannot be turned back"),
    ],
)
def test_what_cannot_be_restored_says_so(
    tmp_path: Path, name: str, content: str, form: str, cause: str
) -> None:
    write(tmp_path / "in" / name, content)
    write(tmp_path / "in" / "z.txt")
    cleaner("clean", "in", "-o", "out", "--format", form)
    back = cleaner("restore", "out", "--log", "out/removals.jsonl", "-o", "back")
    assert back.exit_code == 3
    line, total = back.stderr.splitlines()
    assert cause in line
    assert "clean with --format text" in line
    assert total == "1 file restored, 1 problem"
    assert files_below(tmp_path / "back") == {"z.txt": MESSY.encode()}


def test_sources_do_not_replace_each_other(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.html", PAGE)
    write(tmp_path / "in" / "a.html.txt", MESSY)
    assert cleaner("clean", "in", "-o", "out", "--format", "json").exit_code == 0
    back = cleaner("restore", "out", "--log", "out/removals.jsonl", "-o", "back")
    assert back.exit_code == 3
    assert back.stderr.splitlines() == [
        "out/a.html.txt.json: another source was restored as a.html.txt",
        "1 file restored, 1 problem",
    ]


def test_record_that_was_changed_is_not_restored(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    cleaner("clean", "in", "-o", "out", "--format", "json")
    for content in ("no json", "[]", '{"text": 7}', '{"text": "Rain."}'):
        write(tmp_path / "out" / "a.txt.json", content)
        back = cleaner("restore", "out", "--log", "out/removals.jsonl", "-o", "back")
        assert back.exit_code == 3
        assert "was changed since" in back.stderr


def test_format_from_the_configuration(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", 'format = "json"\n')
    write(tmp_path / "in" / "a.txt")
    cleaner("clean", "in", "-o", "out", "-q")
    assert "a.txt.json" in files_below(tmp_path / "out")
    cleaner("clean", "in", "-o", "plain", "--format", "text", "-q")
    assert "a.txt" in files_below(tmp_path / "plain")
    write(tmp_path / "cleaner.toml", 'format = "pdf"\n')
    assert cleaner("clean", "in", "-o", "out").exit_code == 2


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_formats_are_the_same_for_any_number_of_workers(tmp_path: Path, form: str) -> None:
    write(tmp_path / "in" / "p.html", PAGE)
    write(tmp_path / "in" / "a.jsonl", f"{json.dumps({'text': PAGE})}\nbroken\n")
    for workers in (1, 2):
        cleaner("clean", "in", "-o", workers, "--format", form, "--workers", workers)
    assert files_below(tmp_path / "1") == files_below(tmp_path / "2")


def test_lone_surrogates_survive_a_record(tmp_path: Path) -> None:
    line = r'{"text": "The tide fell \ud83d at noon.\n\nBack to top", "x": "\udc00"}'
    write(tmp_path / "a.jsonl", line)
    cleaner("clean", "a.jsonl", "-o", "out", "--format", "json")
    record = json.loads((tmp_path / "out" / "a.jsonl").read_bytes())
    assert record["fields"] == {"x": "\udc00"}
    assert "\ud83d" in record["text"]
