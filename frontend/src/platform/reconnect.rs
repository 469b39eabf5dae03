//! When to ask the server again that was not reached.

use super::timing::sleep;
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// So often the device asks again while it must.
const AGAIN: Duration = Duration::from_secs(30);
/// Pauses before the tries after the network came back: it is said to be there before it carries.
const SOON: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(8)];

/// Asks when the network comes back, a few times soon after that, and now and then, as long as it `must`.
/// Ends with the page.
pub fn ask_again<M, A>(must: M, ask: A)
where
    M: Fn() -> bool + Clone + 'static,
    A: Fn() + Clone + 'static,
{
    let here = StoredValue::new(());
    let soon = {
        let (must, ask) = (must.clone(), ask.clone());
        move || {
            let (must, ask) = (must.clone(), ask.clone());
            async move {
                ask();
                for pause in SOON {
                    sleep(pause).await;
                    if here.try_get_value().is_none() || !must() {
                        return;
                    }
                    ask();
                }
            }
        }
    };
    let online = window_event_listener(ev::online, move |_| spawn_local(soon()));
    let timer = set_interval_with_handle(
        move || {
            if must() {
                ask()
            }
        },
        AGAIN,
    )
    .ok();
    on_cleanup(move || {
        online.remove();
        if let Some(timer) = timer {
            timer.clear();
        }
    });
}
