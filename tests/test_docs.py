"""Pages made from the code are current, and documents name what exists."""

from __future__ import annotations

import re

import cleaner
from cleaner.rulebook import docs
from tests.support import ROOT


def test_rules_readme_is_current() -> None:
    page = (ROOT / "rules" / "README.md").read_text("utf-8")
    assert page == docs.page(), "run: python -m cleaner.rulebook.docs > rules/README.md"


def test_public_names() -> None:
    assert sorted(cleaner.__all__) == [
        "CleanResult",
        "Cleaner",
        "CleanerError",
        "ConfigError",
        "Decision",
        "InputError",
        "OutputError",
        "RestoreError",
        "RuleError",
        "clean",
        "restore",
    ]
    assert all(getattr(cleaner, name).__doc__ for name in cleaner.__all__)


def test_files_named_in_the_documents_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text("utf-8")
        for path in re.findall(r"`((?:cleaner|rules|seeds|tests|benchmarks)/[\w./-]+)`", text):
            assert (ROOT / path).exists(), f"{name} names {path}"
