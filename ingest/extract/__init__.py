"""Article text in, facts out: one pure function, the same facts for the same text and settings."""
