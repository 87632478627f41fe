"""Text to sentences and syntax. Knows no news."""
