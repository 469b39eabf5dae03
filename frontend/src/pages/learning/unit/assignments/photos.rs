//! The photos that go along with an assignment: those that the server has, then those that this phone keeps.

use super::{
    draft::Draft,
    photo::{KeptPhoto, OwnPhoto},
    way::{Added, Way},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        learning::offline::Vault,
        organisation::words::words,
        people::checked::GroupError,
        photos::{PhotoButton, TakesPhoto},
    },
    platform::deed::Deed,
    ui::{Button, DeedFailure, Look, Notice, Toasts, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::ids::{ActivityId, AssignmentPhotoId};
use std::sync::Arc;
use web_sys::File;

/// The photos, and the way to take another.
#[component]
pub(super) fn Photos(
    /// The assignment.
    id: ActivityId,
    /// Sends the next one.
    sending: Deed,
    /// What is written.
    draft: Draft,
    /// How it comes to the server.
    way: Way,
    /// How many may go along.
    most: u8,
    /// What is wrong with them.
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sent = move || draft.photos.get().into_iter().enumerate().collect::<Vec<_>>();
    let unsent = move || {
        let before = draft.photos.with(Vec::len);
        draft.unsent.get().into_iter().enumerate().map(|(at, name)| (before + at, name)).collect::<Vec<_>>()
    };
    view! {
        <p class="muted small num">
            {move || t_string!(i18n, learning.assignment_photos, count = draft.count(), max = most)}
        </p>
        <ul class="stack">
            <For
                each=sent
                key={|numbered: &(usize, AssignmentPhotoId)| *numbered}
                let:numbered
            >
                <Chosen photo={numbered.1} number={numbered.0 + 1} draft />
            </For>
            <For
                each=unsent
                key={|numbered: &(usize, String)| numbered.clone()}
                let:numbered
            >
                <Unsent name={numbered.1} number={numbered.0 + 1} draft way />
            </For>
        </ul>
        <Show when=move || draft.count() < usize::from(most)>
            <AddPhoto id sending draft way />
        </Show>
        <GroupError text=error />
    }
}

/// Takes a photo, or chooses one. Without a network it is kept on the phone.
#[component]
fn AddPhoto(id: ActivityId, sending: Deed, draft: Draft, way: Way) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let chosen: TakesPhoto = Arc::new(move |photo: File| {
        let Some(may_send) = draft.unsent.try_with_untracked(Vec::is_empty) else { return };
        sending.run(way.add(id, photo, may_send), move |added| match added {
            Added::Sent(photo) => {
                draft.photos.update(|photos| photos.push(photo));
                toasts.done(t_string!(i18n, enrolment.photo_added));
            }
            Added::Kept(name) => {
                draft.unsent.update(|unsent| unsent.push(name));
                toasts.done(t_string!(i18n, learning.assignment_photo_kept));
            }
        });
    });
    let tried = Callback::new(move |()| sending.forget_failure());
    let said = sending.field("/photo");
    let name = words(|locale| td_string!(locale, learning.assignment_photo));
    view! {
        <PhotoButton name is_busy=sending.is_busy() is_one_by_one=true tried chosen />
        <div role="alert">
            {move || Some(said.get()).filter(|said| !said.is_empty()).map(|said| view! { <Notice tone=Tone::Stop>{said}</Notice> })}
        </div>
        <DeedFailure deed=sending />
    }
}

/// A photo that goes along, and the way to leave it out.
#[component]
fn Chosen(photo: AssignmentPhotoId, number: usize, draft: Draft) -> impl IntoView {
    let leave_out = Callback::new(move |()| draft.photos.update(|photos| photos.retain(|other| *other != photo)));
    view! {
        <li class="row spread">
            <OwnPhoto id=photo number />
            <LeaveOut name=nth(number) leave_out />
        </li>
    }
}

/// A photo that this phone keeps, and the way to leave it out: then nobody keeps it any more.
#[component]
fn Unsent(name: String, number: usize, draft: Draft, way: Way) -> impl IntoView {
    let shown = name.clone();
    let leave_out = Callback::new(move |()| {
        let left_out = name.clone();
        draft.unsent.update(|unsent| unsent.retain(|other| *other != left_out));
        spawn_local(async move {
            let dropped = async { Vault::open(way.actor).await?.drop_work_photo(&left_out).await };
            // What cannot be dropped only takes room.
            drop(dropped.await);
        });
    });
    view! {
        <li class="row spread">
            <KeptPhoto name=shown number />
            <LeaveOut name=nth(number) leave_out />
        </li>
    }
}

/// What a photo is called.
fn nth(number: usize) -> Signal<String> {
    let i18n = use_i18n();
    Signal::derive(move || t_string!(i18n, learning.assignment_photo_nth, number = number))
}

/// The way to leave something out.
#[component]
pub(super) fn LeaveOut(
    /// What it is called.
    name: Signal<String>,
    /// Leaves it out.
    leave_out: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Button look=Look::Quiet on_press=leave_out>
            {t!(i18n, learning.assignment_photo_remove)}
            <span class="visually-hidden">" " {move || name.get()}</span>
        </Button>
    }
}
