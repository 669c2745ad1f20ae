"""Lines weighed by evidence: residue goes, and what only looks like it stays."""
# ruff: noqa: E501 - lines of articles are long

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from cleaner import clean
from cleaner.clean import matches_in
from cleaner.find.evidence import NAMES
from cleaner.find.weigh import CONFIDENCES, kind_of, load, weigh
from cleaner.options import Options
from cleaner.read.text import read_text
from cleaner.types import Document

ARTICLE = """\
The harbour town of Vessel Point voted on Tuesday to rebuild its old fish market, ending a quarrel that has split the council for nearly nine years.
Mayor Orla Dunmore said the work would begin in the spring and that no stallholder would be asked to leave while it went on.
The market was closed in 2016 after engineers found that the iron roof, raised in 1884, had rusted through at three of its twelve columns.
Since then the traders have worked from tents beside the ferry slip, where the wind off the water has carried away two of them.
"We have sold mackerel in the rain for long enough," said Peder Lindqvist, who took over his mother's stall in 1998 and hopes to hand it on.
The council will borrow four million crowns for the roof and raise the rest from the sale of a disused customs shed.
Opponents argued that the money would be better spent on the sea wall, which was breached in January for the second time in a decade.
Dunmore answered that the two projects would share a contractor, and that the wall would be finished before the market opened.
A final vote on the loan is due in November, after the provincial auditor has looked at the plans.
"""

MENU = """\
Home
News
Sport
Weather
Subscribe
Log in
Search
My account
Newsletters
Contact us
"""

FOOTER = """\
Share
Tweet
Email
Print
Most read
Ferry strike enters second week
Ten places to eat by the harbour
Council leader denies shed claims
Sign up for our newsletter
Terms of use
Privacy policy
Cookie settings
Advertise with us
About us
Copyright 2024 The Vessel Point Courier. All rights reserved.
"""

LOOKALIKES = {
    "recipe": """\
My grandmother made this stew every Sunday in winter, and the kitchen windows would be white with steam before noon.
It keeps for three days, tastes better on the second, and asks for nothing that a village shop does not have.
Ingredients
- 2 onions, finely chopped
- 3 tbsp olive oil
- 400 g white beans, soaked overnight
- 1 bay leaf
- Salt and pepper
Prep time: 20 minutes
Cook time: 50 minutes
Serves 4
Method
1. Warm the oil in a heavy pot and cook the onions until they are soft and golden.
2. Add the beans, the bay leaf and enough water to cover everything by two fingers.
3. Simmer gently for fifty minutes, then season and leave the pot to stand before serving.
Serve it with dark bread and a spoonful of sour cream, and keep what is left for the next day's lunch.
""",
    "results": """\
Northmoor went top of the league on Saturday after beating Castle Row in front of a record crowd at the old brickworks ground.
Keller scored twice before half-time, and a late header from Osei settled a match that had looked lost for the visitors.
Saturday's results
Northmoor 3-1 Castle Row
Eastwick 0-0 Fenby
Harle 2-4 Stonebridge
Dunmoor 1-0 Wray
Scorers: Keller 12, 38; Osei 84; Marsh 51
The leaders travel to Fenby next week, where they have not won since the stand was rebuilt eleven years ago.
""",
    "live blog": """\
The storm is moving north along the coast, and the county has asked everyone in the low streets to leave before nightfall.
18:42
The bridge at Lower Fenby has been closed to all traffic, the county's road office says.
18:20
Two ferries have turned back to Vessel Point after waves of six metres were measured at the outer buoy.
17:55
Schools will stay closed on Wednesday, and the sports hall in Harle is open to anyone who needs a bed for the night.
17:31
The first roofs have been damaged in the harbour quarter, where firefighters are securing loose tiles on Anchor Street.
""",
    "interview": """\
Ida Marlow spent eleven winters on the ice counting seals, and her first book about those years appears in March.
What did you take with you?
Too much, the first time. By the third winter I had learned that you need wool, matches and someone who can laugh.
Were you ever afraid?
Only of the thaw. The ice talks before it breaks, and you learn to listen to it even when you are asleep.
Will you go back?
I have promised my daughter that I will not. But I promised her that the last time as well, and she helped me pack.
""",
    "poem": """\
The poem that the ferryman left behind was found in a tobacco tin and printed in the parish paper a month after his death.
The river keeps no ledger
Of those it carries through
It does not ask their reason
It did not ask for you
And when the lamps are lowered
And when the ropes are cast
It holds you like a secret
And lets you go at last
Nobody in the village had known that he wrote, and his sister says that she never saw him with a pen in his hand.
""",
    "code": """\
To read the buoy's messages you need nothing but a serial cable and a few lines of Python that wait for the next packet.
import serial
port = serial.Serial("/dev/ttyUSB0", 9600)
while True:
    line = port.readline()
    if line.startswith(b"$WAVE"):
        height = float(line.split(b",")[2])
        print(height)
Each packet carries the height of the last wave in metres, followed by the battery voltage and a checksum that you may ignore.
Run the program overnight and you will have a record of some ten thousand waves, enough for a first histogram.
""",
    "key points": """\
Key points
- The market closed in 2016 because its roof had rusted
- Traders have worked from tents since then
- The council will borrow four million crowns
The harbour town of Vessel Point voted on Tuesday to rebuild its old fish market, ending a quarrel of nearly nine years.
Mayor Orla Dunmore said the work would begin in the spring, and that no stallholder would be asked to leave while it went on.
The council will borrow the money for the roof and raise the rest from the sale of a disused customs shed.
""",
    "newsletters": """\
Newsletters have become the trade's last reliable income, and the people who write them are learning to be shopkeepers as well.
When Ana Brandt left her paper she had 300 subscribers; two years later 14,000 people open her Friday letter on the fishing towns of the coast.
Half of them pay nothing, she says, and she would not want it otherwise, because a reader who shares a letter is worth more than one who buys it.
Why readers subscribe
Most of those who subscribe do so after a friend has forwarded them an issue, according to a survey of eleven small publishers.
Advertising brings in less than a tenth of the income, and cookies play no part at all, since the letters carry none.
""",
}  # fmt: skip


def hits(document: Document) -> dict[int, tuple[str, ...]]:
    """Return the categories of the rules that hit each line."""
    found: dict[int, set[str]] = {}
    for match in matches_in(document, Options()):
        found.setdefault(match.segment, set()).add(match.rule.category)
    return {line: tuple(sorted(categories)) for line, categories in found.items()}


def taken(text: str, *confidences: str) -> list[str]:
    """Return the lines that weigh out as residue, of these confidences."""
    document = read_text(text, "en")
    wanted = confidences or CONFIDENCES
    found = [w for w in weigh(document, hits(document)) if w.confidence in wanted]
    return [document.line(document.segments[w.segment]) for w in found]


def test_menus_and_footers_around_an_article_go() -> None:
    lines = taken(MENU + ARTICLE + FOOTER, "certain", "likely")
    residue = (MENU + FOOTER).splitlines()
    assert len(set(lines) & set(residue)) >= 0.8 * len(residue)


def test_the_article_in_a_dump_stays() -> None:
    assert not set(taken(MENU + ARTICLE + FOOTER, "certain", "likely")) & set(ARTICLE.splitlines())
    left = clean(MENU + ARTICLE + FOOTER, level="thorough").text
    assert set(ARTICLE.splitlines()) <= set(left.splitlines())


def test_an_article_alone_is_left_whole() -> None:
    assert taken(ARTICLE) == []


@pytest.mark.parametrize("kind", LOOKALIKES)
def test_content_that_looks_like_residue_stays(kind: str) -> None:
    assert taken(LOOKALIKES[kind], "certain", "likely") == []


TAKEN_IN_DUMPS = {
    "results": "scores between short lines of a dump weigh like a ticker",
    "newsletters": "words of newsletters weigh like a pitch; guards hold all but a subheading",
    "live blog": "bare times weigh like a ticker; guards hold all but one",
}


def kinds(failing: Mapping[str, str]) -> list[Any]:
    """Return the kinds of look-alikes, those that fail with their reason."""
    return [
        pytest.param(kind, marks=pytest.mark.xfail(strict=True, reason=failing[kind]))
        if kind in failing
        else kind
        for kind in LOOKALIKES
    ]


@pytest.mark.parametrize("kind", kinds(TAKEN_IN_DUMPS))
def test_content_that_looks_like_residue_stays_in_a_dump(kind: str) -> None:
    text = LOOKALIKES[kind]
    lost = set(taken(MENU + text + FOOTER, "certain", "likely")) & set(text.splitlines())
    assert len(lost) <= 0.2 * len(text.splitlines())


@pytest.mark.parametrize("kind", kinds(TAKEN_IN_DUMPS))
def test_cleaning_a_dump_whole_keeps_content_that_looks_like_residue(kind: str) -> None:
    left = clean(MENU + LOOKALIKES[kind] + FOOTER).text.splitlines()
    assert set(LOOKALIKES[kind].splitlines()) <= {*left, ""}


def test_the_reason_names_both_verdicts_and_evidence() -> None:
    weighed = weigh(read_text(MENU + ARTICLE + FOOTER, "en"), {})
    assert all(w.reason.startswith("alone ") and " in its place " in w.reason for w in weighed)
    assert all(any(name in w.reason for name in NAMES) for w in weighed)


def with_last_line() -> tuple[Document, int, str]:
    """Return an article with a stray line, the number of that line, and the heaviest category."""
    document = read_text(ARTICLE + "More from the islands desk and its friends\n", "en")
    hits_of = load().lexicons["en"].hits
    return document, len(document.segments) - 1, max(hits_of, key=lambda name: hits_of[name])


def test_an_article_of_which_nothing_is_taken_is_left_alone() -> None:
    document, last, category = with_last_line()
    assert weigh(document, {last: (category,)}, {0}) != []
    assert weigh(document, {last: (category,)}) == []


def test_a_rule_that_hits_moves_the_line_towards_residue() -> None:
    document, last, category = with_last_line()
    ranks = [
        min(
            (
                CONFIDENCES.index(w.confidence)
                for w in weigh(document, given, {0})
                if w.segment == last
            ),
            default=len(CONFIDENCES),
        )
        for given in ({}, {last: (category,)})
    ]
    assert ranks[1] <= ranks[0]
    assert ranks[1] < len(CONFIDENCES)


@pytest.mark.parametrize("text", ["", "\n \n", "One line", "x" * 9000, "- \n" * 500, "。" * 50])
def test_odd_texts_can_be_weighed(text: str) -> None:
    document = read_text(text, "")
    assert all(0 <= w.segment < len(document.segments) for w in weigh(document, {}))


def test_limits_fall_from_certain_to_unsure() -> None:
    for limits in load().limits.values():
        assert limits["certain"] > limits["likely"] > limits["unsure"]


def test_kinds_are_told_by_short_lines_and_suspects() -> None:
    assert kind_of(np.array([1] * 60 + [40] * 20), range(60)) == "dump"
    assert kind_of(np.array([40] * 20), []) == "plain"
    assert kind_of(np.array([40] * 90), [3]) == "article"
    assert kind_of(np.array([40] * 20), [3]) == "stained"
    assert kind_of(np.array([40] * 20), range(10)) == "doubtful"
