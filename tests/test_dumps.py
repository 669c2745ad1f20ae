"""Texts dumped from whole pages: menus and footers go, in any language."""
# ruff: noqa: E501 - lines of articles are long

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.find import Context, weigh
from cleaner.find.stray import find_stray_lines
from cleaner.read.text import read_text
from cleaner.settle import settle
from cleaner.types import Decision, Document

GERMAN = (
    """\
Zum Inhalt springen
Startseite
Nachrichten
Sport
Kultur
Wetter
Anmelden
Suche
Menü
Politik
Wirtschaft
Lokales
Wissenschaft
Reise
Video
Podcast
Archiv
Veranstaltungen
Kleinanzeigen
Immobilien
Stellenmarkt
E-Paper
Abo
Mein Konto
""",
    """\
Der Gemeinderat von Unterfelden hat am Dienstagabend beschlossen, die alte Mühle am Bach für sechs Millionen Kronen zu sanieren.
Das Gebäude steht seit dem Hochwasser vor elf Jahren leer, weil der Keller damals bis zur Decke voll Wasser lief.
Bürgermeisterin Anneke Holt sagte, die Arbeiten sollten im Frühjahr beginnen und höchstens achtzehn Monate dauern.
Im Erdgeschoss soll ein Lesecafé entstehen, darüber sind vier Wohnungen für junge Familien aus dem Ort geplant.
„Wir haben lange genug auf eine Ruine geschaut“, meinte der Müller Jost Perk, dessen Großvater dort noch Korn gemahlen hatte.
Gegner des Vorhabens halten die Kosten für zu hoch und verlangen, dass zuerst die Brücke am Oberlauf erneuert wird.
Holt entgegnete, die Brücke sei erst im vergangenen Herbst geprüft worden und trage noch mindestens zwanzig Jahre.
Über den Kredit stimmt der Rat im November ab, wenn die Prüfer der Provinz die Pläne gesehen haben.
""",
    """\
Teilen
Drucken
Das könnte Sie auch interessieren
Fährstreik geht in die zweite Woche
Zehn Lokale am Hafen
Kommentare
Impressum
Datenschutz
Kontakt
Newsletter
Über uns
AGB
Nach oben
Facebook
Instagram
YouTube
RSS
Mediadaten
Werbung
Karriere
Redaktion
Hilfe
Barrierefreiheit
Cookie-Einstellungen
Sitemap
""",
)

JAPANESE = (
    """\
ホーム
ニュース
スポーツ
天気
ログイン
検索
メニュー
会員登録
""",
    """\
海辺の町ベッセルでは火曜日の議会で、古い魚市場を建て直す案が賛成多数で可決された。
市場は九年前に屋根の鉄骨がさびて崩れる恐れがあるとして閉鎖され、その後は空き家になっていた。
町長の大森さんは、工事は来年の春に始まり、完成までに一年半ほどかかる見通しだと述べた。
店を失った魚屋たちは、渡し船の乗り場のそばに張ったテントで商売を続けてきたが、冬の強風で二つが飛ばされた。
「雨の中でさばを売るのはもう十分だ」と、母親から店を継いだ男性は笑いながら話した。
町は屋根の費用として四億円を借り入れ、残りは使われていない税関の倉庫を売ってまかなう。
反対する議員は、その金を一月に二度も壊れた防波堤の修理に回すべきだと主張した。
借り入れの最終的な採決は、県の監査が終わる十一月に行われる予定である。
""",
    """\
シェアする
関連記事
人気ランキング
プライバシーポリシー
お問い合わせ
利用規約
会社概要
""",
)


@pytest.mark.parametrize("dump", [GERMAN, JAPANESE], ids=["de", "ja"])
def test_the_article_of_a_dump_stays(dump: tuple[str, str, str]) -> None:
    left = clean("".join(dump)).text.splitlines()
    assert [line for line in dump[1].splitlines() if line not in left] == []


def test_menu_and_footer_of_a_dump_go() -> None:
    left = clean("".join(GERMAN)).text.splitlines()
    around = [*GERMAN[0].splitlines(), *GERMAN[2].splitlines()]
    assert sum(line in left for line in around) <= len(around) / 4


def test_a_menu_around_little_prose_goes_too() -> None:
    menu, article, footer = GERMAN
    news = "".join(article.splitlines(keepends=True)[:2])
    assert clean(menu + news + footer).text == news


def test_short_lines_around_little_prose_stay_where_there_is_no_menu() -> None:
    poem = "\n".join(f"Lantern {n}, river and stone" for n in range(60))
    source = (
        "His sister found this poem in a tin on the day of the fair and kept it for eleven years "
        "until the parish paper printed it, with a note of hers about the man she had known.\n"
    )
    assert clean(source + poem).text == source + poem


def test_in_a_dump_more_of_the_prose_may_be_in_doubt() -> None:
    prose = [f"{n}. {'The committee looked at it for a week and a day. ' * 3}" for n in range(10)]
    labels = [f"Label {n}" for n in range(60)]
    for lines, status in ((prose, "held"), ([*prose, *labels], "applied")):
        document = read_text("\n".join(lines))
        doubtful = [likely(document, number) for number in range(6)]
        settled = settle(doubtful, document, "standard", frozenset())
        assert {decision.status for decision in settled} == {status}


@pytest.mark.parametrize(
    ("language", "words", "sure"),
    [("en", 80, True), ("de", 80, True), ("ko", 11, True), ("ko", 13, False), ("ja", 13, True)],
)
def test_long_lines_of_a_dump_are_unsure_where_weights_know_the_language_least(
    language: str, words: int, sure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    prose = [f"{n}. {'The committee looked at it for a week and a day. ' * 6}" for n in range(10)]
    lines = [" ".join(["wort"] * words), *prose, *(f"Label {n}" for n in range(60))]
    document = read_text("\n".join(lines), language)
    found = [weigh.Weighed(0, "likely", "heavy")]
    monkeypatch.setattr(weigh, "weigh", lambda *_: found)
    [decision] = find_stray_lines(Context(document, ()), frozenset())
    assert (decision.confidence != "unsure") == sure


@pytest.mark.parametrize("agreed", [True, False])
def test_in_a_short_article_lines_go_that_verdicts_agree_on(
    agreed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    prose = [f"{n}. {'The committee looked at it for a week and a day. ' * 3}" for n in range(4)]
    document = read_text("\n".join([*prose, "Harbour Trust"]), "en")
    found = [weigh.Weighed(4, "likely", "heavy", agreed)]
    monkeypatch.setattr(weigh, "weigh", lambda *_: found)
    [decision] = find_stray_lines(Context(document, ()), frozenset({0}))
    assert (decision.confidence == "likely") == agreed


@pytest.mark.parametrize(
    ("before", "line", "behind", "part"),
    [
        ("The reeve wrote to the", "Harbour Trust", "and the guild about it.", True),
        ("The reeve wrote to", "Harbour Trust", "in May.", False),
        ("The reeve wrote to the guild", "about the harbour", "Ferry Times", True),
        ("The reeve wrote to the guild.", "about the harbour", "Ferry Times", False),
        ("Follow the Harbour Trust", "Harbour Trust", "More about the harbour", False),
    ],
)
def test_the_middle_of_a_sentence_broken_at_links_is_held(
    before: str, line: str, behind: str, part: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    prose = [f"{n}. {'The committee looked at it for a week and a day. ' * 6}" for n in range(10)]
    document = read_text("\n".join([before, line, behind, *prose, *(["Label"] * 60)]))
    found = [weigh.Weighed(1, "likely", "heavy")]
    monkeypatch.setattr(weigh, "weigh", lambda *_: found)
    [decision] = find_stray_lines(Context(document, ()), frozenset())
    assert ("a part of the sentence beside it" in decision.reason) == part


def likely(document: Document, number: int) -> Decision:
    start, end, _ = document.segments[number]
    line = document.text[start:end]
    return Decision(start, end, line, "", "remove", "r", "c", "likely", "applied", "why.")
