//! The files that go along with an assignment. They are sent as they are chosen: without a network none can be.

use super::{draft::Draft, photos::LeaveOut, way::Way};
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::{
        hand_ins::{FileFrom, FileToSave, file_name},
        people::checked::GroupError,
    },
    platform::{deed::Deed, file},
    ui::{DeedFailure, Icon, Notice, Symbol, Toasts, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ActivityId,
    learning::{HandInFile, MAX_HAND_IN_FILE_BYTES},
};
use web_sys::HtmlInputElement;

/// What can be chosen.
const FILES: &str = ".pdf,.docx,.xlsx,.pptx";

/// The files, and the way to choose another.
#[component]
pub(super) fn Files(
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
    let count = move || draft.files.with(Vec::len);
    let in_order = move || draft.files.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <p class="muted small num">{move || t_string!(i18n, learning.assignment_files, count = count(), max = most)}</p>
        <ul class="stack">
            <For
                each=in_order
                key={|numbered: &(usize, HandInFile)| *numbered}
                let:numbered
            >
                <Chosen file={numbered.1} number={numbered.0 + 1} draft />
            </For>
        </ul>
        <Show when=move || count() < usize::from(most)>
            <AddFile id sending draft way />
        </Show>
        <GroupError text=error />
    }
}

/// A file that goes along, and the way to leave it out.
#[component]
fn Chosen(file: HandInFile, number: usize, draft: Draft) -> impl IntoView {
    let leave_out = Callback::new(move |()| draft.files.update(|files| files.retain(|other| *other != file)));
    view! {
        <li class="row spread">
            <FileToSave file number from=FileFrom::Own />
            <LeaveOut name=file_name(file, number) leave_out />
        </li>
    }
}

/// Chooses a file, and sends it.
#[component]
fn AddFile(id: ActivityId, sending: Deed, draft: Draft, way: Way) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let is_large = RwSignal::new(false);
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<HtmlInputElement>(&event);
        let Some(chosen) = file::chosen(&input) else { return };
        sending.forget_failure();
        is_large.set(chosen.size() > MAX_HAND_IN_FILE_BYTES as f64);
        if !is_large.get_untracked() {
            sending.run(way.add_file(id, chosen), move |file: HandInFile| {
                draft.files.update(|files| files.push(file));
                toasts.done(t_string!(i18n, learning.assignment_file_added));
            });
        }
        // The same file can be chosen again after a refusal.
        input.set_value("");
    };
    // It keeps the focus, as a button does.
    let hold = move |event: leptos::ev::MouseEvent| {
        if sending.is_busy().get_untracked() {
            event.prevent_default();
        }
    };
    let said = sending.field("/file");
    let wrong = move || match is_large.get() {
        true => t_string!(i18n, learning.assignment_file_too_large).to_owned(),
        false => said.get(),
    };
    view! {
        <label class="button file-button">
            <Icon symbol=Symbol::Form />
            <span>{t!(i18n, learning.assignment_file_choose)}</span>
            <input
                type="file"
                accept=FILES
                aria-disabled=move || sending.is_busy().get().then_some("true")
                on:click=hold
                on:change=choose
            />
        </label>
        <div role="alert">
            {move || Some(wrong()).filter(|wrong| !wrong.is_empty()).map(|wrong| view! { <Notice tone=Tone::Stop>{wrong}</Notice> })}
        </div>
        <DeedFailure deed=sending />
    }
}
