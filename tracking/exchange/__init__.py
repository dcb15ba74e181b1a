"""What leaves and what comes in: the forms of files, read and written without a database."""
