"""Everything that writes sessions, a module per matter."""
