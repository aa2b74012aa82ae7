"""The container: it builds services from their constructors' annotations and closes what it built.

Here: registering, wiring, checking the graph, staging and closing. punq is used here and nowhere else.
Not here: which services exist (`botcore.app` puts them together) and what a feature is.
"""

from botcore.container.container import ServiceContainer, StagedContainer

__all__ = ["ServiceContainer", "StagedContainer"]
