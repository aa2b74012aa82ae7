"""Taking up features: whole, or not at all, and never at the expense of another one."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from botcore import BotCore, BotOptions
from botcore.app.bot import StrictStartRefused
from botcore.contracts.status import FeatureRecord, FeatureStatus
from fakes.distributions import SitePackages
from notes_package import CREATE, declaring, with_columns

HEAD = """
import botcore as bc

class Greet(bc.BaseCommand[bc.NoInput]):
    name, description = "greet-{name}", "Say hello"
    async def process_command(self, ctx, data):
        return bc.CommandResult.ok("Hello")
"""

GOOD = (
    HEAD
    + """
class Feature(bc.BaseFeature):
    name = "{name}"
    commands = (Greet,)
"""
)

BROKEN = {
    "raises on import": (
        "raise RuntimeError('no such driver')",
        r"thirdparty_broken:Feature cannot be imported: RuntimeError: no such driver",
    ),
    "exits on import": ("raise SystemExit(3)", r"cannot be imported: SystemExit"),
    "has no such attribute": ("x = 1", r"cannot be imported: AttributeError"),
    "is no feature": ("Feature = 5", r"is not a subclass of BaseFeature"),
    "has another name than its entry point": (
        HEAD + "class Feature(bc.BaseFeature):\n    name = 'other'",
        r"its name is 'other' and its entry point is called 'broken'",
    ),
    "raises in its constructor": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    def __init__(self): raise ValueError('secret')",
        r"it raised ValueError while it was registered",
    ),
    "raises in register_services": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    async def register_services(self, services): raise ValueError('secret')",
        r"it raised ValueError while it was registered",
    ),
    "raises in register_commands": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n"
        + "    async def register_commands(self, commands):\n"
        + "        commands.add(Greet)\n        raise ValueError('secret')",
        r"it raised ValueError while it was registered",
    ),
    "raises in register_listeners": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    async def register_listeners(self, listeners): raise ValueError('secret')",
        r"it raised ValueError while it was registered",
    ),
    "raises in start": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    async def start(self, services): raise ValueError('secret')",
        r"it raised ValueError while it was registered",
    ),
    "has a wrong configuration": (
        HEAD
        + "from pydantic import BaseModel\nclass Settings(BaseModel):\n    colour: str = 'red'\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    config = Settings\n    commands = (Greet,)",
        r"features\.broken\.color \(from .*\); did you mean BOTCORE_FEATURES__BROKEN__COLOUR",
    ),
    "has a command that is taken": (
        HEAD.replace("greet-{name}", "greet-alpha")
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)",
        r"the command /greet-alpha is taken by the feature 'alpha'",
    ),
    "has a command inside another one": (
        HEAD.replace("greet-{name}", "greet-alpha loudly")
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)",
        r"Discord cannot have both /greet-alpha and /greet-alpha loudly \(of the feature 'broken'\)|cannot have both",
    ),
    "has a service that cannot be had": (
        HEAD
        + "class Absent: pass\nclass Service:\n    def __init__(self, absent: Absent): pass\n"
        + "class Asking(Greet):\n    name = 'ask'\n    def __init__(self, service: Service): pass\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    services = (Service,)\n    commands = (Asking,)",
        r"Service -> Absent: nothing is registered for Absent",
    ),
    "has a name that Discord refuses": (
        HEAD.replace("greet-{name}", "Greet Me")
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)",
        r"/Greet Me: 'Greet' is no name for Discord; use 1 to 32 lower-case",
    ),
    "has an option without a description": (
        HEAD
        + "from dataclasses import dataclass\n@dataclass\nclass Input:\n    who: str\n"
        + "class Ask(bc.BaseCommand[Input]):\n    name, description = 'ask', 'Ask'\n"
        + "    async def process_command(self, ctx, data): pass\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Ask,)",
        r"/ask\.who: an option needs a description; write Annotated\[\.\.\., bc\.Option",
    ),
    "has a component id of another feature": (
        HEAD
        + "class Press(bc.BaseButton[bc.NoInput]):\n    id = 'alpha.press'\n"
        + "    async def process_click(self, ctx, data): pass\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    components = (Press,)",
        r"the id 'alpha\.press' of Press must start with 'broken\.'",
    ),
    "asks for an intent that does not exist": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    intents = ('gossip',)\n    commands = (Greet,)",
        r"there is no gateway intent 'gossip'",
    ),
    "demands a privileged intent": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    intents = ('members',)\n    commands = (Greet,)",
        r"the intent 'members' is privileged; list it in `privileged_intents`",
    ),
    "has more commands than Discord takes": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n"
        + "    commands = tuple(type('G', (Greet,), {'name': f'g{n}'}) for n in range(99))",
        r"with it there would be 1\d\d commands in all, and Discord takes 100",
    ),
    "misspells a method that registers": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    async def register_service(self, services): pass",
        r"Feature\.register_service is nothing that botcore calls; did you mean register_services\?",
    ),
    "misspells what it brings": (
        HEAD + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    command = (Greet,)",
        r"Feature\.command is nothing that botcore calls; did you mean commands\?",
    ),
    "registers what nobody asks for": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    async def register_jobs(self, jobs): pass",
        r"did you mean register_services, register_commands or register_listeners\?",
    ),
    "registers in a plain function": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    def register_services(self, services): pass",
        r"Feature\.register_services is a plain function, which botcore awaits; write `async def register_services`",
    ),
    "does not wait for the base class": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    async def register_commands(self, commands): super().register_commands(commands)",
        r"without waiting for it; write `await super\(\)\.register_commands\(\.\.\.\)`",
    ),
    "has a command without a description": (
        HEAD
        + "class Ask(bc.BaseCommand[bc.NoInput]):\n    name = 'ask'\n"
        + "    async def process_command(self, ctx, data): return bc.CommandResult.ok()\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Ask,)",
        r"Ask has no description; write `description = \"Roll a die\"` in the class",
    ),
    "has a button without an id": (
        HEAD
        + "class Press(bc.BaseButton[bc.NoInput]):\n    async def process_click(self, ctx, data): pass\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    components = (Press,)",
        r"Press has no id; write `id = \"broken\.vote\"` in the class",
    ),
    "has a command that does nothing": (
        HEAD
        + "class Ask(bc.BaseCommand[bc.NoInput]):\n    name, description = 'ask', 'Ask'\n"
        + "    async def run(self, ctx, data): pass\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Ask,)",
        r"Ask does nothing; write `async def process_command\(\.\.\.\)`, or name a form in `opens`",
    ),
    "misspells what a command does": (
        HEAD
        + "class Ask(bc.BaseCommand[bc.NoInput]):\n    name, description = 'ask', 'Ask'\n"
        + "    async def proces_command(self, ctx, data): pass\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Ask,)",
        r"Ask\.proces_command is nothing that botcore reads or calls; did you mean process_command\?",
    ),
    "misspells who may use a command": (
        HEAD.replace('"Say hello"', '"Say hello"\n    permissions = bc.PermissionLevel.OWNER')
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)",
        r"Greet\.permissions is nothing that botcore reads or calls; did you mean permission\?",
    ),
    "has a listener without an event": (
        HEAD
        + "class Hear(bc.BaseListener):\n    async def handle(self, *args): pass\n"
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n    listeners = (Hear,)",
        r"Hear has no event; write `event = \"member_join\"` in the class",
    ),
    "misspells a hook": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    commands = (Greet,)\n"
        + "    @bc.hookimpl\n    async def botcore_redy(self): pass",
        r"Feature\.botcore_redy is no hook of botcore; did you mean botcore_ready\?",
    ),
    "requires what is not there": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    requires = ('weather',)\n    commands = (Greet,)",
        r"needs weather: it is not installed",
    ),
    "waits for itself": (
        HEAD
        + "class Feature(bc.BaseFeature):\n    name = 'broken'\n    requires = ('broken',)\n    commands = (Greet,)",
        r"wait for one another",
    ),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SitePackages]:
    """Two good features, one of them later by name than anything that is broken."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    site = SitePackages(folder)
    for name in ("alpha", "zulu"):
        site.install(name, GOOD.format(name=name))
    yield site
    for module in [name for name in sys.modules if name.startswith("thirdparty_")]:
        del sys.modules[module]


@pytest.fixture
def options(tmp_path: Path) -> BotOptions:
    """A bot with only the made-up features, and its own database."""
    return BotOptions(
        environ={
            "BOTCORE_DISCORD__TOKEN": "a token that nobody will see",
            "BOTCORE_DATABASE__URL": f"sqlite:///{tmp_path / 'bot.db'}",
            "BOTCORE_FEATURES__BROKEN__COLOR": "blue",
        },
        overrides={"features.enabled": ["alpha", "zulu", "broken", "dependent"]},
        configure_log=False,
    )


def with_strictness(options: BotOptions) -> BotOptions:
    return BotOptions(environ=options.environ, overrides=options.overrides, configure_log=False, strict=True)


async def set_up(options: BotOptions) -> tuple[dict[str, FeatureRecord], set[str], set[str]]:
    """Set a bot up; say what became of its features, which commands and which services there are."""
    bot = BotCore(options)
    await bot.setup()
    try:
        parts = bot.parts
        records = {record.name: record for record in parts.roster.records()}
        owners = {registered.feature.name for registered in parts.registered}
        return records, {" ".join(path) for path in parts.routes.commands}, owners
    finally:
        await bot.stop()


@pytest.mark.parametrize("trouble", BROKEN)
async def test_a_broken_feature_is_left_out_whole(site: SitePackages, options: BotOptions, trouble: str):
    """Its reason is known, nothing of it is left, and every other feature works."""
    code, reason = BROKEN[trouble]
    site.install("broken", code.replace("{name}", "broken"))
    records, commands, owners = await set_up(options)
    assert records["broken"].status is FeatureStatus.LEFT_OUT

    assert re.search(reason, records["broken"].reason), records["broken"].reason
    assert "secret" not in records["broken"].reason
    assert commands == {"greet-alpha", "greet-zulu", "help", "status", "features"}
    assert owners == {"alpha", "zulu", "core"}


@pytest.mark.parametrize("trouble", ["raises on import", "has a command that is taken", "raises in start"])
async def test_a_strict_start_refuses_what_would_be_left_out(site: SitePackages, options: BotOptions, trouble: str):
    """With the same reason."""
    code, reason = BROKEN[trouble]
    site.install("broken", code.replace("{name}", "broken"))
    bot = BotCore(with_strictness(options))
    with pytest.raises(StrictStartRefused, match=reason):
        await bot.start()


async def test_what_requires_a_broken_feature_goes_with_it(site: SitePackages, options: BotOptions):
    """And the reason is handed on."""
    site.install("broken", BROKEN["raises in start"][0].replace("{name}", "broken"))
    dependent = GOOD.replace('name = "{name}"', 'name = "dependent"\n    requires = ("broken",)')
    site.install("dependent", dependent.replace("{name}", "dependent"))
    records, commands, _owners = await set_up(options)
    assert records["dependent"].reason == "needs broken: it raised ValueError while it was registered"
    assert "greet-dependent" not in commands


async def test_a_feature_for_another_botcore_is_judged_before_it_is_imported(site: SitePackages, options: BotOptions):
    """Its metadata says enough."""
    module = site.install("broken", "raise AssertionError('imported')", requires="botcore<2")
    records, _commands, _owners = await set_up(options)
    assert records["broken"].reason == "it is made for botcore<2 and this is botcore 2.0.0"
    assert module not in sys.modules


async def test_the_later_of_two_distributions_with_one_feature_name_is_left_out(
    site: SitePackages, options: BotOptions
):
    """By the distribution's name, and both are named."""
    site.install("second", GOOD.format(name="alpha"), entry_point="alpha")
    bot = BotCore(options)
    await bot.setup()
    reasons = [record.reason for record in bot.parts.roster.records() if record.name == "alpha"]
    await bot.stop()
    assert sorted(reasons) == ["", "the name 'alpha' is taken by the distribution 'thirdparty-alpha'"]


async def test_one_unreadable_distribution_hides_no_other(site: SitePackages, options: BotOptions):
    """`importlib.metadata.entry_points` would raise for all of them."""
    site.install("broken", GOOD.format(name="broken"))
    (site.folder / "thirdparty_broken-1.0.dist-info" / "entry_points.txt").write_bytes(b"\xff\xfe[botcore.features]")
    records, _commands, owners = await set_up(options)
    assert owners == {"alpha", "zulu", "core"}
    assert "broken" not in records


async def test_features_are_taken_up_after_those_they_require(site: SitePackages, options: BotOptions):
    """Whatever their names are."""
    site.install(
        "broken", GOOD.replace('name = "{name}"', 'name = "broken"\n    requires = ("zulu",)').replace("{name}", "b")
    )
    bot = BotCore(options)
    await bot.setup()
    order = [registered.feature.name for registered in bot.parts.registered]
    await bot.stop()
    assert order.index("zulu") < order.index("broken")


async def test_a_feature_that_does_not_say_what_its_tables_hold(
    site: SitePackages, options: BotOptions, caplog: pytest.LogCaptureFixture
):
    """Runs all the same, and the operator is warned with what its author has to write."""
    site.install("broken", declaring(with_columns()).replace("notes", "broken"))
    site.add_migration("broken", "0001_create_notes", CREATE.replace("notes_note", "broken_note"))
    records, _commands, owners = await set_up(options)
    assert (records["broken"].status, "broken" in owners) == (FeatureStatus.ACTIVE, True)
    assert "a feature's tables are left out of exports and deletions" in caplog.text
    assert 'write bc.PersonalTable("broken_note", ' in caplog.text


@pytest.mark.parametrize("declared", ['bc.ImpersonalTable("broken_note", "x")', '(bc.Erase("user_id"),)', "[]"])
async def test_personal_data_that_is_no_tuple_of_tables(site: SitePackages, options: BotOptions, declared: str):
    """Is refused with what to write: a comma is easily forgotten."""
    site.install("broken", GOOD.format(name="broken") + f"    personal_data = {declared}\n")
    records, _commands, _owners = await set_up(options)
    assert records["broken"].reason == (
        "Feature.personal_data is no tuple of tables; write "
        'personal_data = (bc.PersonalTable("broken_...", ...),), with the comma after the last one'
    )
