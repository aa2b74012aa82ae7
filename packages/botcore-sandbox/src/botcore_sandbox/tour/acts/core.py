"""What every bot can do: come, help, refuse, survive and go."""

import json

from botcore_sandbox.tour.scene import Scene
from botcore_sandbox.tour.step import expect

_WORKS, _DOES_NOT = "🟢", "🔴"


async def arrives(scene: Scene) -> None:
    """The bot starts; its owner asks which features it found, and each of them has to work."""
    scene.tell("A bot starts: botcore run, in a process of its own, on an empty database, over real sockets.")
    seconds = await scene.stage.start_bot()
    writes = scene.stage.sandbox.traffic.command_writes()
    registered = sorted(scene.stage.sandbox.world.commands.names())
    listed = " ".join(f"/{name}" for name in registered)
    scene.tell(f"Ready after {seconds:.1f} s. It registered {listed} in one request.")
    expect(len(writes) == 1, "all commands to be registered in one request", f"{len(writes)} requests")
    reply = await scene.slash(scene.developer, "features")
    expect(reply.private, "a list of features that only the bot's owner sees", reply)
    found = [field for embed in reply.embeds for field in embed.get("fields", ())]
    broken = [f"{field['name']}: {field['value']}" for field in found if field["name"].startswith(_DOES_NOT)]
    expect(not broken, "every installed feature to work", "; ".join(broken))
    scene.features = {
        name.removeprefix(_WORKS).strip() for field in found if (name := field["name"]).startswith(_WORKS)
    }
    expect("core" in scene.features, "the feature core, which has /help, in the list", reply.text)
    scene.tell("Nobody listed these anywhere: each is an installed package with an entry point.")


async def helps(scene: Scene) -> None:
    """Somebody looks for a command while typing its name, and reads about it."""
    offered = await scene.typing(scene.bob, "help", focused="command", command="stat")
    status = [suggestion for suggestion in offered if suggestion.value == "status"]
    expect(status, "/status among what is offered", offered)
    reply = await scene.slash(scene.bob, "help", command=status[0])
    expect("/status" in reply.text and reply.private, "a private explanation of /status", reply)


async def refuses(scene: Scene) -> None:
    """A member asks for what only the bot's owner may see."""
    reply = await scene.slash(scene.bob, "features")
    expect(reply.private, "a refusal that only bob sees", reply)
    expect("owner" in reply.text and "botcore" not in reply.text, "a sentence that says who may", reply.text)


async def survives(scene: Scene) -> None:
    """The bot is killed, starts again, and is the same bot."""
    sandbox = scene.stage.sandbox
    code = await scene.stage.kill_bot()
    scene.tell(f"kill -9: the process is gone (exit code {code}), whatever it was doing.")
    expect(not sandbox.gateway.connected, "no bot on the sandbox", "one that is still connected")
    seconds = await scene.stage.start_bot()
    writes = len(sandbox.traffic.command_writes()) - 1
    expect(writes == 0, "a second start that leaves the commands as they are", f"{writes} requests that wrote them")
    scene.tell(f"Started again, ready after {seconds:.1f} s. The commands were in place, so it wrote none.")
    reply = await scene.slash(scene.carol, "status")
    shown = {name for name in scene.features if f"{_WORKS} {name}" in reply.text}
    expect(shown == scene.features, f"the same features: {', '.join(sorted(scene.features))}", reply.text)


async def leaves(scene: Scene) -> None:
    """The bot is asked to stop."""
    code, seconds = await scene.stage.stop_bot()
    expect(code == 0, "exit code 0 after SIGTERM", f"exit code {code}")
    expect(not scene.stage.sandbox.gateway.connected, "no bot on the sandbox", "one that is still connected")
    errors = [line for line in scene.stage.log if _level(line) in {"error", "critical"}]
    expect(not errors, "no error in the bot's log", "\n".join(errors))
    scene.tell(
        f"SIGTERM: it hangs up, finishes what it was doing, and exits with {code} after {seconds:.1f} s. "
        f"Its log has {len(scene.stage.log)} lines and no error."
    )


def _level(line: str) -> str:
    """The level of a line of the log; lines that are none of ours, such as a traceback of Python's, are errors."""
    try:
        return str(json.loads(line)["level"])
    except (ValueError, KeyError, TypeError):
        return "error"
