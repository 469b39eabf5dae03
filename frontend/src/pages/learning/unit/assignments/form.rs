//! What is handed in: a text, photos, or both, as the assignment takes them.

use super::{draft::Draft, photo::OwnPhoto};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        learning::unit::reading::Reading,
        organisation::words::words,
        people::checked::{Checked, CheckedForm, GroupError},
        photos::TakePhoto,
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, Look, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::{ActivityId, AssignmentPhotoId},
    learning::{AssignmentPhotoView, HandInReceipt, HandInView, MAX_HAND_IN_CHARS, NewHandIn, OwnAssignment, Takes},
    problem::FieldError,
};

/// The form. It is drawn anew when something has been handed in.
#[component]
pub(super) fn HandInForm(
    /// The opened unit.
    reading: Reading,
    /// The assignment.
    id: ActivityId,
    /// What may be handed in.
    takes: Takes,
    /// What was returned, to be corrected.
    before: Option<HandInView>,
    /// Takes what is handed in by then.
    taken: Callback<OwnAssignment>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (draft, photo) = (Draft::kept(actor, id, before), Deed::new());
    let checked = Checked::new(move || {
        let given = NewHandIn { text: draft.text.get(), photos: draft.photos.get(), version: None };
        let mut wrong = given.check(takes).err().unwrap_or_default();
        if photo.is_busy().get() {
            wrong.push(FieldError::new("/photos", "still-sending"));
        }
        wrong
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let (given, key) = (draft.hand_in(reading.version()), key.get_value());
        let path = format!("/me/assignments/{id}/hand_ins");
        let sending = async move { client::create(actor, &path, &key, &given).await };
        checked.deed.run(sending, move |receipt: HandInReceipt| {
            draft.forget();
            reading.take(receipt.progress);
            toasts.done(t_string!(i18n, learning.assignment_sent));
            taken.run(receipt.assignment);
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(
        move || {
            draft.text.track();
            draft.photos.track();
        },
        move |_, _, _| key.set_value(idempotency_key()),
        false,
    );
    view! {
        <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, learning.assignment_hand_in)) send>
            {takes.may_write.then(|| view! { <WorkText id text=draft.text error=checked.error("/text") /> })}
            {(takes.photos > 0).then(|| view! {
                <Photos id sending=photo photos=draft.photos most=takes.photos error=checked.error("/photos") />
            })}
        </CheckedForm>
    }
}

/// The text. What an input method is still composing is no text yet.
#[component]
fn WorkText(id: ActivityId, text: RwSignal<String>, error: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let is_composing = StoredValue::new(false);
    let area = format!("hand-in-{id}");
    let (hint_id, error_id) = (format!("{area}-hint"), format!("{area}-error"));
    let is_wrong = Memo::new(move |_| error.with(|error| !error.is_empty()));
    let described_by = {
        let (hint, both) = (hint_id.clone(), format!("{hint_id} {error_id}"));
        move || if is_wrong.get() { both.clone() } else { hint.clone() }
    };
    view! {
        <div class="field">
            <label for=area.clone()>{t!(i18n, learning.assignment_text)}</label>
            <p class="hint" id=hint_id>{move || t_string!(i18n, learning.assignment_text_hint, max = MAX_HAND_IN_CHARS)}</p>
            <textarea
                id=area
                rows="8"
                prop:value=text
                on:compositionstart=move |_| is_composing.set_value(true)
                on:compositionend:target=move |event| {
                    is_composing.set_value(false);
                    text.set(event.target().value());
                }
                on:input:target=move |event| {
                    if !is_composing.get_value() {
                        text.set(event.target().value());
                    }
                }
                aria-invalid=move || is_wrong.get().then_some("true")
                aria-describedby=described_by
            ></textarea>
            <Show when=move || is_wrong.get()>
                <p class="error" id=error_id.clone()>{move || error.get()}</p>
            </Show>
        </div>
    }
}

/// The photos that go along, and the way to take another.
#[component]
fn Photos(
    id: ActivityId,
    /// Sends the next one.
    sending: Deed,
    photos: RwSignal<Vec<AssignmentPhotoId>>,
    most: u8,
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = move || photos.with(Vec::len);
    let in_order = move || photos.get().into_iter().enumerate().collect::<Vec<_>>();
    let name = words(|locale| td_string!(locale, learning.assignment_photo));
    let added = Callback::new(move |photo: AssignmentPhotoView| photos.update(|photos| photos.push(photo.id)));
    view! {
        <p class="muted small num">{move || t_string!(i18n, learning.assignment_photos, count = count(), max = most)}</p>
        <ul class="stack">
            <For
                each=in_order
                key={|numbered: &(usize, AssignmentPhotoId)| *numbered}
                let:numbered
            >
                <Chosen photo={numbered.1} number={numbered.0 + 1} photos />
            </For>
        </ul>
        <Show when=move || count() < usize::from(most)>
            <TakePhoto path=format!("/me/assignments/{id}/photos") deed=sending name added />
        </Show>
        <GroupError text=error />
    }
}

/// A photo that goes along, and the way to leave it out.
#[component]
fn Chosen(photo: AssignmentPhotoId, number: usize, photos: RwSignal<Vec<AssignmentPhotoId>>) -> impl IntoView {
    let i18n = use_i18n();
    let leave_out = move |()| photos.update(|photos| photos.retain(|other| *other != photo));
    view! {
        <li class="row spread">
            <OwnPhoto id=photo number />
            <Button look=Look::Quiet on_press=leave_out>
                {t!(i18n, learning.assignment_photo_remove)}
                <span class="visually-hidden">
                    " " {move || t_string!(i18n, learning.assignment_photo_nth, number = number)}
                </span>
            </Button>
        </li>
    }
}
