//! When to ask the server again that was not reached.

use super::timing::sleep;
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// The first pause between two tries; each is twice as long as the one before, …
const FIRST: Duration = Duration::from_secs(2);
/// … up to this one.
const LAST: Duration = Duration::from_secs(30);

/// Asks as long as it `must`: sooner at first, then now and then; at once when the browser says that the
/// network is back, or when the page is looked at again. Browsers do not always say the first, and a network
/// that is said to be back may not carry yet. Ends with the page.
pub fn ask_again<M, A>(must: M, ask: A)
where
    M: Fn() -> bool + Clone + 'static,
    A: Fn() + Clone + 'static,
{
    let rounds = StoredValue::new(0_u32);
    let begin = {
        let (must, ask) = (must.clone(), ask.clone());
        move || {
            let this = rounds.with_value(|round| round.wrapping_add(1));
            rounds.set_value(this);
            let is_on = move || rounds.try_get_value() == Some(this);
            spawn_local(tries(is_on, must.clone(), ask.clone()));
        }
    };
    begin();
    let at_once = move || {
        ask();
        begin();
    };
    let online = window_event_listener(ev::online, {
        let at_once = at_once.clone();
        move |_| at_once()
    });
    let seen = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() && must() {
            at_once();
        }
    });
    on_cleanup(move || {
        online.remove();
        seen.remove();
    });
}

/// Asks with growing pauses as long as this round is on.
async fn tries(is_on: impl Fn() -> bool, must: impl Fn() -> bool, ask: impl Fn()) {
    let mut pause = FIRST;
    loop {
        sleep(pause).await;
        if !is_on() {
            return;
        }
        pause = if must() {
            ask();
            LAST.min(pause * 2)
        } else {
            FIRST
        };
    }
}
