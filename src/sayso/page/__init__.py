"""Capture -> Document: the article, and who answers whom."""
