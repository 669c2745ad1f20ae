"""The language of a document: cheap tests for common languages, langdetect for the rest.

langdetect takes 0.3 s of CPU and 60 MB to load all it knows, a quarter of that for the languages in
Latin letters; most runs never ask it.

>>> guess_language("The ferry was late, and the crew had to wait for the tide to turn at noon.")
'en'
>>> guess_language("1 2 3")
''
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import Struct
from typing import Any

# Function words that no other language in wide use on the web shares.
_ENGLISH = frozenset(
    "the of and with that this have has had was were they their would which from been what "
    "when who will your about there".split()
)
# Function words of other languages that langdetect need not be asked about, and scripts that tell.
_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "cs": "se ve jsou jako který která které podle také byl byla být nebo když jeho až jen",
        "de": "der die und nicht ist das den mit von auch ein eine sich auf für dem des im wird zu",
        "es": "el los las del una por con para su es como más pero sus fue y lo al",
        "fi": "ja on ei että se hän oli ovat joka myös mutta kun sekä mukaan ole vain kuin",
        "fr": "le les des est une dans pour que qui pas sur avec ce sont par au du et aux cette",
        "hu": "hogy nem az egy és is volt azt csak még meg mint már ezt kell vagy szerint",
        "id": "yang dan dengan untuk dari ini itu pada tidak dalam akan adalah oleh juga telah",
        "it": "il di che è per una sono non con del della anche gli nel alla dei ha",
        "nl": "het een van dat niet zijn met voor te aan ook maar bij naar werd deze",
        "pl": "w i nie się że jest jak przez są oraz ale dla jego który",
        "pt": "os não uma para com da dos das em por mais foi ao são um pelo também",
        "ro": "și să nu este care din pentru cu pe mai sunt fost această după prin sau",
        "sv": "och att är från inte också till för eller där när blir hade även vid ska",
        "tr": "ve bir bu için ile çok olarak daha olan gibi ancak olduğu",
    }.items()
}
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
# What langdetect knows of languages in Latin letters, and in others but for those of _SCRIPTS.
_LATIN = tuple(
    "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw tl tr "
    "vi".split()
)
_OTHER = tuple("ar bg bn el fa gu he hi kn mk ml mr ne pa ru ta te th uk ur".split())
# The place of a language among those that langdetect has loaded, and a share in it.
_CELL = Struct("<Bf")
_LATIN_LETTER = re.compile("[a-z\xdf-\u024f\u1e00-\u1eff]")
# Share of the code points that are of a script, in text that is.
_SCRIPT_SHARE = 0.05
# Code points looked at; where they tell nothing, more are: a tenth of langdetect's time.
_SAMPLE, _LARGER_SAMPLE = 1_500, 12_000
# Share of function words in running English is 0.15 to 0.3; in other languages below 0.02.
_ENGLISH_SHARE = 0.05
_FEWEST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile("[-_]")
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


def language_code(tag: str) -> str:
    """Return the ISO 639-1 code that begins a language tag, ``no`` for both kinds of Norwegian.

    Without one it is ``""``.

    >>> [language_code(tag) for tag in ("en-GB", "PT_br", "nb", "english")]
    ['en', 'pt', 'no', '']
    """
    code = _PART.split(tag.strip().lower(), maxsplit=1)[0]
    return _ALIASES.get(code, code) if len(code) == 2 and code.isalpha() else ""


def is_english(language: str) -> bool:
    """Tell whether a document in a language, or in none that is known, is taken for English."""
    return language in ("", "en")


def guess_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of ``text``, or ``""`` when unsure.

    Words from the middle of the text count, where menus are rare.
    """
    sample = _middle(text, _SAMPLE)
    lowered = sample.lower()
    parts = lowered.split()
    # A cheap first look: five times as fast, and a word that a mark touches does not count.
    if _are_english(parts):
        return "en"
    words = _WORD.findall(lowered)
    if len(words) < _FEWEST_WORDS and len(sample) == len(text) and sample.isascii():
        return ""
    if _known(words) > _ENGLISH_SHARE * len(words):
        return "en"
    return _script(sample) or _common(words) or _in_lists(text) or _detected(sample, lowered)


def _middle(text: str, size: int) -> str:
    middle = max(0, len(text) // 2 - size // 2)
    return text[middle : middle + size]


def _in_lists(text: str) -> str:
    """Return ``en`` for a text with lists or tables in the middle and English around them."""
    return "en" if _are_english(_WORD.findall(_middle(text, _LARGER_SAMPLE).lower())) else ""


def _are_english(words: Sequence[str]) -> bool:
    """Tell whether enough of some words bind English sentences."""
    return _known(words) > max(_FEWEST_WORDS, _ENGLISH_SHARE * len(words))


def _known(words: Iterable[str], common: frozenset[str] = _ENGLISH) -> int:
    return sum(map(common.__contains__, words))


def _script(sample: str) -> str:
    """Return the language whose script stands in a text; Japanese and Korean before Chinese."""
    least = _SCRIPT_SHARE * len(sample)
    return next((code for code, sign in _SCRIPTS.items() if len(sign.findall(sample)) > least), "")


def _common(words: Sequence[str]) -> str:
    """Return the language whose function words are by far the most, or nothing."""
    counts = sorted((_known(words, common), code) for code, common in _COMMON.items())
    (second, _), (most, code) = counts[-2:]
    clear = most >= 2 * second and most > max(_FEWEST_WORDS, _ENGLISH_SHARE * len(words))
    return code if clear else ""


def _detected(sample: str, lowered: str) -> str:
    """Return what langdetect takes a text for, of the languages in its letters."""
    is_latin = 2 * len(_LATIN_LETTER.findall(lowered)) > sum(map(str.isalpha, lowered))
    return detect(sample, _LATIN if is_latin else _OTHER)[0]


def detect(text: str, languages: Sequence[str]) -> tuple[str, float]:
    """Return what langdetect takes a text for, of some languages.

    These, and the answer, are ISO 639-1 codes; the probability is 0 to 1. Without letters in the
    text both are empty. The fewer languages, the less time and memory they take to load.

    >>> detect("Die Fähre kam am Abend wieder nicht an.", ("de", "en"))[0]
    'de'
    """
    from langdetect import LangDetectException  # noqa: PLC0415 - late: English never gets here

    detector = _factory(tuple(languages)).create()
    detector.append(text)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return "", 0.0
    return str(best.lang), float(best.prob)


@cache
def _factory(languages: tuple[str, ...]) -> Any:
    """Load the profiles of languages; the seed makes answers repeat."""
    from langdetect.detector_factory import (  # noqa: PLC0415
        PROFILES_DIRECTORY,
        DetectorFactory,
        LangProfile,
    )

    factory = DetectorFactory()
    factory.set_seed(0)
    cells = defaultdict[str, bytes](bytes)
    files = [file for file in Path(PROFILES_DIRECTORY).iterdir() if file.name in languages]
    for place, file in enumerate(sorted(files)):
        one = DetectorFactory()
        one.add_profile(LangProfile(**json.loads(file.read_bytes())), 0, 1)
        factory.langlist += one.langlist
        for gram, (share,) in one.word_lang_prob_map.items():
            cells[gram] += _CELL.pack(place, share)
    factory.word_lang_prob_map = _Shares(dict(cells), len(files))
    return factory


@dataclass(frozen=True)
class _Shares:
    """The share of each letter sequence in each language; most stand in few, so these alone."""

    cells: Mapping[str, bytes]
    languages: int

    def __contains__(self, gram: object) -> bool:
        return gram in self.cells

    def __getitem__(self, gram: str) -> list[float]:
        shares = [0.0] * self.languages
        for place, share in _CELL.iter_unpack(self.cells[gram]):
            shares[place] = share
        return shares
