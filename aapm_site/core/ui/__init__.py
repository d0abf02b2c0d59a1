"""What pages are drawn with: icons, charts and the line that calms."""
