"""Pure data on the standard library: the nouns of the house."""
