"""The one plug-in manager: observers, command-line commands and whatever else hooks into botcore."""

import inspect
from difflib import get_close_matches
from typing import Any

import pluggy

from botcore.errors import StartupError
from botcore.features import hookspecs
from botcore.features.discovery import PLUGINS_GROUP, ImportFailed, installed


class Plugins:
    """Every registered plug-in, behind hooks that may be coroutine functions and that harm nobody when they raise."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)

    def load_installed(self) -> list[str]:
        """Register everything in the entry-point group ``botcore.plugins``.

        Returns:
            One sentence for each that could not be used.
        """
        troubles: list[str] = []
        for entry in installed(PLUGINS_GROUP):
            try:
                self.register(entry.load(), f"{entry.distribution}:{entry.name}")
            except (ImportFailed, ValueError) as error:
                troubles.append(f"The plug-in {entry.name!r} of {entry.distribution} was left out: {error}.")
        return troubles

    def register(self, plugin: Any, name: str) -> None:
        """Register an object with hook implementations.

        Raises:
            ValueError: if one of them is no hook of botcore or asks for arguments that the hook does not have.
        """
        check_hooks(plugin, name)
        try:
            self._manager.register(plugin, name)
        except pluggy.PluginValidationError as error:
            raise ValueError(" ".join(str(error).split())) from error

    def call_now(self, hook: str, **arguments: Any) -> list[str]:
        """Call a hook whose implementations are plain functions.

        Returns:
            One sentence for each implementation that raised.
        """
        troubles = []
        for implementation in self._implementations(hook):
            try:
                implementation.function(*(arguments[name] for name in implementation.argnames))
            except Exception as error:
                troubles.append(f"The plug-in {implementation.plugin_name} failed in {hook}: {error}.")
        return troubles

    def first(self, hook: str, **arguments: Any) -> Any:
        """The first answer that is not ``None`` of a hook whose implementations are plain functions, else ``None``.

        One that raises is logged and gives no answer, unless it raises a `StartupError`: that is for the operator.
        """
        for implementation in self._implementations(hook):
            try:
                answer = implementation.function(*(arguments[name] for name in implementation.argnames))
            except StartupError:
                raise
            except Exception:
                _log_failure(implementation, hook)
            else:
                if answer is not None:
                    return answer
        return None

    async def call(self, hook: str, **arguments: Any) -> None:
        """Call a hook, awaiting each implementation that is a coroutine function; one that raises is logged."""
        for implementation in self._implementations(hook):
            try:
                outcome = implementation.function(*(arguments[name] for name in implementation.argnames))
                if inspect.isawaitable(outcome):
                    await outcome
            except Exception:
                _log_failure(implementation, hook)

    def implements(self, hook: str) -> bool:
        """Whether anybody listens, so that the caller can save the work."""
        return bool(self._implementations(hook))

    def _implementations(self, hook: str) -> list[pluggy.HookImpl]:
        caller: pluggy.HookCaller = getattr(self._manager.hook, hook)
        return list(reversed(caller.get_hookimpls()))


def _log_failure(implementation: pluggy.HookImpl, hook: str) -> None:
    from botcore.log import get_logger  # `botcore --help` comes here without a log

    get_logger(__name__).exception("a plug-in failed", plugin=implementation.plugin_name, hook=hook)


def check_hooks(plugin: Any, name: str) -> None:
    """Refuse what looks like a hook of botcore and is none: it would never be called.

    Args:
        plugin: a module or an object.
        name: what to call it in the sentence.

    Raises:
        ValueError: saying what to write.
    """
    specified = [each for each in vars(hookspecs) if each.startswith(f"{hookspecs.PROJECT}_")]
    for found, implementation in inspect.getmembers_static(plugin):
        marked = hasattr(implementation, f"{hookspecs.PROJECT}_impl")
        if not marked and not (inspect.isroutine(implementation) and found.startswith(f"{hookspecs.PROJECT}_")):
            continue
        if found not in specified:
            near = get_close_matches(found, specified, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(specified)}"
            raise ValueError(f"{name}.{found} is no hook of botcore; {hint}")
        if not marked:
            raise ValueError(f"{name}.{found} is not marked as a hook; write `@bc.hookimpl` above it")
        asked = [each for each in inspect.signature(implementation).parameters if each != "self"]
        given = list(inspect.signature(getattr(hookspecs, found)).parameters)
        unknown = [each for each in asked if each not in given]
        if unknown:
            raise ValueError(
                f"{name}.{found} asks for {unknown[0]}, which the hook does not give; it gives {', '.join(given)}"
            )
