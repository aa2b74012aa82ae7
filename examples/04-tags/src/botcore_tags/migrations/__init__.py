"""The history of the tables of tags."""
