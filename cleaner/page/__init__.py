"""Pages: from HTML to blocks of visible text, and which of them are the article.

parse.py     HTML to blocks and elements, in one linear pass
cues.py      what class, id and role say about an element: rules/dom/*.toml
evidence.py  numbers for every block
finder.py    the native article finder
"""
