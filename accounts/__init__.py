"""Who: people (guests and accounts) and their preferences. No knowledge of other apps."""
