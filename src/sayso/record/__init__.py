"""The record: many readings kept whole, and the one account that is worked out from them."""
