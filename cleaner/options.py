"""What can be chosen about cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import ConfigError
from cleaner.read.language import language_code
from cleaner.settle import ALLOWED
from cleaner.types import Decision, Level

EXTRACTORS = ("auto", "blocks", "trafilatura")


@dataclass(frozen=True, slots=True)
class Options:
    """How to clean.

    ``keep`` names categories or rules whose finds stay in the text and are logged as held;
    ``select`` and ``ignore`` name rules, categories or languages to run, or not to run, at all;
    ``language`` is the documents' ISO 639-1 code where it is known; ``rules`` are folders of
    further rule packs; ``repair`` turns the mending of what stays on or off; ``extractor`` says
    how the article of a page is found (``cleaner.page.article``).

    Raises ConfigError for an unknown level or extractor, and for what is no language code.
    """

    level: Level = "standard"
    keep: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str | None = None
    rules: tuple[Path, ...] = ()
    repair: bool = True
    extractor: str = "auto"

    def __post_init__(self) -> None:
        if self.level not in ALLOWED:
            raise ConfigError(f"level {self.level!r} is none of {', '.join(ALLOWED)}")
        if self.extractor not in EXTRACTORS:
            raise ConfigError(f"extractor {self.extractor!r} is none of {', '.join(EXTRACTORS)}")
        if self.language and not language_code(self.language):
            raise ConfigError(f"language {self.language!r} is no code of two letters, such as de")

    def runs(self, *names: str) -> bool:
        """Tell whether a rule of these names (id, category, language) is to run."""
        chosen = not self.select or any(name in self.select for name in names)
        return chosen and not any(name in self.ignore for name in names)

    def wants(self, decision: Decision) -> bool:
        """Tell whether the rule of a decision is to run."""
        return self.runs(decision.rule, decision.category, decision.language)
