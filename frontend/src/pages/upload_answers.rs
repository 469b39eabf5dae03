//! Takes a file of answers that a device could not send, and says what became of it.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, creation::CreationKey, deed::Deed, file},
    ui::{Button, Card, DeedFailure, focus_on},
};
use leptos::{html, prelude::*};
use shared::delivery::{AnswerFileReason, AnswerFileReport, MAX_ANSWER_FILE_BYTES, RefusedEntries};

/// Why a file is not sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// None was chosen.
    Missing,
    /// It is larger than any file of answers.
    TooLarge,
}

/// The form.
#[component]
pub(in crate::pages) fn UploadAnswers(
    /// Where such files are taken.
    path: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, key) = (expect_context::<Actor>(), Deed::new(), CreationKey::new());
    let (input, wrong) = (NodeRef::<html::Input>::new(), RwSignal::new(None::<Wrong>));
    let report = RwSignal::new(None::<AnswerFileReport>);
    let said = deed.field("/file");
    let error = Memo::new(move |_| match wrong.get() {
        Some(Wrong::Missing) => t_string!(i18n, common.required).to_owned(),
        Some(Wrong::TooLarge) => t_string!(i18n, delivery.file_large).to_owned(),
        None => said.get(),
    });
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    let send = move |()| {
        report.set(None);
        let chosen = input.get_untracked().and_then(|input| file::chosen(&input));
        wrong.set(match &chosen {
            None => Some(Wrong::Missing),
            Some(chosen) if chosen.size() > MAX_ANSWER_FILE_BYTES as f64 => Some(Wrong::TooLarge),
            Some(_) => None,
        });
        let Some(chosen) = chosen.filter(|_| wrong.get_untracked().is_none()) else {
            focus_on("#answer_file");
            return;
        };
        let path = path.clone();
        let sending = key.create(move |key| async move { client::create_of_file(actor, &path, &key, chosen).await });
        deed.run(sending, move |taken: AnswerFileReport| report.set(Some(taken)));
    };
    let choose = move |_| {
        wrong.set(None);
        report.set(None);
        deed.forget_failure();
    };
    view! {
        <div class="no-print">
            <Card title=words(|locale| td_string!(locale, delivery.file_title))>
                <p class="muted">{t!(i18n, delivery.file_lead)}</p>
                <div class="field">
                    <label for="answer_file">{t!(i18n, delivery.file_field)}</label>
                    <p class="hint" id="answer_file-hint">{t!(i18n, delivery.file_hint)}</p>
                    <input
                        node_ref=input
                        id="answer_file"
                        type="file"
                        accept=".txt,text/plain"
                        aria-describedby="answer_file-hint answer_file-error"
                        aria-invalid=move || has_error.get().then_some("true")
                        on:change=choose
                    />
                    <p class="error" id="answer_file-error">{move || error.get()}</p>
                </div>
                <Show when=move || !has_error.get()><DeedFailure deed /></Show>
                <div class="row">
                    <Button is_busy=deed.is_busy() on_press=send>{t!(i18n, delivery.file_send)}</Button>
                </div>
                <div role="status">{move || report.get().map(|report| view! { <Report report /> })}</div>
            </Card>
        </div>
    }
}

/// What was taken of a file, and what was not, and why.
#[component]
fn Report(report: AnswerFileReport) -> impl IntoView {
    let i18n = use_i18n();
    let AnswerFileReport { ticket_number: ticket, code, taken, known, refused } = report;
    let line = move |RefusedEntries { reason, entries }: RefusedEntries| {
        let words = move || {
            let locale = i18n.get_locale();
            td_string!(locale, delivery.file_refused, count = entries, reason = reason_words(locale, reason))
        };
        view! { <p class="notice wait">{words}</p> }
    };
    view! {
        <p class="notice ok">
            {t!(i18n, delivery.file_report, ticket = ticket, code = code, taken = taken, known = known)}
        </p>
        {refused.into_iter().map(line).collect_view()}
    }
}

fn reason_words(locale: Locale, reason: AnswerFileReason) -> &'static str {
    match reason {
        AnswerFileReason::TimeUp => td_string!(locale, delivery.file_reason_time_up),
        AnswerFileReason::HandedIn => td_string!(locale, delivery.file_reason_handed_in),
        AnswerFileReason::UnknownEpoch => td_string!(locale, delivery.file_reason_unknown_epoch),
        AnswerFileReason::OtherContent => td_string!(locale, delivery.file_reason_other_content),
        AnswerFileReason::OtherPaper => td_string!(locale, delivery.file_reason_other_paper),
        AnswerFileReason::NotRunning => td_string!(locale, delivery.file_reason_not_running),
    }
}
