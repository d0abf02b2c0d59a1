"""What the pages of the Career Center say: sentences, tones and buttons, from what the queries found."""
