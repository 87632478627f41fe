"""The same two arrows over partitions, on an existing engine."""
