//! Time that runs out, shown each second and spoken only at thresholds.

use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// Minutes at which the time left is spoken, ascending.
const SPEAK_AT: [i64; 3] = [1, 5, 15];

/// The time left. It owns no clock: whoever does passes the seconds.
#[component]
pub fn Timer(
    /// Seconds left; below zero counts as none.
    #[prop(into)]
    left_s: Signal<i64>,
    /// What runs out, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let threshold = Memo::new(move |_| SPEAK_AT.into_iter().find(|minutes| left_s.get() <= minutes * 60));
    let spoken = move || threshold.get().map(|minutes| t_string!(i18n, common.minutes_left, minutes = minutes));
    view! {
        <span class="timer num" class:is-urgent=move || threshold.get() == Some(SPEAK_AT[0])>
            <span role="timer" aria-live="off" aria-label=move || label.get()>
                <time>{move || clock_face(left_s.get())}</time>
            </span>
            <span class="visually-hidden" aria-live="polite">{spoken}</span>
        </span>
    }
}

/// `h:mm:ss`, or `mm:ss` below an hour.
fn clock_face(left_s: i64) -> String {
    let left = left_s.max(0);
    let (hours, minutes, seconds) = (left / 3_600, left / 60 % 60, left % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}
