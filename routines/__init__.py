"""Plans: routines, their steps, doses and timelines. Nothing about what was done, or when."""
