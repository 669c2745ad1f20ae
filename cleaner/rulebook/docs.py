"""Write rules/README.md from the code: ``python -m cleaner.rulebook.docs > rules/README.md``."""

from __future__ import annotations

import msgspec

from cleaner.rulebook import phrase
from cleaner.rulebook.builtin import BUILT_IN
from cleaner.rulebook.lint import FEWEST_KEEPS, FEWEST_MATCHES
from cleaner.rulebook.schema import FIELDS, PackSpec, RuleSpec

_HEAD = """\
# Rules

What is residue: data only. `<language>/<category>.toml` holds rules, `<language>/words.toml` the
word classes they share (`any` is for all languages), `dom/` what HTML shows; `any/lines.*` are the
weights of lines, `en/common.txt` words too common to look rules up by. This page is made by
`python -m cleaner.rulebook.docs`; `cleaner rules list` lists the rules, `cleaner explain ID` shows
one, `cleaner rules lint` checks them all.

A rule's category and language are its path, so nothing can disagree with them. Rules of a language
look at documents in it, those in `en` and `any` at all documents.

A rule's examples are its tests: each `match` must be taken by the rule alone, each `keep` must be
left by the whole rulebook. Examples of several lines are written as a diff: `- ` for lines that go,
two blanks for lines that stay.
"""


def page() -> str:
    """Return the text of rules/README.md."""
    fields = "\n".join(
        f"| `{field.name}` | {_default(field)} | {FIELDS[field.name]} |"
        for field in msgspec.structs.fields(RuleSpec)
    )
    file_fields = ", ".join(f"`{field.name}`" for field in msgspec.structs.fields(PackSpec))
    built_in = ", ".join(f"`{{{name}}}`" for name in BUILT_IN)
    table = "\n".join(
        "| {} | {} |".format(*(cell.strip().replace("|", "\\|") for cell in row))
        for row in _phrase_table()
    )
    return f"""{_HEAD}
## A rule file

Its fields are {file_fields}. `disable` lists ids of rules to switch off:
packs given with `--rules DIR` may add rules, replace one by giving its id, or disable it.

| field of a rule | unless told | meaning |
|---|---|---|
{fields}

A rule needs at least {FEWEST_MATCHES} `match`, {FEWEST_KEEPS} `keep`, and one phrase or bag.

## Phrases

Case, most accents of Latin and Greek letters, kinds of quotes, dashes and blanks, and marks between
words do not matter.

| written | takes |
|---|---|
{table}

Built in: {built_in}.
Every phrase needs a fixed word or a digit, by which the pass over the text finds it.
"""


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    return f"`{field.default}`" if field.default else ""


def _phrase_table() -> list[tuple[str, str]]:
    """Return the rows of the table in the phrase module's docstring."""
    rows = (phrase.__doc__ or "").split("=\n")[1].split("\n===")[0].splitlines()
    return [(row[:15].replace("``", "`"), row[15:].replace("``", "`")) for row in rows if row]


if __name__ == "__main__":
    print(page(), end="")
