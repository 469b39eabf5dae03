//! 您还在吗: nobody's log-in ends without a word before. Who is at work is not asked; it is renewed for them.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{actor::Actor, clock, players::is_playing},
    ui::{Button, Dialog, Look},
};
use leptos::{ev, prelude::*, task::spawn_local};
use shared::identity::{Idleness, idleness};
use std::time::Duration;

/// How often the page looks how long its log-in lies unused.
const LOOK: Duration = Duration::from_secs(20);

/// Looks at the log-in from time to time, and asks before it ends.
#[component]
pub(super) fn StillThere() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let touched_at = StoredValue::new(clock::now());
    let (is_asking, minutes) = (RwSignal::new(false), RwSignal::new(0_u32));
    let touched = move || touched_at.set_value(clock::now());
    let hands = [
        window_event_listener_untyped("pointerdown", move |_| touched()),
        window_event_listener_untyped("keydown", move |_| touched()),
    ];
    let ask = move |is_open: bool| {
        if is_asking.get_untracked() != is_open {
            is_asking.set(is_open);
        }
    };
    let look = move || {
        // Who watches a lesson touches nothing.
        if is_playing() && !document().hidden() {
            touched();
        }
        let Some(facts) = actor.idle(touched_at.get_value()) else { return ask(false) };
        match idleness(&facts, clock::now()) {
            Idleness::Fresh => ask(false),
            Idleness::Renew => {
                ask(false);
                spawn_local(async move { drop(actor.renew().await) });
            }
            Idleness::Ask { minutes: left } => {
                minutes.set(left);
                ask(true);
            }
            // Without a network it stays, and is tried again.
            Idleness::Over => spawn_local(async move { drop(actor.log_out().await) }),
        }
    };
    let looks = set_interval_with_handle(look, LOOK);
    let seen = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            look();
        }
    });
    on_cleanup(move || {
        if let Ok(looks) = looks {
            looks.clear();
        }
        seen.remove();
        for hand in hands {
            hand.remove();
        }
    });
    let go_on = move |()| {
        // It is asked on until the log-in is renewed: without a network it is not.
        spawn_local(async move {
            if actor.renew().await.is_ok() {
                is_asking.try_set(false);
            }
        });
    };
    view! {
        <Dialog is_open=is_asking title=Signal::derive(move || t_string!(i18n, common.still_there).to_owned())>
            <p>{move || t_string!(i18n, common.still_there_text, minutes = minutes.get())}</p>
            <Button look=Look::Primary on_press=go_on>{t!(i18n, common.still_there_yes)}</Button>
        </Dialog>
    }
}
