"""Rules as data: their form, loading, phrase language, look-up and lint."""

from cleaner.rulebook.common import rules_directory
from cleaner.rulebook.index import Index, Match
from cleaner.rulebook.lint import lint
from cleaner.rulebook.load import Rulebook, load_rulebook, load_rules
from cleaner.rulebook.rule import Rule

__all__ = [
    "Index",
    "Match",
    "Rule",
    "Rulebook",
    "lint",
    "load_rulebook",
    "load_rules",
    "rules_directory",
]
