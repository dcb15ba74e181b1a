"""What only a browser shows. Rules are tested where they live, not here."""
