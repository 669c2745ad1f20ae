"""The rulebook: what bad packs are told, what users' packs may do, what phrases mean."""

from __future__ import annotations

from pathlib import Path

import pytest
import re2

from cleaner import Cleaner, RuleError
from cleaner.find import lines_taken
from cleaner.read.fold import plain
from cleaner.read.text import read_text
from cleaner.rulebook import Index, lint, load_rulebook
from cleaner.rulebook.marks import plain_marks
from cleaner.rulebook.needs import words_of
from cleaner.rulebook.phrase import PhraseError, compile_phrase
from cleaner.rulebook.shorthand import spelled_out

BAD = Path(__file__).parent / "bad_rules"
MISTAKES = {
    "broken-toml": "notes.toml: ",
    "duplicate-id": "notes.toml: en-print-note: id: already in ",
    "empty-choice": "en-print-note: phrases: a choice in 'zebra ([a]|b)' can be empty",
    "empty-class": "words.toml: zoo: empty word class",
    "empty-match": "en-print-note: phrases: '[zebra] [crossing]' matches the empty string",
    "few-examples": "en-print-note: match: needs at least 3 examples, has 1",
    "foreign-id": "de-print-note: id: must start with en-",
    "keep-not-left": "en-print-note: keep: the rulebook does not leave 'The zebra crossed",
    "match-not-taken": "en-print-note: match: the rule alone does not take 'A horse.'",
    "missing-keep": "en-print-note: Object missing required field `keep`",
    "no-keyword": "en-print-note: phrases: a phrase has no fixed word and no digit",
    "nothing-to-match": "en-print-note: phrases: a rule needs phrases or bags",
    "unclosed-group": "en-print-note: phrases: '(' is never closed in 'zebra (crossing'",
    "unknown-class": "en-print-note: phrases: unknown word class {zebras}",
    "unknown-field": "en-print-note: Object contains unknown field `colour`",
    "unused-class": "words.toml: zoo: no rule uses this word class",
    "words-no-list": "words.toml: zoo: Expected `array`",
    "wrong-confidence": "en-print-note: confidence: Invalid enum value 'sure'",
    "wrong-scope": "en-print-note: scope: Invalid enum value 'page'",
}


def test_every_bad_pack_is_named() -> None:
    assert sorted(path.name for path in BAD.iterdir()) == sorted(MISTAKES)


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_lint_names_file_rule_and_field(name: str) -> None:
    found = [str(error) for error in lint(lines_taken, (BAD / name,))]
    mistakes = [line for line in found if line.startswith(str(BAD / name / "en"))]
    assert len(mistakes) == 1
    assert MISTAKES[name] in mistakes[0]
    assert "\n" not in mistakes[0]


def pack(folder: Path, text: str) -> Path:
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "own.toml").write_text('about = "own"\n' + text, "utf-8")
    return folder


def rule(rule_id: str, phrase: str) -> str:
    return (
        f'[[rule]]\nid = "{rule_id}"\nsummary = "s"\nconfidence = "certain"\n'
        f'phrases = ["{phrase}"]\nmatch = ["a", "b", "c"]\nkeep = ["d", "e"]\n'
    )


def test_a_users_pack_adds_overrides_and_disables(tmp_path: Path) -> None:
    source = "Heron house style\n\nThe mill reopened on Monday.\n"
    clean = "The mill reopened on Monday.\n"
    adds = pack(tmp_path / "adds", rule("en-heron", "^ heron house style $"))
    overrides = pack(tmp_path / "overrides", rule("en-heron", "^ stork house style $"))
    disables = pack(tmp_path / "disables", "")
    (disables / "en" / "own.toml").write_text('about = "x"\ndisable = ["en-heron"]', "utf-8")
    assert Cleaner(rules=[adds]).clean(source).text == clean
    assert Cleaner(rules=[adds, overrides]).clean(source).text == source
    assert Cleaner(rules=[adds, disables]).clean(source).text == source


def test_a_missing_pack_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such rules directory"):
        load_rulebook((tmp_path / "none",))


CLASSES = {"see": ("see", "look at"), "clip": ("video", "clip")}


@pytest.mark.parametrize(
    ("phrase", "line", "taken"),
    [
        ("^ back to top $", "» Back to Top ↑", True),
        ("^ back to top $", "Back to top form", False),
        ("{see} [the] {clip}", "Please LOOK AT: the video", True),
        ("{see} ... {clip}", "see one two three four five six video", True),
        ("^ risk {word} $", "Risk Ökobank", True),
        ("^ boo $", "Book", False),
        ("^ se $", "Åse", False),
        ("photo:", "Photo: Ann Lee", True),
        ("photo:", "Photo Ann Lee", False),
        ("don't miss", "Don’t miss it", True),
        ("^ by {name} on {date} $", "By John Doe on Dec 19, 2020", True),
        ("^ by {name} on {date} $", "by the river on Dec 19, 2020", False),
        ("^ {date} $", "13 December 2021", True),
        ("^ {date} $", "2021-12-13", True),
        ("^ {date} $", "May we go", False),
        ("write to {email}", "Write to ann.lee@news-room.example", True),
        ("café", "At the CAFÉ", True),
        ("note [{date}] : ...", "Note: the mill has nine wheels", True),
        ("^ 公開日 {date} {time} $", "公開日：2025年1月13日 14時05分", True),
        ("^ {date} $", "2025년 1월 13일", True),
        ("^ 人気 ランキング $", "人気・ランキング", True),
        ("^ ink [:] {name} $", "Ink: Anna Pell", True),
        ("^ ink [:] {name} $", "Ink Anna", True),
        ("^ ink [:] {name} $", "InkAnna", False),
        ("^ ink [by|:] {name} $", "InkAnna", False),
        ("^ {name} $", "Łódka", True),
        ("^ {name} $", "łódka", False),
    ],
)
def test_phrase(phrase: str, line: str, taken: bool) -> None:
    compiled = compile_phrase(phrase, CLASSES)
    assert bool(re2.search(spelled_out(compiled.regex), plain_marks(plain(line)))) is taken


@pytest.mark.parametrize("phrase", ["", "(a", "a)", "[a]", "{none} b", "a ^ b", "..."])
def test_phrase_mistakes(phrase: str) -> None:
    with pytest.raises(PhraseError):
        compile_phrase(phrase, CLASSES)


def test_a_hostile_line_takes_linear_time() -> None:
    index = Index(load_rulebook().rules)
    line = "see the video please enable " * 40_000
    assert index.scan(read_text(line)) == []
    assert lines_taken(index, "by " * 300_000 + "2020") == set()


def test_looking_rules_up_misses_nothing() -> None:
    """Look-up only saves time: trying each rule on each line finds the same."""
    rules = [r for r in load_rulebook().rules if not (r.is_inline or r.bags or r.unless)]
    examples = [line for rule in rules for line in (*rule.spec.match, *rule.spec.keep)]
    document = read_text("\n".join(examples), "en")
    found = {(match.segment, match.rule.id) for match in Index(rules).scan(document)}
    tried = {
        (number, rule.id)
        for rule in rules
        for pattern in [re2.compile("|".join(spelled_out(phrase.regex) for phrase in rule.phrases))]
        for number, line in enumerate(document.unaccented.lines)
        if pattern.search(plain_marks(line)) and len(words_of(line)) <= rule.max_words
    }
    assert len(found) > len(rules)
    assert found == tried


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("^ über uns $", "» ÜBER uns"),
        ("^ à lire $", "A LIRE"),
        ("^ επίσης $", "ΕΠΙΣΗΣ"),
        ("zur übersicht", f"Zurück zur Übersicht {'aller Mühlen am Fluss ' * 4}"),
        ("(mehr|mehr dazu) hier $", f"{'Das Wehr hat neun Tore. ' * 4}Mehr dazu hier!"),
        ("^ die neue mühle $", "Die neue Mühle"),
        ("^ {number} mühlen $", "12 Mühlen"),
        ("^ {name} {date} $", "Ann Lee 2024-05-01"),
        ("^ {name} {date} $", "Ann Lee 2025年1月13日"),
        ("^ [{name}] © {number} ... $", "Ann Lee © 2024 Alle Rechte"),
        ("^ {handle} : wehr {word} $", "@annlee: Wehr Sarn"),
    ],
)
def test_what_is_looked_up_is_found(tmp_path: Path, phrase: str, line: str) -> None:
    folder = pack(tmp_path, rule("en-own", phrase))
    own = [rule for rule in load_rulebook((folder,)).rules if rule.id == "en-own"]
    document = read_text(f"Am Wehr.\n{line}")
    assert [match.segment for match in Index(own).scan(document)] == [1]
