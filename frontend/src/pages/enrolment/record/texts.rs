//! What was sent to the learner by text, and what became of it.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::when,
    ui::{Button, Look, Tag, Tone},
};
use leptos::prelude::*;
use shared::messages::{MessageFailure, MessageKind, MessageState, MessageView};

/// The last messages; nothing if there were none.
#[component]
pub(super) fn Texts(messages: Vec<MessageView>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let waits = messages.iter().any(|message| is_under_way(message.state));
    (!messages.is_empty()).then(|| {
        view! {
            <h3>{t!(i18n, enrolment.texts)}</h3>
            <ul class="rows" aria-label=move || t_string!(i18n, enrolment.texts)>
                {messages.into_iter().map(|message| view! { <Line message /> }).collect_view()}
            </ul>
            {waits.then(|| view! {
                <div class="row">
                    <Button look=Look::Quiet on_press=move |()| reload.run(())>
                        {t!(i18n, enrolment.text_look_again)}
                    </Button>
                </div>
            })}
        }
    })
}

#[component]
fn Line(message: MessageView) -> impl IntoView {
    let i18n = use_i18n();
    let MessageView { kind, phone_masked, state, failure, asked_by_name, created_at, sent_at, .. } = message;
    let at = sent_at.unwrap_or(created_at);
    view! {
        <li>
            <div>
                <b>{move || kind_name(i18n.get_locale(), kind)}</b>
                {failure.map(|failure| view! { <p>{move || failure_name(i18n.get_locale(), failure)}</p> })}
                <p class="muted small">
                    <span class="num">{phone_masked}</span>
                    " "
                    {asked_by_name}
                    " "
                    <span class="num">{move || when::date_time(i18n.get_locale(), at)}</span>
                </p>
            </div>
            <Tag tone=tone_of(state)>{move || state_name(i18n.get_locale(), state)}</Tag>
        </li>
    }
}

const fn is_under_way(state: MessageState) -> bool {
    matches!(state, MessageState::Queued | MessageState::Sending)
}

/// What a message is about.
fn kind_name(locale: Locale, kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::ActivationCode => td_string!(locale, enrolment.text_kind_activation_code),
        MessageKind::MeetingMoved => td_string!(locale, enrolment.text_kind_meeting_moved),
        MessageKind::MeetingCancelled => td_string!(locale, enrolment.text_kind_meeting_cancelled),
        MessageKind::StudyReminder => td_string!(locale, enrolment.text_kind_study_reminder),
        MessageKind::StudyHelp => td_string!(locale, enrolment.text_kind_study_help),
        MessageKind::ExamPostponed => td_string!(locale, enrolment.text_kind_exam_postponed),
        MessageKind::ExamCancelled => td_string!(locale, enrolment.text_kind_exam_cancelled),
        MessageKind::ExamReseated => td_string!(locale, enrolment.text_kind_exam_reseated),
        MessageKind::ExamRefused => td_string!(locale, enrolment.text_kind_exam_refused),
        MessageKind::RecheckAnswered => td_string!(locale, enrolment.text_kind_recheck_answered),
        MessageKind::DiplomaIssued => td_string!(locale, enrolment.text_kind_diploma_issued),
    }
}

/// Where a message stands.
fn state_name(locale: Locale, state: MessageState) -> &'static str {
    match state {
        MessageState::Queued => td_string!(locale, enrolment.text_state_queued),
        MessageState::Sending => td_string!(locale, enrolment.text_state_sending),
        MessageState::Sent => td_string!(locale, enrolment.text_state_sent),
        MessageState::Failed => td_string!(locale, enrolment.text_state_failed),
        MessageState::Expired => td_string!(locale, enrolment.text_state_expired),
    }
}

const fn tone_of(state: MessageState) -> Tone {
    match state {
        MessageState::Queued | MessageState::Sending => Tone::Wait,
        MessageState::Sent => Tone::Ok,
        MessageState::Failed => Tone::Stop,
        MessageState::Expired => Tone::Plain,
    }
}

/// Why a message was not sent, or not yet.
fn failure_name(locale: Locale, failure: MessageFailure) -> &'static str {
    match failure {
        MessageFailure::Unreachable => td_string!(locale, enrolment.text_failure_unreachable),
        MessageFailure::Refused => td_string!(locale, enrolment.text_failure_refused),
        MessageFailure::NotOffered => td_string!(locale, enrolment.text_failure_not_offered),
        MessageFailure::PhoneLimit => td_string!(locale, enrolment.text_failure_phone_limit),
        MessageFailure::SenderLimit => td_string!(locale, enrolment.text_failure_sender_limit),
    }
}
