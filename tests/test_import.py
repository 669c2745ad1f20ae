"""What ``import cleaner`` costs and gives."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import cleaner
from tests.support import ROOT

HEAVY = ["msgspec", "re2", "ahocorasick_rs", "ftfy", "langdetect", "numpy", "trafilatura"]
HEAVY += ["cleaner.clean", "cleaner.rulebook"]


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout.strip()


def test_the_package_alone_imports_little() -> None:
    code = f"import sys, cleaner; print([name for name in {HEAVY} if name in sys.modules])"
    assert run(code) == "[]"


@pytest.mark.parametrize(
    "first",
    [
        "import cleaner",
        "import cleaner.clean",
        "from cleaner.clean import Cleaner",
        "from cleaner import clean",
        "from cleaner import *",
        "import cleaner.cli.clean",
    ],
)
def test_clean_is_the_function_whatever_was_imported_first(first: str) -> None:
    code = f"{first}\nimport cleaner\nprint(cleaner.clean('Rain fell.', level='cautious').text)"
    assert run(code) == "Rain fell."


def test_names_are_listed_before_they_are_used() -> None:
    assert run("import cleaner; print(set(cleaner.__all__) <= set(dir(cleaner)))") == "True"


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'cleaner' has no attribute 'wash'"):
        cleaner.wash  # type: ignore[attr-defined]  # noqa: B018


def test_threads_may_ask_first() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor\nimport cleaner\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    done = list(pool.map(lambda n: cleaner.clean(f'Rain {n}.').text, range(8)))\n"
        "print(done == [f'Rain {n}.' for n in range(8)])"
    )
    assert run(code) == "True"
