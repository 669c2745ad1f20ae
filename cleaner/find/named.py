"""Findings that no wording shows, only context; they are named and explained as rules are."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.types import Confidence


class Named(NamedTuple):
    """What a finder takes: an id as of a rule, and what it means."""

    id: str
    category: str
    confidence: Confidence
    summary: str
    language: str = "any"


AT_HEAD = Named(
    "any-headline-at-head",
    "headline",
    "likely",
    "The first line is a headline of which no word is in the article.",
)
OVER_TITLE = Named(
    "any-label-over-title",
    "headline",
    "likely",
    "Up to three words over the title that are not the article's: a section, a date, a name.",
)
IN_RUN = Named(
    "any-headlines-in-run",
    "headline",
    "likely",
    "Headlines in a row that have hardly a word of the article.",
)
BESIDE_PLAYER = Named(
    "any-headline-beside-player",
    "headline",
    "likely",
    "The title of a player that could not be shown.",
)
DUPLICATE = Named(
    "any-duplicate-paragraph",
    "duplicate",
    "unsure",
    "A long paragraph that stands in the document before.",
)
SECOND_PASSAGE = Named(
    "any-duplicate-passage",
    "duplicate",
    "certain",
    "Several lines that stand in the document before in the same order.",
)
COPY_OF_ALL = Named(
    "any-duplicate-article",
    "duplicate",
    "certain",
    "One long paragraph that says what the paragraphs above say, as pages hold it to be read out.",
)
SECOND_TITLE = Named(
    "any-duplicate-title",
    "duplicate",
    "likely",
    "The title, which stands once more between this line and the text.",
)
SAID_TWICE = Named(
    "any-said-twice",
    "duplicate",
    "likely",
    "A line that says all its words twice, as a picture's text and its caption do.",
)
COMMENT_THREAD = Named(
    "any-comment-thread",
    "comments",
    "likely",
    "What readers wrote, between the lines around their comments.",
)
SHORTCODE = Named(
    "any-shortcode",
    "cms",
    "certain",
    "What a content management system should have replaced by a picture, player or list.",
)
STRAY_LINE = Named(
    "any-stray-line",
    "stray",
    "likely",
    "Shape, words, place and neighbours of the line show that it is not the article's.",
)

FINDINGS = (
    AT_HEAD,
    OVER_TITLE,
    IN_RUN,
    BESIDE_PLAYER,
    DUPLICATE,
    SECOND_PASSAGE,
    COPY_OF_ALL,
    SECOND_TITLE,
    SAID_TWICE,
    COMMENT_THREAD,
    SHORTCODE,
    STRAY_LINE,
)
