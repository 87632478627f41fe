"""Edge: where pages come from (files, addresses, archives, feeds)."""
