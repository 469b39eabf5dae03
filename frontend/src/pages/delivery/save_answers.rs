//! The last resort: what only this device has becomes a file that the server alone can open (ADR 39).

use super::paper::from_base64url;
use crate::{
    i18n::{t, use_i18n},
    platform::{crypto, file},
    ui::Button,
};
use leptos::{prelude::*, task::spawn_local};
use shared::delivery::{ANSWER_FILE_KEY, AnswerFile, JournalEntry, SittingView};

/// Offers to save a file of answers, and then says its check code.
#[component]
pub(super) fn SaveAnswers(
    /// The sitting.
    #[prop(into)]
    view: Signal<Option<SittingView>>,
    /// What only this device has.
    entries: Callback<(), Vec<JournalEntry>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (saved, is_busy) = (RwSignal::new(None::<Option<String>>), RwSignal::new(false));
    let can_save = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|v| v.answer_file_key.is_some())));
    let save = move |()| {
        is_busy.set(true);
        saved.set(None);
        let (known, entries) = (view.get_untracked(), entries.run(()));
        spawn_local(async move {
            let code = match known {
                Some(known) => save(&known, &entries).await,
                None => None,
            };
            saved.try_set(Some(code));
            is_busy.try_set(false);
        });
    };
    let words = move || {
        saved.get().map(|code| match code {
            Some(code) => view! { <p class="notice ok">{t!(i18n, delivery.file_saved, code = code)}</p> }.into_any(),
            None => view! { <p class="notice stop">{t!(i18n, delivery.file_not_saved)}</p> }.into_any(),
        })
    };
    view! {
        <Show when=move || can_save.get()>
            <div class="stack no-print">
                <p>{t!(i18n, delivery.file_save_lead)}</p>
                <div class="row"><Button is_busy on_press=save>{t!(i18n, delivery.file_save)}</Button></div>
                <div role="status">{words}</div>
            </div>
        </Show>
    }
}

/// Seals the entries and hands them to the browser as a file; its check code.
async fn save(view: &SittingView, entries: &[JournalEntry]) -> Option<String> {
    let key = from_base64url(view.answer_file_key.as_ref()?)?;
    let (belongs_to, plain) = (AnswerFile::belongs_to(view.id), serde_json::to_vec(entries).ok()?);
    let letter = crypto::seal_for(&key, ANSWER_FILE_KEY, &belongs_to, &plain).await?;
    let answers = AnswerFile { sitting_id: view.id, sender: letter.sender, sealed: letter.sealed };
    let code = answers.code();
    file::save(&format!("answers-{}-{code}.txt", view.ticket_number), "text/plain", &answers.text());
    Some(code)
}
