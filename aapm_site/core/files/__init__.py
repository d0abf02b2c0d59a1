"""Files that come in and go out: pictures made anew, uploads looked at, private ones, tables for spreadsheets."""
