"""Word lists and catalogues that several extractors read, a folder a language."""
