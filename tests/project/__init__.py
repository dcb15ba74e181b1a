"""What the whole house promises: its templates, words, files and settings."""
