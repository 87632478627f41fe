"""A page saved as plain text -> its article and its thread, by the habits of text browsers."""
