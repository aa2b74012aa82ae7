// A discord.js bot that a test drives: one JSON object a line, in both directions.
//
// In:  {"id": 1, "do": "sync", ...}        something to do; see `deeds`
// Out: {"id": 1, "result": ...}            it is done, or {"id": 1, "error": {...}} it was refused
//      {"event": "interaction", ...}       something happened
//
// API_URL is the sandbox's API without a version ("http://.../api"), TOKEN the bot's token.

import { createInterface } from "node:readline";
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  ContextMenuCommandBuilder,
  ApplicationCommandType,
  ApplicationIntegrationType,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
  ModalBuilder,
  Partials,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMembers,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
    GatewayIntentBits.MessageContent,
  ],
  partials: [Partials.Channel],
  rest: { api: process.env.API_URL, version: "10" },
});

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tell = (event, fields = {}) => say({ event, ...fields });
const described = (error) => ({
  name: error.name,
  message: error.message,
  code: error.code ?? null,
  status: error.status ?? null,
});

const commands = [
  new SlashCommandBuilder()
    .setName("echo")
    .setDescription("Says it again")
    .addStringOption((option) => option.setName("text").setDescription("What").setRequired(true).setMaxLength(100))
    .addUserOption((option) => option.setName("whom").setDescription("To whom")),
  new SlashCommandBuilder()
    .setName("find")
    .setDescription("Looks something up")
    .addStringOption((option) => option.setName("word").setDescription("What").setAutocomplete(true)),
  new SlashCommandBuilder().setName("panel").setDescription("Buttons, a select and a form"),
  new SlashCommandBuilder()
    .setName("slow")
    .setDescription("Takes its time")
    .addSubcommand((sub) => sub.setName("report").setDescription("Writes a report")),
  new SlashCommandBuilder().setName("twice").setDescription("Answers two times"),
  new ContextMenuCommandBuilder().setName("Report It").setType(ApplicationCommandType.Message),
  // with the default said aloud and without undefined keys: `equals` compares with what comes back from the server
].map((command) => JSON.parse(JSON.stringify(command.setIntegrationTypes(ApplicationIntegrationType.GuildInstall))));

const answers = {
  async echo(interaction) {
    const whom = interaction.options.getMember("whom");
    const embed = new EmbedBuilder().setTitle(interaction.options.getString("text")).setColor(0xff0000);
    if (whom) embed.setFooter({ text: whom.displayName });
    const { resource } = await interaction.reply({
      content: `to ${interaction.user.username}`,
      embeds: [embed],
      withResponse: true,
    });
    return { message: resource.message.id };
  },

  async find(interaction) {
    const { name, value } = interaction.options.getFocused(true);
    await interaction.respond([{ name: `${name}: ${value}${value}`, value }]);
  },

  async panel(interaction) {
    const buttons = new ActionRowBuilder().addComponents(
      new ButtonBuilder().setCustomId("count").setLabel("Count").setStyle(ButtonStyle.Primary),
      new ButtonBuilder().setCustomId("form").setLabel("Form").setEmoji("📝").setStyle(ButtonStyle.Secondary),
      new ButtonBuilder().setURL("https://example.org").setLabel("Read").setStyle(ButtonStyle.Link),
    );
    const select = new StringSelectMenuBuilder()
      .setCustomId("colour")
      .setMaxValues(2)
      .addOptions({ label: "Red", value: "r" }, { label: "Blue", value: "b", description: "The sky's" });
    await interaction.reply({
      content: "panel",
      components: [buttons, new ActionRowBuilder().addComponents(select)],
    });
  },

  async count(interaction) {
    await interaction.update(`${interaction.message.content}, counted`);
  },

  async colour(interaction) {
    await interaction.deferUpdate();
    await interaction.followUp({ content: interaction.values.join(" and "), flags: MessageFlags.Ephemeral });
  },

  async form(interaction) {
    const name = new TextInputBuilder()
      .setCustomId("name")
      .setLabel("Your name")
      .setMaxLength(20)
      .setStyle(TextInputStyle.Short);
    const modal = new ModalBuilder().setCustomId("sent").setTitle("A form");
    await interaction.showModal(modal.addComponents(new ActionRowBuilder().addComponents(name)));
  },

  async sent(interaction) {
    await interaction.reply(`hello ${interaction.fields.getTextInputValue("name")}`);
  },

  async slow(interaction) {
    const part = interaction.options.getSubcommand();
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const file = new AttachmentBuilder(Buffer.from("report"), { name: "report.txt", description: "A report" });
    await interaction.editReply({ content: `the ${part}`, files: [file] });
    const gone = await interaction.followUp({ content: "gone soon", flags: MessageFlags.Ephemeral });
    await interaction.deleteReply(gone);
    await interaction.followUp({ content: "more", flags: MessageFlags.Ephemeral });
    return { original: (await interaction.fetchReply()).content };
  },

  async twice(interaction) {
    await interaction.reply("once");
    interaction.replied = false; // discord.js would refuse by itself; here the server shall
    await interaction.reply("and again");
  },

  async "Report It"(interaction) {
    await interaction.reply(`reported: ${interaction.targetMessage.content}`);
  },
};

client.on(Events.InteractionCreate, async (interaction) => {
  const key = interaction.commandName ?? interaction.customId;
  try {
    tell("answered", { key, ...(await answers[key](interaction)) });
  } catch (error) {
    tell("failed", { key, error: described(error) });
  }
});
client.on(Events.MessageCreate, (message) =>
  tell("message", {
    content: message.content,
    author: message.author.username,
    dm: message.guildId === null,
    files: message.attachments.map(({ name, size, url }) => ({ name, size, url })),
  }),
);
client.on(Events.ShardResume, (shard, replayed) => tell("resumed", { replayed }));
client.on(Events.Error, (error) => tell("failed", { key: null, error: described(error) }));

const deeds = {
  async login() {
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(process.env.TOKEN);
    await ready;
    await client.application.fetch();
    return {
      user: client.user.username,
      application: client.application.id,
      owner: client.application.owner.username,
      guilds: client.guilds.cache.map(({ name, memberCount }) => ({ name, memberCount })),
      channels: client.channels.cache.map(({ name, type }) => ({ name, type })),
    };
  },

  async sync({ extra = [] }) {
    const synced = await client.application.commands.set([...commands, ...extra]);
    return synced.map((command) => command.name).sort();
  },

  /** Whether what Discord holds equals what this program would send, as discord.js compares them. */
  async unchanged() {
    const held = await client.application.commands.fetch({ withLocalizations: true });
    return commands.every((command) => held.find(({ name }) => name === command.name)?.equals(command));
  },

  async send({ channel, ...message }) {
    const place = await client.channels.fetch(channel);
    const sent = await place.send(message);
    return sent.id;
  },

  async sendFile({ channel, name, text }) {
    const place = await client.channels.fetch(channel);
    const file = new AttachmentBuilder(Buffer.from(text), { name });
    const embed = new EmbedBuilder().setTitle("A picture").setImage(`attachment://${name}`);
    const sent = await place.send({ files: [file, { attachment: Buffer.from("b"), name: "b.txt" }], embeds: [embed] });
    return { files: sent.attachments.map(({ name: kept }) => kept), image: sent.embeds[0].image.url };
  },

  async sendDirectly({ user, content }) {
    const person = await client.users.fetch(user);
    await person.send(content);
  },

  async members({ guild, names }) {
    const place = await client.guilds.fetch(guild);
    const found = names ? await place.members.fetch({ query: names, limit: 5 }) : await place.members.fetch();
    return found.map((member) => member.user.username).sort();
  },

  async edit({ channel, message, ...changes }) {
    const place = await client.channels.fetch(channel);
    const edited = await (await place.messages.fetch(message)).edit(changes);
    return edited.content;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, do: name, ...fields } = JSON.parse(line);
  deeds[name](fields).then(
    (result) => say({ id, result: result ?? null }),
    (error) => say({ id, error: described(error) }),
  );
}
await client.destroy();
