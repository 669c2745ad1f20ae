"""What finders take and leave, on invented articles."""

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.clean import matches_in
from cleaner.find.context import Context
from cleaner.find.guards import guarded
from cleaner.options import Options
from cleaner.read.text import read_text

PROSE = [
    "The council voted on Monday to reopen the mill that the flood had closed in the spring.",
    "“We waited a year for this,” said the miller, Ada Brook, who has run it since her youth.",
    "Engineers replaced the wheel and half of the weir, and the river is low enough to test both.",
    "Visitors may come from June, when the first flour will be ground for the village bakery.",
    "The work cost less than planned, because neighbours lent their boats and their weekends.",
    "Nobody expects the water to stay calm forever, and a second wall will be built by autumn.",
]


def article(*lines: str, at: int) -> str:
    """Return prose with ``lines`` put in before the paragraph ``at``."""
    return "\n\n".join([*PROSE[:at], *lines, *PROSE[at:]]) + "\n"


CLEAN = article(at=0)


@pytest.mark.parametrize("at", [1, 2, len(PROSE)])
@pytest.mark.parametrize(
    "lines",
    [
        ["Back to top"],
        ["Related Articles", "Harbour crane sold to a museum", "Bees return to the old quarry"],
        ["Related Articles", "Bees return to the old quarry", "A swarm was seen near the..."],
        ["To view this video please enable JavaScript"],
        ["Harbour crane sold to a museum abroad", "To view this video please enable JavaScript"],
        ["Read also:", "- Harbour crane sold to a museum.", "- Bees return: a swarm in the quarry"],
        ["Read more:", "Bees return to the old quarry"],
        ["Recommended news", "Is the old quarry full of bees?", "A swarm was seen near the..."],
        ["Latest posts", "Dec 13, 2021", "Dec 13, 2021", "By John Doe on Dec 19, 2020"],
    ],
    ids=lambda lines: lines[0] + str(len(lines)),
)
def test_residue_goes_from_every_place(lines: list[str], at: int) -> None:
    assert clean(article(*lines, at=at)).text == CLEAN


@pytest.mark.parametrize(
    "lines",
    [
        ["What the millers say"],
        ["Quick Takes", "The mill reopens in June", "The wheel is new"],
        ["Pros", "Cheap flour", "Cons", "Wet feet"],
    ],
    ids=lambda lines: lines[0],
)
def test_content_in_the_middle_stays(lines: list[str]) -> None:
    source = article(*lines, at=3)
    assert clean(source).text == source


def test_a_foreign_headline_at_the_head_goes_and_a_title_stays() -> None:
    stray = "Orchestra cancels tour after violinist breaks finger"
    title = "Flooded mill to grind flour again in June"
    body = "\n\n".join([*PROSE, *(p.replace("mill", "bakery") for p in PROSE)])
    assert clean(f"{stray}\n\n{body}").text == body
    assert clean(f"{title}\n\n{body}").text == f"{title}\n\n{body}"


def test_the_title_over_the_first_prose_is_guarded() -> None:
    title, stray = "VIDEO: Council votes to reopen its mill", "VIDEO: Orchestra votes to stop tours"
    context = Context(read_text("\n".join([title, stray, *PROSE])), ())
    guards = [guarded(context, number, frozenset()) for number in range(3)]
    assert guards == ["the title of the article", "", ""]


def test_a_line_that_says_all_twice_goes_unless_it_is_the_title() -> None:
    caption, title = "Miller Ada Brook", "Council votes to reopen flooded mill"
    twice, titled = f"{caption} {caption}", f"{title} {title}"
    assert clean(article(twice, at=3)).text == article(at=0)
    assert clean(article(titled, at=0)).text == article(titled, at=0)
    assert clean(article("Walla Walla Walla Walla", at=3)).text.count("Walla") == 4


def test_the_title_over_a_row_of_buttons_is_guarded() -> None:
    buttons = ["Print", "Copy link", "Share this article", "Save this story"]
    title = "VIDEO: Council votes to reopen its mill"
    document = read_text("\n".join([title, *buttons, *PROSE]))
    known = Context(document, tuple(matches_in(document, Options())))
    assert guarded(known, 0, frozenset()) == "the title of the article"
    assert guarded(Context(document, ()), 0, frozenset()) == ""


def test_the_title_stands_once() -> None:
    title = "Council votes to reopen flooded mill"
    for above in ([title], [f"# {title}"], [title.upper(), "12 May 2026"], [title, "Print", title]):
        assert clean(article(*above, title, at=0)).text == article(title, at=0)
    menu = ["Orchestra ends its tour", "Bees return to the quarry", "Orchestra ends its tour"]
    result = clean(article(*menu, at=0))
    assert not [d for d in result.decisions if d.rule == "any-duplicate-title"]


def test_what_goes_behind_a_text_stays_over_its_first_prose() -> None:
    link = "WATCH: Ferry hits the quay in a storm"
    assert clean(f"{link}\n\n{PROSE[0]}").text == f"{link}\n\n{PROSE[0]}"
    assert clean(article(link, at=len(PROSE))).text == article(at=0)


def test_a_subheading_behind_a_list_of_headlines_stays() -> None:
    source = article("Related Articles", "Bees return to the quarry", "Engineers at work", at=2)
    assert clean(source).text == article("Engineers at work", at=2)


def test_a_headline_whose_words_are_joined_with_others_below_stays() -> None:
    title = "فيضان يغلق طاحونة القرية شهورا"
    body = [
        "قال المجلس يوم الاثنين إن الطاحونة ستعود إلى العمل بعد أن أغلقها الفيضان في الربيع.",
        "وأضافت المهندسة أن العجلة الكبيرة استبدلت وأن نصف السد أعيد بناؤه قبل نهاية الصيف الحار.",
        "وسيزور السكان المكان ابتداء من حزيران حين يطحن أول قمح لمخبز صغير قرب الجسر القديم.",
        "وكانت تكاليف العمل أقل مما توقعوا لأن الجيران قدموا قواربهم وعطلاتهم وأدواتهم دون مقابل.",
        "وسوف يحتفل الجميع مساء الجمعة بالموسيقى والخبز الساخن.",
    ]
    source = "\n\n".join([title, *body])
    assert clean(source).text == source


def test_labels_over_the_title_go() -> None:
    title = "Flooded mill and its weir reopened by council"
    body = "\n\n".join([title, *PROSE])
    for labels in ("Sport", "Region\n\n12 March 2024", "Lena Farr"):
        assert clean(f"{labels}\n\n{body}").text == body
    for labels in ("The mill", "Ada Brook, miller", "Nothing of this is residue, dear reader"):
        assert clean(f"{labels}\n\n{body}").text == f"{labels}\n\n{body}"


def test_the_title_behind_a_list_of_other_stories_stays() -> None:
    body = "\n\n".join(
        ["Council reopens mill that flood closed in spring", "From our staff", *PROSE]
    )
    listed = "Most read\n\nBees return to the old quarry\n\nCrane sold to a museum abroad"
    assert clean(f"{listed}\n\n{body}").text == body


def test_a_subheading_that_hangs_on_its_prose_stays() -> None:
    section = f"The beginning\n{PROSE[3]}"
    source = article("Recommended posts", section, at=2)
    assert clean(source).text == article(section, at=2)


def test_a_list_of_headlines_between_lone_bullets_goes() -> None:
    heads = ["Orchestra ends its long tour", "Bees return to old quarry", "Crane sold to a museum"]
    body = [*PROSE, *(line.replace("mill", "bakery") for line in PROSE)]
    source = "\n".join([*body, *(line for head in heads for line in ("-", head))])
    assert clean(source).text == "\n".join(body)


def test_prose_broken_into_short_lines_is_no_list_of_headlines() -> None:
    broken = [
        "The keeper of the lighthouse at Vessel Point has asked for volunteers",
        "who can paint the railings before the storms of the winter arrive",
        "and who would not mind sleeping under a roof that leaks a little",
        "because nobody has climbed up to mend it since his own father did",
    ]
    source = "\n\n".join([*PROSE[:3], "\n".join(broken), *PROSE[3:]]) + "\n"
    assert clean(source).text == source


@pytest.mark.parametrize("code", ["[slider id=3 of='mill']", '[GRID rows="2" /]', "[/slider]"])
def test_shortcodes_go(code: str) -> None:
    assert clean(article(code, at=3)).text == CLEAN
    shown = article("The shortcode is written in brackets:", code, at=3)
    assert clean(shown).text == shown
    assert clean(article("[Music]", at=3)).text == article("[Music]", at=3)


def test_names_that_a_program_prints_stay() -> None:
    source = article("def show(mill):", "return mill;", "By Ada Brook", at=0)
    assert clean(source).text == source


def test_a_long_list_in_the_middle_is_not_trusted() -> None:
    items = [f"Item number {n} of the list" for n in range(20)]
    text = clean(article("Related Articles", *items, at=2)).text
    assert all(item in text for item in items)


def test_held_decisions_say_why() -> None:
    result = clean(article("Related Articles", "Bees return home", at=6), keep=["related"])
    assert result.text == article("Related Articles", "Bees return home", at=6)
    assert {d.status for d in result.decisions} == {"held"}
    related = [d for d in result.decisions if d.category == "related"]
    assert related
    assert all("kept on request" in d.reason for d in related)


def test_levels() -> None:
    source = article("Related Articles", "Bees return home", at=6)
    cautious = clean(source, level="cautious")
    assert cautious.text == article("Bees return home", at=6)
    held = [d.reason for d in cautious.held if d.category == "related"]
    assert held
    assert all("not at level cautious" in reason for reason in held)


def test_select_and_ignore_switch_rules_off() -> None:
    source = article("Back to top", at=6)
    assert clean(source, ignore=["navigation", "stray"]).text == source
    assert clean(source, ignore=["navigation", "stray"]).decisions == ()
    assert clean(source, select=["related"]).text == source
    assert clean(source, select=["en-back-to-top"]).text == CLEAN


THREAD = [
    "3 Comments",
    "Tomas Pell says:",
    "My grandfather sold his rye there, and he would have danced to see the wheel turn again.",
    "Reply",
    "Jane Holt says:",
    "I doubt that the weir will hold. It never did, and nobody asked the people downstream.",
    "Reply",
    "Leave a Reply",
]
"""What readers wrote under an article, and the lines around it."""


@pytest.mark.parametrize("last", [len(THREAD), -2], ids=["form", "comment"])
def test_a_thread_of_comments_behind_the_article_goes(last: int) -> None:
    assert clean(article(*THREAD[:last], at=len(PROSE))).text == CLEAN


def test_a_comment_between_its_count_and_the_form_goes() -> None:
    thread = ["1 Comment", "Veronica", THREAD[2], "Leave a Reply"]
    assert clean(article(*thread, at=len(PROSE))).text == CLEAN
    article_between = "\n\n".join([*PROSE[:4], thread[0], *PROSE * 3, thread[-1]])
    assert clean(article_between).text == "\n\n".join([*PROSE[:4], *PROSE * 3])


def test_a_thread_before_the_article_is_not_trusted() -> None:
    left = clean(article(*THREAD, at=1)).text
    assert THREAD[2] in left
    assert THREAD[5] in left


def test_an_article_under_a_count_of_comments_is_no_part_of_their_thread() -> None:
    story = [f"{line} So it was in week {week}." for week in range(4) for line in PROSE]
    text = "\n\n".join([*story[:5], "2 Comments", *story[5:], *THREAD[1:]]) + "\n"
    result = clean(text)
    assert result.text == "\n\n".join(story) + "\n"
    [counter] = [d for d in result.removed if d.original.strip() == "2 Comments"]
    assert counter.category == "comments"


def test_the_turns_of_a_transcript_stay() -> None:
    turns = [
        THREAD[1],
        THREAD[2],
        THREAD[4],
        THREAD[5],
        "Ada Brook says:",
        "It will hold, I swear.",
    ]
    left = clean(article(*turns, at=len(PROSE))).text
    assert THREAD[2] in left
    assert THREAD[5] in left


def test_prose_beside_prose_that_stays_is_held() -> None:
    result = clean(article("Related Articles", "Bees return home", at=6), level="thorough")
    reasons = [d.reason for d in result.held if d.original.strip() in PROSE]
    assert reasons
    assert all("a sentence of the prose beside it" in reason for reason in reasons)
    assert result.text == CLEAN


def test_the_article_once_more_in_one_paragraph_goes() -> None:
    paragraphs = [f"{line} That was in week {week}." for week in range(4) for line in PROSE]
    whole = " ".join(paragraphs)
    text = "\n\n".join([*paragraphs, whole]) + "\n"
    result = clean(text)
    assert result.text == "\n\n".join(paragraphs) + "\n"
    assert [d.rule for d in result.decisions if d.action == "remove"] == ["any-duplicate-article"]
    other = " ".join(line.replace("the", "another").replace("a", "o") for line in paragraphs)
    kept = "\n\n".join([*paragraphs, other]) + "\n"
    assert clean(kept).text == kept


def test_terms_said_again_for_another_offer_stay() -> None:
    terms = " ".join(f"{line} So it was in week {week}." for week in range(4) for line in PROSE)
    other = terms.replace("mill", "bakery").replace("June", "July") + " It ends in May."
    kept = "\n\n".join([*PROSE, terms, *PROSE[:2], other]) + "\n"
    assert other in clean(kept).text


def test_a_passage_said_twice_goes_the_second_time() -> None:
    paragraphs = [f"{line} So it was in the week that the council met again." for line in PROSE]
    passage = [*paragraphs[:2], "The weir", *paragraphs[2:]]
    text = "\n\n".join([*passage, "A line between.", *passage[1:]]) + "\n"
    result = clean(text)
    assert result.text == "\n\n".join([*passage, "A line between."]) + "\n"
    assert {d.rule for d in result.decisions if d.status == "applied"} == {"any-duplicate-passage"}
    once = "\n\n".join([*passage, "A line between.", passage[3]]) + "\n"
    assert clean(once).text == once
