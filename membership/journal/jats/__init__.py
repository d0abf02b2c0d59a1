"""JATS, the format in which publishers deliver articles (NISO Z39.96; NLM 2.3 to JATS 1.3), read and written as HTML.

    reading       a file, safely, as one tree
    rendering     the tree as the page's HTML, by one rule an element (rules, tables, formulas, references)
    metadata      title, authors, dates, abstract: what everybody reads
    cleaning      what may stand in the HTML
    completeness  what of the source is found again on the page

Nothing here knows the database, and nothing is written for one publisher.
"""
