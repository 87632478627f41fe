"""What the program knows, as files that a subject expert can read and dispute."""
