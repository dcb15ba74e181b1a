"""Pages of the catalogue and the guide, a module each. Reading and words live a level up."""
