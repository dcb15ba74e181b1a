"""Done: sessions as they happened, the days they count for, the pages that show them."""
