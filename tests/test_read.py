"""Reading: encodings, newlines, segments, languages."""

from __future__ import annotations

import pytest

from cleaner import InputError, clean
from cleaner.read.decode import decode, encode, newline_style
from cleaner.read.fold import bare, fold, lower
from cleaner.read.language import guess_language
from cleaner.read.text import read_text

RUSSIAN = "Мэр города сообщил в понедельник, что мост откроют весной, когда сойдёт лёд. " * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The mill reopened.", "utf-8"),
        ("Le café à la carte", "utf-8"),
        ("Le café à la carte", "cp1252"),
        ("“Quoted” – dashed", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-8"),
        ("The mill reopened.", "utf-16-le"),
    ],
)
def test_encodings_are_told_and_kept(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert encode(*decoded) == text.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_kept_apart_from_the_text(encoding: str) -> None:
    data = "Mill – reopened".encode(encoding)
    decoded = decode(data)
    assert decoded.text == "Mill – reopened"
    assert decoded.bom
    assert encode(*decoded) == data


def test_a_declared_encoding_comes_before_detection() -> None:
    assert decode("Żółw".encode("iso-8859-2"), "iso-8859-2").text == "Żółw"
    assert decode("Żółw".encode(), "no-such-codec").text == "Żółw"


def test_binary_data_is_refused() -> None:
    with pytest.raises(InputError, match="binary data"):
        decode(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("text", "style"),
    [("a\nb", "lf"), ("a\r\nb", "crlf"), ("a\rb", "cr"), ("a\r\nb\n", "mixed"), ("ab", "none")],
)
def test_newline_style(text: str, style: str) -> None:
    assert newline_style(text) == style
    assert clean(text).meta["newline"] == style


def test_segments_are_the_lines_without_their_blanks() -> None:
    text = "\ufeff A mill. \r\n\r\n\u00a0Back to top\x0b- one\u2028\t\n"
    document = read_text(text)
    assert [document.line(s) for s in document.segments] == ["A mill.", "Back to top", "- one"]


def test_folding_keeps_the_length() -> None:
    text = "“İ” ﬁ ẞ \ud800 ’tis — 𝒳"
    assert len(lower(fold(text))) == len(text)
    assert fold("\ud800x") == "\ufffdx"


def test_many_characters_are_folded_as_each_is() -> None:
    characters = [chr(code) for code in (*range(0x80, 0x3100), *range(0xD7F0, 0x10000, 3), 0x1F600)]
    folded = fold("".join(characters))
    assert folded == "".join(fold(char) for char in characters)
    assert bare(folded) == "".join(bare(char) for char in folded)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry was late, and the crew had to wait for the tide to turn.", "en"),
        ("Die Fähre kam zu spät, und die Mannschaft musste auf die Flut warten.", "de"),
        ("Le bac était en retard et l'équipage a dû attendre la marée du soir.", "fr"),
        ("12 34", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_english_around_a_long_list_is_known_without_asking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleaner.read.language.detect", None)
    story = "The ferry was late, and the crew had to wait for the tide to turn. " * 4
    names = "Lohwald Perk Holt Sarn Oswin Farr Almersrode Vessel Dunmore Castelmur\n" * 30
    assert guess_language(f"{story}\n{names}{story}") == "en"


def test_the_language_may_be_given() -> None:
    assert clean("Ein Satz.", language="de").language == "de"
