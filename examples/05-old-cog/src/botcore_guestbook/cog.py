"""The guestbook as its author wrote it for a bot of their own: nextcord alone."""

from typing import Any

import nextcord
from nextcord.ext import commands

SHOWN = 5


class Guestbook(commands.Cog):
    """Guests sign, and everybody reads."""

    def __init__(self, bot: commands.Bot) -> None:
        self.bot = bot
        self.entries: list[str] = []

    @nextcord.slash_command(name="guestbook")
    async def guestbook(self, interaction: nextcord.Interaction[Any]) -> None:
        """Only its sub-commands can be used."""

    @guestbook.subcommand(name="sign", description="Write into the guestbook")
    async def sign(
        self,
        interaction: nextcord.Interaction[Any],
        mood: str = nextcord.SlashOption(description="How you feel", choices=["happy", "tired"], default="happy"),
    ) -> None:
        """Open the form."""
        await interaction.response.send_modal(SignForm(self, mood))

    @guestbook.subcommand(name="read", description="Read the guestbook")
    async def read(
        self,
        interaction: nextcord.Interaction[Any],
        count: int = nextcord.SlashOption(description="How many entries", min_value=1, max_value=20, default=SHOWN),
    ) -> None:
        """Show the last entries, with a button to clap."""
        text = "\n".join(self.entries[-count:]) or "Nobody has signed yet."
        await interaction.send(embed=nextcord.Embed(title="Guestbook", description=text), view=Applause())

    @nextcord.message_command(name="Keep in guestbook")
    async def keep(self, interaction: nextcord.Interaction[Any], message: nextcord.Message) -> None:
        """Make a message an entry."""
        self.entries.append(f"{message.author.display_name} said: {message.content}")
        await interaction.send("Kept.", ephemeral=True)

    @nextcord.slash_command(name="page", description="Tear out a page")
    async def tear(
        self,
        interaction: nextcord.Interaction[Any],
        number: int = nextcord.SlashOption(description="Which one", min_value=1),
    ) -> None:
        """Remove an entry; its author forgot that there may be no such page."""
        torn = self.entries.pop(number - 1)
        await interaction.send(f"Torn out: {torn}", ephemeral=True)

    @commands.Cog.listener()
    async def on_message(self, message: nextcord.Message) -> None:
        """Answer whoever mentions the bot."""
        if self.bot.user is not None and self.bot.user.mentioned_in(message):
            await message.channel.send("Sign with /guestbook sign.")


class SignForm(nextcord.ui.Modal):
    """What a guest writes."""

    def __init__(self, cog: Guestbook, mood: str) -> None:
        super().__init__("Sign the guestbook")
        self.cog = cog
        self.mood = mood
        self.entry: nextcord.ui.TextInput[Any] = nextcord.ui.TextInput(label="Entry", max_length=100)
        self.add_item(self.entry)

    async def callback(self, interaction: nextcord.Interaction[Any]) -> None:
        """Keep it."""
        name = interaction.user.display_name if interaction.user is not None else "Somebody"
        self.cog.entries.append(f"{name}, {self.mood}: {self.entry.value}")
        await interaction.send("Thank you.", ephemeral=True)


class Applause(nextcord.ui.View):
    """A button that counts for as long as the bot runs."""

    claps = 0

    @nextcord.ui.button(label="Clap")
    async def clap(self, button: nextcord.ui.Button["Applause"], interaction: nextcord.Interaction[Any]) -> None:
        """Count once more."""
        self.claps += 1
        button.label = f"Claps: {self.claps}"
        await interaction.response.edit_message(view=self)
