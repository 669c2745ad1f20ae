"""Tests that keep repairs away from text they do not understand: language, code, tables, verse."""

from __future__ import annotations

import functools
import re
from collections import Counter
from itertools import chain

_STOPWORDS = {
    "en": "the of and to that for it with as was are be this by you your from or we have not they "
    "which can will their its but our if more has a he she his her who what when how is in "
    "on at an so said about would there been were had do does did don't it's i my me than "
    "then these those into over such some any no up out also most other after only could "
    "may should use like get one all make way where while whether without because through "
    "between them him us you're",
    "de": "der die das und ist nicht mit ein eine einen einem einer dem den des zu zum zur auf "
    "für sich auch es von vom im er sie ihr ihre ihren wird werden wurde wurden hat haben "
    "hatte sind war waren bei beim nach wie aus noch über nur oder aber als wir ich am in "
    "seit wenn dann doch etwa mehr gegen unter keine kein schon können sein seine dass ob "
    "bis vor sehr man diese dieser damit dort immer wieder jetzt zwischen ihn ihm soll "
    "sollte kann dafür deshalb um gibt jahr jahren",
    "fr": "le la les des du et est dans une un pour que qui pas sur avec au aux ce cette il elle "
    "sont par plus ne se nous vous ont été mais ou où son sa ses leur était à de en être "
    "fait comme",
    "es": "el la los las de del y que en un una por con para no se es su al lo como más pero sus "
    "le ha este esta son entre cuando muy sin sobre ser también fue hasta desde qué según "
    "años",
    "it": "il lo la gli le di e che un una per non con si è da del della dei delle nel alla sono "
    "ha come anche più ma al dal questo questa essere ho nella degli sempre in stato anni",
    "pt": "o os as de da do das dos e que em um uma para com não se na no por mais foi ao são é "
    "como mas sua seu ele ela pela pelo também já à nos",
    "nl": "de het een en van is dat niet op te voor met zijn aan ook er maar om bij naar uit dan "
    "nog wordt door hebben heeft worden deze je ik hij in",
    "sv": "och att det som en på är av för med till den har inte om ett han men var jag sig från "
    "vi så kan när de sade",
    "da": "og at det som en på er af for med til den har ikke om et han men var jeg sig fra vi så "
    "kan når de hun sagde hans",
    "fi": "ja on ei että se oli hän mutta kun ovat myös joka mitä tai niin kuin sanoi ole",
    "pl": "w na z nie się że to jest jak po co ale za od przez dla może już tym są był lub czy",
    "cs": "v na je se že to s z k ve pro jako za po ale jsou byl která který také si nebo",
    "hu": "az és hogy nem egy ez volt de már csak meg még el ha vagy mint van lesz azt",
    "tr": "ve bir bu da de için ile çok olarak daha olan gibi kadar sonra ne var değil",
    "ro": "și în de la cu pe nu că un este din pentru care mai au sau fi fost",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HABITS: dict[str, tuple[str, ...]] = {}
for _language, _words in _STOPWORDS.items():
    for _word in _words.split():
        _HABITS[_word] = (*_HABITS.get(_word, ()), _language)

_CODE = re.compile(
    r"[{}]|[=!]=|(?<!C)\+\+|=>|->|:=|::|\(\)|;\s*$|\w\[\w|^\s*(?:import|def|return|const|var) \w+\b"
    r"|\b0x[\dA-F]|\bU\+[\dA-F]{4}|\w_\w+ ?\(|(?:^|\s)[\w.]{1,40} :?= \S"
    r"|^\s*(?:\$ [a-z]|>>>|#!)|\\\w|\b\w\(\w{1,3}\)|(?<!\w)\w\( "
)
_COMMAND = re.compile(
    r"\b(?:CLI|command[ -]line|git|npm|pip|sudo|curl|kubectl|bash|rsync|chmod|grep|ssh)\b| --\w|`"
)
_TABLE = re.compile(r"\||\t|\+--")


def language_of(line: str, document_language: str) -> str:
    """Return the ISO 639-1 code of a line, or ``""`` when nothing tells.

    Counts the commonest words of 15 European languages in the first 300 code points; the
    language of the document decides when the line itself says too little.

    >>> language_of("He said that the house is old.", ""), language_of("Das ist nicht wahr.", "en")
    ('en', 'de')
    >>> language_of("Bora Bora", "fr"), language_of("Bora Bora", "")
    ('fr', '')
    """
    votes = _votes(line[:300])
    document_language = document_language[:2].lower()
    if votes:
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0] != document_language))
        best, count = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0
        if best == document_language or (count >= 2 and count > second):
            return best
        if not document_language and count > second:
            return best
    if document_language or not _latin(line):
        return document_language
    return ""


@functools.lru_cache(maxsize=256)
def _votes(text: str) -> dict[str, int]:
    habits = filter(None, map(_HABITS.get, _WORD.findall(text.lower())))
    return Counter(chain.from_iterable(habits))


def foreign_words(sentence: str) -> tuple[int, int]:
    """Return how many words of a sentence only other languages use, and how many only English.

    >>> foreign_words("Deshalb wird nicht gebaut, und das Haus ist leer.")
    (6, 0)
    """
    foreign = english = 0
    for word in _WORD.findall(sentence.lower()):
        habits = _HABITS.get(word, ())
        if habits == ("en",):
            english += 1
        elif habits and "en" not in habits:
            foreign += 1
    return foreign, english


def _latin(line: str) -> bool:
    return line.isascii() or any(letter < "\u0250" and letter.isalpha() for letter in line)


def looks_like_code(line: str) -> bool:
    """Whether a line holds program text, an emoticon drawing or a table.

    >>> looks_like_code("for (i = 0 ; i < n ; i ++) { a [ i ] = 1 ; }")
    True
    >>> looks_like_code("He paid (so they say) nothing ; she paid all.")
    False
    """
    return bool(_CODE.search(line))


def looks_like_table(line: str) -> bool:
    """Whether a line is a row of cells.

    >>> looks_like_table("Yes | Fair 4.6 % | 16 : 9"), looks_like_table("Yes , it is fair .")
    (True, False)
    """
    return bool(_TABLE.search(line))


def speaks_of_commands(line: str) -> bool:
    """Whether a line speaks of command lines, where ``-all`` is a word of its own."""
    return bool(_COMMAND.search(line))
