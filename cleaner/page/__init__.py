"""Pages: from HTML to blocks of visible text, and which of them are the article.

tags.py            what the names of elements mean
tokens.py          HTML to tags and the text between them
model.py           a page: its blocks and elements, in columns
parse.py           tags and text to a page, in one linear pass
meta.py            title, author, date and so on, as the page tells them
selector.py        the selectors of DOM rules
cues.py            what class, id and role say: ``rules/dom/*.toml``
evidence.py        numbers for every block
finder.py          the fitted tables that weigh them: ``rules/dom/blocks*.json``
second_opinion.py  trafilatura's answer, told block by block
article.py         the removal of what is not the article
markdown.py        what stays, as Markdown

Only ``article.py`` and what it needs load numpy; import it late.
"""
