"""Pages of today, of a session and of the history, a module per page."""
