//! What is handed in: a text, photos, or both, as the assignment takes them.

use super::{
    Task,
    draft::Draft,
    files::Files,
    photos::Photos,
    way::{HandedOver, Way},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        learning::{offline::KeptHandIn, unit::reading::Reading},
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{client::idempotency_key, deed::Deed},
    ui::{Look, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::ActivityId,
    learning::{HandInReceipt, HandInView, MAX_HAND_IN_CHARS, OwnAssignment},
    problem::FieldError,
};

/// The form. It is drawn anew when something has been handed in.
#[component]
pub(super) fn HandInForm(
    /// The opened unit.
    reading: Reading,
    /// The assignment.
    task: Task,
    /// How it comes to the server.
    way: Way,
    /// What was returned, to be corrected.
    before: Option<HandInView>,
    /// Takes what is handed in by then.
    taken: Callback<OwnAssignment>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let Task { id, title, takes, .. } = task;
    let (draft, photo, file) = (Draft::kept(way.actor, id, before), Deed::new(), Deed::new());
    let checked = Checked::new(move || {
        let mut wrong = draft.judged().check(takes).err().unwrap_or_default();
        if photo.is_busy().get() {
            wrong.push(FieldError::new("/photos", "still-sending"));
        }
        if file.is_busy().get() {
            wrong.push(FieldError::new("/files", "still-sending"));
        }
        wrong
    });
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let kept = KeptHandIn {
            activity_id: id,
            unit_id: reading.unit(),
            title: title.clone(),
            work: draft.hand_in(reading.version()),
            unsent: draft.unsent.get_untracked(),
            key: key.get_value(),
            refusal: String::new(),
        };
        checked.deed.run(way.hand_in(kept), move |handed_over| match handed_over {
            HandedOver::Taken(receipt) => {
                let HandInReceipt { assignment, progress } = *receipt;
                reading.take(progress);
                toasts.done(t_string!(i18n, learning.assignment_sent));
                taken.run(assignment);
            }
            HandedOver::Kept => {
                toasts.done(t_string!(i18n, learning.assignment_kept));
                way.outbox.begin_to_send();
            }
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(
        move || {
            draft.text.track();
            draft.photos.track();
            draft.unsent.track();
            draft.files.track();
        },
        move |_, _, _| key.set_value(idempotency_key()),
        false,
    );
    view! {
        <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, learning.assignment_hand_in)) send>
            {takes.may_write.then(|| view! { <WorkText id text=draft.text error=checked.error("/text") /> })}
            {(takes.photos > 0).then(|| view! {
                <Photos id sending=photo draft way most=takes.photos error=checked.error("/photos") />
            })}
            {(takes.files > 0).then(|| view! {
                <Files id sending=file draft way most=takes.files error=checked.error("/files") />
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
