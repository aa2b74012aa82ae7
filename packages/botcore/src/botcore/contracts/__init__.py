"""Contracts: protocols and plain values through which packages meet that do not import one another.

Belongs here: a Protocol with the values it speaks in. Does not: anything that does the work; botcore binds a default
for each at start.
"""
