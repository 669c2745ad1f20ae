"""What is right in one language is not mended into another's habits."""

from __future__ import annotations

import pytest

from tests.repair_support import ALL_LEVELS, repaired

RIGHT = {
    "de": [
        "„Die Fähre fährt nicht“, sagte der Kapitän. „Wir warten auf den Wind.“",
        "Der Kapitän nannte die Fähre »alt« und den Hafen ›zu klein‹.",
        "Ein- und Ausfahrt, Bewegung und -kontrolle sowie die, die die Fähre nutzen.",
        "Die Fähre kostet 3,5 % mehr, also 1.200 Euro; z. B. im Sommer.",
    ],
    "sv": [
        "”Färjan går inte”, sade kaptenen, som kallade den ”en gammal båt”.",
        "Hon sade att det var ”en allvarlig fråga” för hela hamnen.",
    ],
    "fi": ["”Lautta ei lähde”, sanoi kapteeni, ja se on ”vanha laiva”."],
    "fr": [
        "Il a dit : « Le bac ne part pas ! » Que faire ? Attendre ; encore attendre.",
        "Le prix : 3,5 % de plus, soit 1 200 € ; c’est l’hiver qui l’explique.",
        "« Nous attendons », dit le capitaine. « Le vent est “trop fort” aujourd’hui. »",
        "Le capitaine a dit\u00a0: «\u00a0Nous restons ici\u00a0!\u00a0»",
    ],
    "es": [
        "¿Cuándo sale el barco? ¡Nunca! —dijo el capitán— y se fue a su casa.",
        "El capitán -que no es del puerto- dijo que «no hay viento» en la costa.",
    ],
    "nl": [
        "De boot vaart ’s avonds niet, want ’t is te koud en de foto’s zijn van 's-Hertogenbosch.",
        "„De boot vaart niet”, zei de kapitein van het schip, en hij ging naar huis.",
    ],
    "hu": ["„A komp nem megy” – mondta a kapitány, és azt is, hogy „nem lesz szél”."],
    "pl": ["„Prom nie płynie” – powiedział kapitan, który nie jest „z portu”."],
    "cs": ["„Loď nejede,“ řekl kapitán, který se na to ptal, a byl to „starý člun“."],
    "it": ["L’Italia dell’800, un po’ d’acqua e l’area che non è della nave; che dire?"],
    "da": ["Hun kalder båden »den gamle« og sagde ”nej” til det hele."],
    "zh": ["他说：“我们不会离开。”然后走了。"],
    "ja": ["船長は「行かない」と言った。"],
    "el": ["Τι ώρα είναι; Δεν ξέρω."],
    "fa": ["می\u200cخواهم بروم"],
    "tr": ["Çorum'un limanında gemi var, ama bu çok eski bir gemi değil."],
}
CASES = [(language, text) for language, texts in RIGHT.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), CASES)
def test_right_text_stays(language: str, text: str) -> None:
    assert repaired(text, language, allowed=ALL_LEVELS)[0] == text


@pytest.mark.parametrize(("language", "text"), CASES)
def test_right_text_stays_when_nobody_says_what_it_is(language: str, text: str) -> None:
    assert repaired(text, "")[0] == text


@pytest.mark.parametrize(
    ("language", "text"), [case for case in CASES if case[0] in {"de", "sv", "fr", "es", "nl"}]
)
def test_foreign_paragraph_of_an_english_document_stays(language: str, text: str) -> None:
    english = "The ferry is late today, and the crew of the boat has gone home."
    assert repaired(f"{english}\n\n{text}", "en")[0] == f"{english}\n\n{text}"


def test_artifacts_of_all_languages_are_mended_in_german() -> None:
    text = "Der gro@@ ße Hafen &amp; die Fähre @-@ Linie waren nicht auf , sagte er ."
    assert repaired(text, "de")[0] == "Der große Hafen & die Fähre-Linie waren nicht auf, sagte er."
