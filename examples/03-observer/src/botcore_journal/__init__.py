"""Counts what a bot does.

Belongs here: what is written for each finished command, and how it is counted. Does not: whatever a member could
notice, which would be a feature's.
"""
