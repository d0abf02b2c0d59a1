"""What pages show of rows: sentences, tones and marks, made once for every template and mail."""
