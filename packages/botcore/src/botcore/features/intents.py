"""The gateway intents that a feature may ask for, by nextcord's names."""

#: https://discord.com/developers/docs/events/gateway#privileged-intents
PRIVILEGED = frozenset({"members", "message_content", "presences"})

#: https://discord.com/developers/docs/events/gateway#list-of-intents
INTENTS = PRIVILEGED | {
    "auto_moderation",
    "auto_moderation_configuration",
    "auto_moderation_execution",
    "bans",
    "dm_messages",
    "dm_reactions",
    "dm_typing",
    "emojis",
    "emojis_and_stickers",
    "guild_messages",
    "guild_reactions",
    "guild_typing",
    "guilds",
    "integrations",
    "invites",
    "messages",
    "moderation",
    "reactions",
    "scheduled_events",
    "typing",
    "voice_states",
    "webhooks",
}
