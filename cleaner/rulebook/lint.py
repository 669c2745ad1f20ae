"""Check rule packs: every mistake that can be told from the rules and their own examples.

An example is one line, or several in the form of a diff: lines that start with ``- `` must go,
those that start with two blanks must stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cleaner.errors import RuleError
from cleaner.rulebook.common import rules_directory
from cleaner.rulebook.index import Index
from cleaner.rulebook.load import WORDS, load_rulebook, rule_files
from cleaner.rulebook.rule import Rule
from cleaner.rulebook.schema import RuleSpec, decode_pack, decode_words

FEWEST_MATCHES = 3
FEWEST_KEEPS = 2

# Takes an index of the rules to run and a text; gives the numbers of the non-blank lines
# that they touch.
Taker = Callable[[Index, str], set[int]]


def lint(take: Taker, extra: tuple[Path, ...] = ()) -> list[RuleError]:
    """Return the mistakes in the built-in rules and in ``extra`` packs, in order of files.

    ``take`` runs rules over a text. A pack that cannot be loaded at all gives one mistake.
    """
    try:
        rulebook = load_rulebook(extra)
    except RuleError as error:
        return [error]
    index = Index(rulebook.rules)
    mistakes = [error for rule in rulebook.rules for error in check_rule(rule, index, take)]
    return [*mistakes, *_unused_classes((rules_directory(), *extra))]


def check_rule(rule: Rule, index: Index, take: Taker) -> Iterator[RuleError]:
    """Yield what is wrong with one rule: too few examples, or examples that do not hold."""
    spec = rule.spec
    for field, examples, fewest in (
        ("match", spec.match, FEWEST_MATCHES),
        ("keep", spec.keep, FEWEST_KEEPS),
    ):
        if len(set(examples)) < fewest:
            cause = f"needs at least {fewest} examples, has {len(set(examples))}"
            yield RuleError(rule.file, cause, rule=rule.id, field=field)
    alone = Index((rule,))
    for example in spec.match:
        text, wanted = parse_example(example, removed=True)
        if take(alone, text) != wanted:
            cause = f"the rule alone does not take {example!r} as shown"
            yield RuleError(rule.file, cause, rule=rule.id, field="match")
    for example in spec.keep:
        text, wanted = parse_example(example, removed=False)
        if take(index, text) != wanted:
            cause = f"the rulebook does not leave {example!r}"
            yield RuleError(rule.file, cause, rule=rule.id, field="keep")


def parse_example(example: str, *, removed: bool) -> tuple[str, set[int]]:
    """Return the text of an example and the numbers of its non-blank lines that must go.

    >>> parse_example("  The end.\\n- Related Articles\\n- Mill to reopen", removed=True)
    ('The end.\\nRelated Articles\\nMill to reopen', {1, 2})
    """
    lines = [line for line in example.splitlines() if line.strip()]
    if len(lines) < 2:
        return example, {0} if removed else set()
    text = "\n".join(line[2:] for line in lines)
    return text, {number for number, line in enumerate(lines) if line.startswith("- ")}


def _unused_classes(directories: Iterable[Path]) -> Iterator[RuleError]:
    """Yield word classes that are empty or that no rule names."""
    packs = list(directories)
    specs = [s for pack in packs for path in rule_files(pack) for s in decode_pack(path).rule]
    used = _classes_named(specs)
    for path in (path for pack in packs for path in sorted(pack.glob(f"*/{WORDS}"))):
        for name, members in decode_words(path).items():
            if not members:
                yield RuleError(path, "empty word class", field=name)
            elif name not in used:
                yield RuleError(path, "no rule uses this word class", field=name)


def _classes_named(specs: Iterable[RuleSpec]) -> set[str]:
    wordings = (
        wording
        for spec in specs
        for wording in (*spec.phrases, *spec.unless, *(e for bag in spec.bags for e in bag))
    )
    return {name for wording in wordings for name in re.findall(r"\{(\w+)\}", wording)}
