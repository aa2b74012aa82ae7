"""The feature: everything that this package brings to a bot."""

from typing import override

from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore_reminders.commands.changing import CancelCommand, EditCommand, EditForm, PauseCommand, ResumeCommand
from botcore_reminders.commands.hearing import (
    Choose,
    ChooseForm,
    ChooseForMe,
    ChooseForMeForm,
    Done,
    MeToo,
    Snooze,
    SnoozeForMe,
)
from botcore_reminders.commands.looking import HistoryCommand, ListCommand, ShowCommand, TurnHistory, TurnPage
from botcore_reminders.commands.making import Maker, RemindChannelCommand, RemindMeCommand, RemindOtherCommand
from botcore_reminders.commands.messages import ReminderMessages
from botcore_reminders.commands.moving import KeepInstant, KeepWallTime
from botcore_reminders.commands.previewing import Changes, Confirm, Discard, EditDraft, EditDraftForm
from botcore_reminders.commands.quoting import AboutForm, RemindAboutCommand
from botcore_reminders.commands.settings import NoMore, SettingsCommand
from botcore_reminders.commands.unread import Read
from botcore_reminders.config import RemindersConfig
from botcore_reminders.services import alarms
from botcore_reminders.services.alarms import Alarms
from botcore_reminders.services.delivery import Deliveries
from botcore_reminders.services.forgetting import cancel_timers_of
from botcore_reminders.services.heard import HeardReminders
from botcore_reminders.services.missed import Summaries
from botcore_reminders.services.nagging import Nagging
from botcore_reminders.services.outbox import Outbox
from botcore_reminders.services.painting import ReminderPainter
from botcore_reminders.services.preferences import ReminderPreferences
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.sweeping import Sweeper
from botcore_reminders.services.zones import ZoneMoves

_ = bc.translator(__name__)


class RemindersFeature(bc.BaseFeature):
    """Reminders that arrive, and a ledger that says what became of each."""

    name = "reminders"
    after = ("users",)  # who knows where people live has to be there before anybody asks
    config = RemindersConfig
    services = (
        Alarms,
        ReminderPreferences,
        Outbox,
        ReminderService,
        HeardReminders,
        Deliveries,
        Summaries,
        Nagging,
        Sweeper,
        ZoneMoves,
        Maker,
        Changes,
    )
    commands = (
        RemindMeCommand,
        RemindOtherCommand,
        RemindChannelCommand,
        ListCommand,
        ShowCommand,
        HistoryCommand,
        EditCommand,
        CancelCommand,
        PauseCommand,
        ResumeCommand,
        SettingsCommand,
        RemindAboutCommand,
    )
    components = (
        Confirm,
        EditDraft,
        EditDraftForm,
        Discard,
        EditForm,
        AboutForm,
        TurnPage,
        TurnHistory,
        Done,
        Snooze,
        SnoozeForMe,
        Choose,
        ChooseForm,
        ChooseForMe,
        ChooseForMeForm,
        MeToo,
        Read,
        NoMore,
        KeepWallTime,
        KeepInstant,
    )
    personal_data = (
        bc.PersonalTable("reminders_reminder", bc.Erase(person="owner_id"), bc.Erase(person="recipient_id")),
        bc.PersonalTable(
            "reminders_attempt",
            bc.Erase(person="reminder_id.owner_id"),
            bc.Erase(person="reminder_id.recipient_id"),
        ),
        bc.PersonalTable("reminders_preference", bc.Erase(person="user_id")),
    )
    groups = {"remind": _("Be reminded, at the time you say")}  # noqa: RUF012 - BaseFeature declares it a ClassVar

    @override
    async def register_services(self, services: bc.ServiceContainer) -> None:
        """Register the services, and what writes for them."""
        services.bind(ReminderPainter, ReminderMessages)
        await super().register_services(services)

    @override
    async def start(self, services: bc.ServiceContainer) -> None:
        """Take up what fires."""
        timers = services.get(bc.Timers)
        timers.handler(alarms.FIRE, services.get(Deliveries).fire)
        timers.handler(alarms.NAG, services.get(Nagging).nag)
        timers.handler(alarms.SUMMARY, services.get(Summaries).send)
        timers.handler(alarms.SWEEP, services.get(Sweeper).sweep)
        services.get(bc.EventBus).subscribe(bc.ZoneChanged, services.get(ZoneMoves).on_change)
        await services.get(Sweeper).plan()

    @override
    async def forget(self, services: bc.ServiceContainer, tx: AsyncSession, user_id: int) -> None:
        """Let nothing fire any more that is about to be erased."""
        await cancel_timers_of(tx, services.get(Alarms), user_id)
