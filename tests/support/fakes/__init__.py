"""Fakes for unit tests: each implements one of botcore's ports."""
