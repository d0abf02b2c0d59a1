"""What search engines and reference managers are told of the journal."""
