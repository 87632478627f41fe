"""The use cases that CLI, API and web share."""
