"""The embedded database: many pages, one account that keeps every voice."""
