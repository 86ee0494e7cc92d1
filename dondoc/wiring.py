"""Everything chosen once: which database, broker, channels and clock this process works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.base import Channel
from bot.context import Context
from broker.base import Broker
from dondoc.settings import Settings
from models.business_clock import BusinessClock
from models.database import Database


@dataclass
class House:
    """The parts of one process. `close` when done."""

    settings: Settings
    database: Database
    clock: BusinessClock
    broker: Broker
    channels: list[Channel]
    context: Context
    closing: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])

    @property
    def now(self) -> Callable[[], datetime]:
        """Business time."""
        return self.clock.now

    async def open(self) -> None:
        """Start the broker's connection and the channels' sessions; a vendor or server that is away stops nothing."""
        await self.clock.refresh()
        await self.broker.start()
        for channel in self.channels:
            await channel.start()

    async def close(self) -> None:
        """Let go of everything."""
        await self.context.stop()
        for channel in self.channels:
            await channel.stop()
        await self.broker.close()
        self.database.close()


def build(settings: Settings, *, with_channels: bool = True) -> House:
    """The house as the settings say. Opens no connection yet. Who neither sends nor listens needs no channels."""
    database = Database(settings.database, info=settings.for_verbs)
    clock = BusinessClock(database, simulated=settings.simulated_clock)
    channels = make_channels(settings) if with_channels else []
    context = Context(
        now=clock.now,
        data_dir=settings.data_dir,
        channels={channel.lane: channel for channel in channels},
        public_url=settings.public_url,
        simulated=settings.simulated_clock,
        set_clock=clock.move_to if settings.simulated_clock else None,
    )
    return House(settings, database, clock, make_broker(settings, database, clock), channels, context)


def make_broker(settings: Settings, database: Database, clock: BusinessClock) -> Broker:
    """The one line in which the two modes differ."""
    url = settings.broker_url.get_secret_value()
    if not url:
        from broker.embedded import EmbeddedBroker

        return EmbeddedBroker(database, clock.now)
    from broker.rabbitmq import RabbitBroker

    return RabbitBroker(url)


def make_channels(settings: Settings) -> list[Channel]:
    """Every channel that has a token or an address."""
    proxy = settings.proxy_url.get_secret_value() or None
    made: list[Channel] = []
    if token := settings.telegram_token.get_secret_value():
        from bot.channels.telegram import TelegramChannel

        made.append(
            TelegramChannel(
                token,
                api_url=settings.telegram_api_url,
                proxy=proxy,
                webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
            )
        )
    for secret in settings.zalo_tokens:
        from bot.channels.zalo import ZaloChannel

        made.append(
            ZaloChannel(
                secret.get_secret_value(),
                api_url=settings.zalo_api_url,
                proxy=proxy,
                webhook_secret=settings.zalo_webhook_secret.get_secret_value(),
                monthly=settings.zalo_monthly_quota,
            )
        )
    if url := settings.smtp_url.get_secret_value():
        from bot.channels.mail import MailChannel

        made.append(MailChannel(url, settings.mail_from))
    return made
