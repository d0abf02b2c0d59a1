"""Moving in: a WordPress export is read, cleaned, mapped and stored, one concern a file.

decoding → wxr (what the file says) → plan (what it becomes here) → shortcodes, prose, typography (its texts) → store.
Nothing else imports this app. What it leaves behind (pages, redirects, the notes in ImportedItem) needs it no more.
"""
