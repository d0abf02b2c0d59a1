"""One form for the dates of all lists and tables, those that Django's admin prints by itself too.

Sentences write the month out.
"""

DATE_FORMAT = "M j, Y"
DATETIME_FORMAT = "M j, Y, g:i a"
