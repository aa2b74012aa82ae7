"""Remembering for a while what can be had again: the port, an adapter inside the process, and a decorator for services.

Here: keeping values under keys, and sharing one call among all that ask at once. Not here: anything that must not be
forgotten, which belongs in the database.
"""

from botcore.cache.cached import CachedMethod, HasCache, cached
from botcore.cache.local import LocalCache
from botcore.cache.port import Cache, InvalidCacheUse

__all__ = ["Cache", "CachedMethod", "HasCache", "InvalidCacheUse", "LocalCache", "cached"]
