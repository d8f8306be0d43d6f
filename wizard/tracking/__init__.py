"""What becomes of a filing after it is handed in: its stages and their times."""
