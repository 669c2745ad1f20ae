"""Scoring against gold files: which words of residue went, and which of the article."""

from cleaner.gold.corpus import score_directory, score_lines
from cleaner.gold.report import FileScore, Report
from cleaner.gold.score import score_text
from cleaner.gold.words import Overlap, overlap, word_counts, words

__all__ = [
    "FileScore",
    "Overlap",
    "Report",
    "overlap",
    "score_directory",
    "score_lines",
    "score_text",
    "word_counts",
    "words",
]
