"""What pages say of themselves to search engines and readers of feeds."""
