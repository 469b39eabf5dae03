//! The form by which a learner applies.

use super::super::accommodation_words::share_name;
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm, GroupError},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client, creation::CreationKey},
    ui::{Button, Choices, Dialog, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::sittings::{AccommodationView, EXTRA_PCT, ExamNeeds, NewAccommodation};

/// The button that opens the form.
#[component]
pub(super) fn Apply(
    /// Fetches all applications again.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <div class="row">
            <Button on_press=move |()| is_open.set(true)>{t!(i18n, sittings.accommodation_apply)}</Button>
        </div>
        <Dialog is_open title=words(|locale| td_string!(locale, sittings.accommodation_apply))>
            <ApplyForm is_open again />
        </Dialog>
    }
}

#[component]
fn ApplyForm(is_open: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (reason, key) = (RwSignal::new(String::new()), CreationKey::new());
    let share = RwSignal::new(EXTRA_PCT[0].to_string());
    let [room, print, seat] = [(); 3].map(|()| RwSignal::new(false));
    let wanted = move || {
        let needs = ExamNeeds {
            extra_pct: share.with(|share| share.parse().unwrap_or_default()),
            needs_separate_room: room.get(),
            needs_large_print: print.get(),
            needs_accessible: seat.get(),
        };
        NewAccommodation { needs, reason: reason.get() }
    };
    let checked = Checked::new(move || wanted().checked().err().unwrap_or_default());
    let send = Callback::new(move |()| {
        let body = untrack(wanted);
        let said = td_string!(i18n.get_locale_untracked(), sittings.accommodation_sent);
        let applying =
            key.create(move |key| async move { client::create(actor, "/me/accommodations", &key, &body).await });
        checked.deed.run(applying, move |_: Vec<AccommodationView>| {
            is_open.set(false);
            toasts.done(said);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    });
    let shares = move || {
        let share = |pct: u8| (pct.to_string(), share_name(i18n.get_locale(), pct));
        EXTRA_PCT.map(share).to_vec()
    };
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, sittings.accommodation_send)) send>
            <Choices
                legend=words(|locale| td_string!(locale, sittings.need_extra))
                value=share
                options=Signal::derive(shares)
                on_choose=move |chosen| share.set(chosen)
            />
            <fieldset class="stack">
                <legend>{t!(i18n, sittings.need_others)}</legend>
                <Need is_needed=room name=words(|locale| td_string!(locale, sittings.need_separate_room)) />
                <Need is_needed=print name=words(|locale| td_string!(locale, sittings.need_large_print)) />
                <Need is_needed=seat name=words(|locale| td_string!(locale, sittings.need_accessible)) />
            </fieldset>
            <GroupError text=checked.error("/needs") />
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

/// One thing that may be needed.
#[component]
fn Need(is_needed: RwSignal<bool>, name: Signal<String>) -> impl IntoView {
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=is_needed
                on:change:target=move |event| is_needed.set(event.target().checked())
            />
            <span>{move || name.get()}</span>
        </label>
    }
}
