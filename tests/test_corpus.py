"""Documents, JSON lines, sources, sinks and restoring, without the command."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, InputError, OutputError, RestoreError
from cleaner.corpus import jsonl
from cleaner.corpus.document import Fields, clean_bytes, clean_json_line
from cleaner.corpus.restore import restore_bytes, restore_json_line
from cleaner.corpus.sinks import NewFile, place, write_file
from cleaner.corpus.sources import Source, Trouble, take_inventory
from cleaner.corpus.tasks import Lines, share_out

PROSE = "The mill by the lower weir reopened on Monday after eleven years of repairs."
CLEANER = Cleaner()
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


def make_tree(top: Path, *names: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROSE)


def names_in(top: Path, **options: Path) -> list[str]:
    avoid = [options["avoid"]] if options else []
    return [source.name for source in take_inventory([top], avoid=avoid).sources]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("end", ["", "N", "NN"])
def test_bytes_come_back(newline: str, encoding: str, end: str) -> None:
    text = f"{PROSE} Café Zoë sold crêpes.N\nBack to topN\nIts wheel was cut from larch.{end}"
    data = text.replace("\n", "N").replace("N", newline).encode(encoding)
    cleaned = clean_bytes(CLEANER, data, "a.txt")
    clean = cleaned.data.decode("utf-8")
    assert "Back to top" not in clean
    assert clean.endswith(newline)
    assert clean.count("\r") == clean.count(newline) * newline.count("\r")
    assert restore_bytes(cleaned.data, cleaned.record, cleaned.result.decisions) == data


@settings(deadline=None)
@given(st.binary(max_size=80) | ANY_TEXT.map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_come_back(data: bytes) -> None:
    try:
        cleaned = clean_bytes(CLEANER, data, "a.txt")
    except InputError:
        return
    assert restore_bytes(cleaned.data, cleaned.record, cleaned.result.decisions) == data


@settings(deadline=None)
@given(ANY_TEXT, st.sampled_from(["utf-8", "ascii"]), st.sampled_from(["", "\r\n"]))
def test_any_json_line_comes_back(text: str, style: str, end: str) -> None:
    quoted = jsonl.quote(f"{PROSE}\n\nBack to top\n\n{text}", style)
    line = f'{{ "id":1,\t"text" : {quoted},"n":[1.50, null]}}{end}'.encode()
    cleaned = clean_json_line(CLEANER, line, Fields(), ("a.jsonl", 1))
    old, new = json.loads(line), json.loads(cleaned.data)
    assert {**old, "text": cleaned.result.text} == new
    assert restore_json_line(cleaned.data, cleaned.record, cleaned.result.decisions) == line


@pytest.mark.parametrize(
    "quoted",
    [
        r'"a\/b caf\u00E9\n\nBack to top"',
        r'"\u0041 dog\n\nBack to top"',
        r'"\ud83d \n Back to top"',
    ],
)
def test_unusual_spelling_of_a_json_string_comes_back(quoted: str) -> None:
    line = f'{{"text": {quoted}}}'.encode()
    cleaned = clean_json_line(CLEANER, line, Fields(), ("a.jsonl", 1))
    assert cleaned.data != line
    assert restore_json_line(cleaned.data, cleaned.record, cleaned.result.decisions) == line


def test_json_line_that_needs_no_cleaning_keeps_its_bytes() -> None:
    line = rb'{"text": "a\/b \u0041nd so on"}'
    assert clean_json_line(CLEANER, line, Fields(), ("a.jsonl", 1)).data == line


def test_the_last_of_equal_keys_is_the_text() -> None:
    line = b'{"text": "Back to top", "text": "Rain."}'
    assert clean_json_line(CLEANER, line, Fields(), ("a.jsonl", 1)).source == "Rain."


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (b"nonsense", "not JSON"),
        (b'{"text": "a"', "not JSON"),
        (b'{"text": "a"} x', "not JSON: extra data"),
        (b'{"text": "a",}', "not JSON"),
        (b'["text"]', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"n": ' + b"[" * 100_000, "not JSON"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"body": "a"}', 'no field "text"'),
        (b'{"text": 7}', 'field "text" is not a string'),
    ],
)
def test_json_line_that_cannot_be_cleaned(line: bytes, cause: str) -> None:
    with pytest.raises(InputError, match=cause):
        clean_json_line(CLEANER, line, Fields(), ("a.jsonl", 1))


def test_clean_file_that_was_changed_is_not_restored() -> None:
    cleaned = clean_bytes(CLEANER, f"{PROSE}\n\nBack to top\n".encode(), "a.txt")
    with pytest.raises(RestoreError, match="changed"):
        restore_bytes(cleaned.data + b"x", cleaned.record, cleaned.result.decisions)


def test_document_is_called_by_its_id() -> None:
    line = b'{"url": "https://example.org/a", "text": "Rain."}'
    cleaned = clean_json_line(CLEANER, line, Fields(id="url"), ("a.jsonl", 3))
    assert cleaned.record.document == "https://example.org/a"
    assert (cleaned.record.file, cleaned.record.record) == ("a.jsonl", 3)


def test_directory_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    make_tree(tmp_path, "b.txt", "a/z.md", "a.txt", "c/d/e.text", "photo.png", "notes")
    inventory = take_inventory([tmp_path])
    assert [s.name for s in inventory.sources] == ["a/z.md", "a.txt", "b.txt", "c/d/e.text"]
    assert inventory.skipped == 2
    assert not inventory.troubles


def test_output_and_log_inside_the_input_are_not_read(tmp_path: Path) -> None:
    make_tree(tmp_path, "a.txt", "out/a.txt")
    assert names_in(tmp_path, avoid=tmp_path / "out") == ["a.txt"]


def test_links(tmp_path: Path) -> None:
    top, outside = tmp_path / "top", tmp_path / "outside"
    make_tree(tmp_path, "top/sub/a.txt", "outside/b.txt")
    (top / "loop").symlink_to(top)
    (top / "sub" / "up").symlink_to("..")
    (top / "self").symlink_to("self")
    (top / "other").symlink_to(outside)
    (top / "again").symlink_to("sub")
    (top / "file.txt").symlink_to(outside / "b.txt")
    (top / "gone.txt").symlink_to("nowhere")
    inventory = take_inventory([top])
    assert [s.name for s in inventory.sources] == ["file.txt", "sub/a.txt"]
    causes = {trouble.document: trouble.cause for trouble in inventory.troubles}
    assert set(causes) == {"loop", "sub/up", "self", "other", "gone.txt"}
    assert "loop" in causes["loop"]
    assert "loop" in causes["sub/up"]
    assert "outside" in causes["other"]
    assert causes["self"] == "symbolic link loop"
    assert causes["gone.txt"] == "No such file or directory"


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "directory.txt").mkdir()
    for paths in ([tmp_path], [tmp_path / "pipe.txt"]):
        inventory = take_inventory(paths)
        assert [t.cause for t in inventory.troubles] == ["not a regular file"]


def test_formats_by_name_and_content(tmp_path: Path) -> None:
    make_tree(tmp_path, "a.txt", "b.html", "c.jsonl")
    (tmp_path / "d.json").write_text('{"text": "Rain."}\n{"text": "Sun."}\n')
    (tmp_path / "e.json").write_text('{\n "text": "Rain."\n}\n')
    (tmp_path / "f.txt.gz").write_bytes(gzip.compress(b"Rain."))
    (tmp_path / "g.gz").write_bytes(gzip.compress(b'{"text": "Rain."}\n'))
    (tmp_path / "h.tar.gz").write_bytes(gzip.compress(b"x"))
    inventory = take_inventory([tmp_path])
    assert [(s.name, s.format, s.gzip) for s in inventory.sources] == [
        ("a.txt", "text", False),
        ("b.html.txt", "html", False),
        ("c.jsonl", "jsonl", False),
        ("d.json", "jsonl", False),
        ("f.txt.gz", "text", True),
        ("g.gz", "jsonl", True),
    ]
    assert inventory.skipped == 2


def test_named_files_are_taken_whatever_their_names(tmp_path: Path) -> None:
    (tmp_path / "article").write_text(PROSE)
    (tmp_path / "dump").write_text('{"text": "Rain."}\n')
    (tmp_path / "one.json").write_text('{\n "text": "Rain."\n}\n')
    inventory = take_inventory([tmp_path / name for name in ("article", "dump", "one.json")])
    assert [(s.name, s.format) for s in inventory.sources] == [
        ("article", "auto"),
        ("dump", "jsonl"),
    ]
    assert [t.cause for t in inventory.troubles] == ["JSON, but not JSON Lines"]


def test_several_directories_go_below_their_own_names(tmp_path: Path) -> None:
    make_tree(tmp_path, "x/a.txt", "y/a.txt", "y2/a.txt")
    inventory = take_inventory([tmp_path / "x", tmp_path / "y", tmp_path / "y2" / "a.txt"])
    assert [s.name for s in inventory.sources] == ["x/a.txt", "y/a.txt", "a.txt"]


def test_two_inputs_with_one_output(tmp_path: Path) -> None:
    make_tree(tmp_path, "x/a.txt", "y/a.txt")
    inventory = take_inventory([tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt"])
    assert [s.path for s in inventory.sources] == [tmp_path / "x" / "a.txt"]
    assert [t.path for t in inventory.troubles] == [tmp_path / "y" / "a.txt"]


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "", "a\0b", "C:/a.txt", "link/a.txt"]
)
def test_nothing_is_written_outside_the_output(tmp_path: Path, name: str) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "link").symlink_to(elsewhere)
    with pytest.raises(OutputError):
        write_file(out, name, b"x")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["elsewhere", "link", "out"]


def test_a_link_in_the_output_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"mine")
    (tmp_path / "a.txt").symlink_to("target")
    with pytest.raises(OutputError, match="symbolic link"):
        place(tmp_path, "a.txt")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    file = NewFile(target)
    file.write(b"new")
    assert target.read_bytes() == b"old"
    file.discard()
    assert target.read_bytes() == b"old"
    write_file(tmp_path, "a.txt", b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_pipe_is_written_to_and_a_link_is_followed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    (tmp_path / "link").symlink_to("target")
    for name in ("pipe", "link"):
        file = NewFile(tmp_path / name)
        file.write(b"new")
        file.commit()
        file.discard()
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_errors_of_a_file_begin_with_what_it_is_about(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "plain").write_bytes(b"")
    for target in (tmp_path / "loop", tmp_path / "plain" / "a", tmp_path / "no" / "a"):
        with pytest.raises(OutputError, match=r"^the log: cannot be written: "):
            NewFile(target, about="the log: ")


def lines_of(path: Path, max_bytes: int = 1 << 30) -> list[Lines | Trouble]:
    [source] = take_inventory([path]).sources
    return [task for task in share_out([source], max_bytes) if isinstance(task, (Lines, Trouble))]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("end", ["", "\n"])
def test_json_lines_are_cut_between_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool, end: str
) -> None:
    monkeypatch.setattr("cleaner.corpus.tasks.TASK_BYTES", 50)
    lines = "\n".join(json.dumps({"text": "x" * size}) for size in range(0, 200, 7)) + end
    path = tmp_path / "a.jsonl"
    path.write_bytes(gzip.compress(lines.encode()) if packed else lines.encode())
    tasks = [task for task in lines_of(path) if isinstance(task, Lines)]
    assert len(tasks) > 10
    assert [task.last for task in tasks] == [False] * (len(tasks) - 1) + [True]
    whole = b""
    for task in tasks:
        piece = task.data if task.data is not None else lines.encode()[task.start :][: task.size]
        assert task.first == whole.count(b"\n") + 1
        assert whole == b"" or whole.endswith(b"\n") or task.last
        whole += piece
    assert whole == lines.encode()


def test_truncated_gzip_gives_what_can_be_read(tmp_path: Path) -> None:
    text = "".join(json.dumps({"text": os.urandom(40).hex()}) + "\n" for _ in range(40_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(text.encode())[:-4000])
    *read, trouble, end = lines_of(path)
    assert read
    assert isinstance(trouble, Trouble)
    assert trouble.cause.startswith("truncated gzip data")
    assert isinstance(end, Lines)
    assert end.last


def test_small_files_are_shared_out_in_groups(tmp_path: Path) -> None:
    sources = [Source(tmp_path / f"{n}", f"{n}", f"{n}", "text", False, 10) for n in range(150)]
    groups = [task for task in share_out(sources, 100) if not isinstance(task, (Lines, Trouble))]
    assert [len(group.sources) for group in groups] == [64, 64, 22]
    assert [source for group in groups for source in group.sources] == sources
