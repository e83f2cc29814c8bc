"""The syntax that extractors share: questions to the dependency tree of a sentence."""
