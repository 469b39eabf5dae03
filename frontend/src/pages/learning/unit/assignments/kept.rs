//! Work that was handed in on this phone and is not with the server: it waits for a network, or was not taken.

use super::{draft::Draft, way::Way};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{learning::offline::KeptHandIn, organisation::words::words},
    ui::{Button, ConfirmDialog, Icon, Look, Notice, Symbol, Tag, Tone},
};
use leptos::prelude::*;

/// What waits, and what its learner may do about it.
#[component]
pub(super) fn KeptWork(
    /// What was handed in.
    kept: KeptHandIn,
    /// Its way.
    way: Way,
    /// Whether it may still be handed in, as far as this phone knows.
    may_hand_in: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let (count, is_waiting) = (kept.photos(), kept.is_waiting());
    let (text, refusal) = (kept.work.text.clone(), kept.refusal.clone());
    let kept = StoredValue::new(kept);
    let outbox = way.outbox;
    let write_on = move |()| {
        let Some(kept) = kept.try_get_value() else { return };
        outbox.take_back(kept.activity_id, move || Draft::put_back(way.actor, kept));
    };
    let give_up = Callback::new(move |()| {
        if let Some(kept) = kept.try_get_value() {
            outbox.drop_hand_in(kept);
        }
    });
    view! {
        {match is_waiting {
            true => view! { <Waits /> }.into_any(),
            false => view! { <Notice tone=Tone::Stop>{refusal}</Notice> }.into_any(),
        }}
        {(!text.is_empty()).then(|| view! { <p class="own-words">{text}</p> })}
        {(count > 0).then(|| view! {
            <p class="muted small num">{move || t_string!(i18n, learning.assignment_kept_photos, count = count)}</p>
        })}
        <div class="row">
            {(is_waiting || may_hand_in).then(|| view! {
                <Button is_busy=outbox.is_busy() on_press=write_on>{t!(i18n, learning.assignment_write_on)}</Button>
            })}
            {(!is_waiting).then(|| view! { <GiveUp give_up /> })}
        </div>
    }
}

/// Gives it up, once its learner has said so again: nobody else has it.
#[component]
fn GiveUp(give_up: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_asking = RwSignal::new(false);
    view! {
        <Button look=Look::Danger on_press=move |()| is_asking.set(true)>{t!(i18n, learning.assignment_drop)}</Button>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, learning.assignment_drop_ask))
            text=words(|locale| td_string!(locale, learning.assignment_drop_about))
            confirm=words(|locale| td_string!(locale, learning.assignment_drop))
            on_confirm=give_up
        />
    }
}

#[component]
fn Waits() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div role="status">
            <Tag tone=Tone::Wait>
                <Icon symbol=Symbol::Clock />
                {t!(i18n, learning.assignment_waits)}
            </Tag>
        </div>
        <p class="muted small">{t!(i18n, learning.assignment_waits_about)}</p>
    }
}
