"""Pages of routines. Short functions; services write, querysets read, templates say it."""
