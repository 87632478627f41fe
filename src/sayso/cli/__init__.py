"""Words in, service call, words out: the terminal."""
