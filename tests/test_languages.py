"""Pages of text in languages other than English: what stands around the article goes."""
# ruff: noqa: E501 - lines of articles are long

from __future__ import annotations

import pytest

from cleaner import clean

# What stands before an article, within it (to be put in before its last paragraph), and behind it;
# the article itself stands between.
PAGES = {
    "nl": (
        "Direct naar de inhoud\nMenu\nInloggen",
        """\
Brug over de Lede blijft nog een jaar dicht
De ophaalbrug over de Lede blijft nog zeker een jaar dicht, zegt wethouder Pieter Smeding. Bij een inspectie bleek dat het oude staal verder is verroest dan gedacht.
“We hadden dit liever eerder geweten,” zegt hij. De gemeente heeft twee miljoen gereserveerd, maar het herstel kost volgens een eerste schatting bijna het dubbele.
Bewoners van het dorp moeten intussen elf kilometer omrijden. De bakker aan de kade zag zijn klanten halveren. Hij deelde dinsdag gratis broden uit aan de bouwvakkers.
In april beslist de raad over een tijdelijke pontonbrug. Die zou alleen open zijn voor fietsers en voetgangers.""",
        "Lees ook: Waarom de sluis van Harmel nooit open ging",
        "Deel dit artikel\nReageer op dit artikel\nMeest gelezen\nStorm velt honderden bomen in het bos van Oel\nMeld je aan voor onze nieuwsbrief\nPrivacyverklaring\nTerug naar boven",
    ),
    "sv": (
        "Hoppa till innehållet\nLogga in",
        """\
Bron över Lane stängs i ett år
Den gamla bron över ån Lane stängs i minst ett år, säger kommunalrådet Per Hagste. Vid en besiktning i vintras visade det sig att stålet rostat mer än väntat.
– Vi hade gärna vetat det tidigare, säger han. Kommunen har avsatt två miljoner, men reparationen kostar nästan det dubbla.
De som bor i byn måste nu köra en omväg på elva kilometer. Bagaren vid kajen delade på tisdagen ut gratis bröd till byggarbetarna.
I april beslutar fullmäktige om en tillfällig pontonbro för cyklister och gående.""",
        "Läs också: Därför öppnade slussen aldrig",
        "Dela artikeln\nMest läst\nStormen fällde hundratals träd\nPrenumerera på vårt nyhetsbrev\nSkriv en kommentar\nTill toppen",
    ),
    "ru": (
        "Перейти к содержанию\nВойти",
        """\
Старый мост через Ледь закрыли на год
Старый мост через реку Ледь закрыт по меньшей мере на год, сообщил во вторник глава посёлка Пётр Смедин. Осмотр показал, что сталь проржавела сильнее, чем думали.
«Нам стоило узнать об этом раньше», — сказал он. На ремонт отложили два миллиона, но по первой оценке он обойдётся почти вдвое дороже.
Жителям теперь приходится ехать в объезд одиннадцать километров. Пекарь с набережной раздал рабочим хлеб бесплатно.
В апреле совет решит, нужен ли временный понтонный мост для пешеходов и велосипедистов.""",
        "Читайте также: Почему шлюз так и не открыли",
        "Поделиться\nСамое читаемое\nБуря повалила сотни деревьев в лесу\nПодпишитесь на нашу рассылку\nОставить комментарий\nНаверх",
    ),
    "tr": (
        "İçeriğe geç\nGiriş yap",
        """\
Lede üzerindeki eski köprü bir yıl kapalı kalacak
Lede nehri üzerindeki eski köprünün en az bir yıl kapalı kalacağını belde başkanı Piri Sümer salı günü duyurdu. İncelemede çeliğin sanılandan çok paslandığı ortaya çıktı.
“Bunu daha önce bilmek isterdik” diyen başkan, onarım için iki milyon ayrıldığını ama ilk hesaba göre bunun iki katının gerekeceğini söyledi.
Köyde oturanlar artık on bir kilometre dolaşmak zorunda. Rıhtımdaki fırıncı salı günü işçilere ücretsiz ekmek dağıttı.
Meclis nisanda yayalar ve bisikletliler için geçici bir köprüye karar verecek.""",
        "İLGİLİ HABER: Kapak neden hiç açılmadı",
        "Paylaş\nEn çok okunanlar\nFırtına yüzlerce ağacı devirdi\nBültenimize abone olun\nYorum yap\nBaşa dön",
    ),
    "ja": (
        "本文へスキップ\nログイン\n会員登録",
        """\
港の古い灯台、来春から一般公開へ
港町の丘に立つ古い灯台が、来年の春から一般に公開されることになった。市が十二日に発表した。
灯台は百二十年前に建てられ、三十年前に役目を終えた。以来、扉は閉ざされたままだった。
市の担当者は「螺旋階段の修理に一億円かかるが、町の顔を残したい」と話した。入場は一日五十人までとする。
灯台を守ってきた家の孫は、扉が開く日に祖父の望遠鏡を持って来るつもりだと話している。""",
        "続きを読む",
        "関連記事\n渡し船、燃料高で減便\n人気記事ランキング\nおすすめ記事\n無断転載を禁じます\nページトップへ",
    ),
}


@pytest.mark.parametrize("language", PAGES)
def test_what_stands_around_an_article_goes(language: str) -> None:
    before, article, within, behind = PAGES[language]
    *paragraphs, last = article.split("\n")
    result = clean("\n".join([before, *paragraphs, within, last, behind]))
    assert result.language == language
    assert result.text == article


@pytest.mark.parametrize("language", PAGES)
def test_an_article_alone_stays(language: str) -> None:
    article = PAGES[language][1]
    assert clean(article).text == article
