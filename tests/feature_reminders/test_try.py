from datetime import timedelta
import pytest, asyncio
import botcore as bc
from botcore_sandbox import BotOnSandbox
@pytest.fixture
def clock(): return bc.ManualClock()
@pytest.fixture
async def bot(sandbox, tmp_path, clock):
    async with BotOnSandbox(sandbox, tmp_path, features=["reminders"], clock=clock) as running:
        yield running
async def test_it(bot, clock):
    """x"""
    alice=bot.member("alice")
    print(await alice.autocomplete("remind me", what="x", when="every weekday at 9", focused="when"))
    print(await alice.autocomplete("remind me", what="x", when="friday 17:30", repeat="every 2 weeks", focused="repeat"))
    r=await alice.slash("remind me", what="water the *plants* <@123>", when="tomorrow at 9", repeat="every 2 weeks", where="here", nag="30 minutes", late="skip")
    print(r.text, r.components)
    e=await alice.click(r,"Edit"); print(e.modal)
    e2=await alice.submit(e.modal, when="tomorrow at 10"); print(e2.updated, r.text)
    k=await alice.click(r,"Confirm"); print(k.text)
    print((await alice.slash("remind list")).text)
    import datetime as dt; clock.set(dt.datetime(2026,1,2,10,0,tzinfo=dt.UTC))
    await bot.core.parts.timers.until_idle()
    for m in bot.channel("general").messages: print(m, m.text if hasattr(m,'text') else m.content, m.state.embeds)
    m=bot.channel("general").messages[-1]
    bob=bot.member("bob")
    t=await bob.click(m,"Me too"); print("METOO",t.text)
    d=await alice.click(m,"1 hour"); print("SNOOZE", d.updated, bot.channel("general").messages[-1].state.embeds)
    h=await alice.slash("remind history", reminder="1"); print(h.text)
    h=await alice.slash("remind show", reminder="1"); print(h.text)
    menu=await alice.menu("Remind me about this", bot.member("bob").say("a message to remember"))
    p=await alice.submit(menu.modal, when="in 2 hours"); print(p.text)
