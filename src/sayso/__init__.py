"""Sayso: on whose say-so?

Reads news pages and the discussion under them, and keeps a record in which every event, number,
claim and forecast carries the exact words that back it and the chain of people who said so.
"""

__version__ = "0.1.0"
