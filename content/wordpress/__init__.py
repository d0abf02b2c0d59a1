"""Moving in: a WordPress export is read, cleaned, mapped and stored, one concern a file.

decoding → wxr (what the file says) → plan (what it becomes here) → shortcodes, prose, typography (its texts) → store.
"""
