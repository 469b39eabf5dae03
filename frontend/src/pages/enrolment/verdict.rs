//! Whether somebody may enrol, said while the form is filled in: by the rules here at once, then by the
//! server, which also knows who is enrolled elsewhere.

use super::{draft::Draft, words::refusal_text};
use crate::{
    i18n::{t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        timing::sleep,
    },
    ui::{Notice, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    enrolment::{Enrolment, EnrolmentRefusal, EnrolmentRule, EnrolmentVerdict},
    problem::Refusal,
};
use std::time::Duration;

/// How long nothing must have changed before the server is asked.
const QUIET: Duration = Duration::from_millis(500);

/// What is known so far.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    /// Something is missing.
    TooLittle,
    /// The rules say no.
    No(EnrolmentRefusal),
    /// The server is being asked.
    Asking,
    /// It says yes; the age is in completed years.
    Yes(Option<i16>),
    /// It says no, in one sentence.
    Refused(String),
    /// It could not be asked; whether the rules here say yes.
    Unasked(ApiError),
}

/// The sentence below the form.
#[component]
pub(super) fn Verdict(
    draft: Draft,
    rules: LocalResource<Outcome<Vec<EnrolmentRule>>>,
    /// The server's answer to what stands in the form.
    answer: RwSignal<Option<Outcome<EnrolmentVerdict>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let judged = Memo::new(move |_| draft.judged(&rules.get()?.ok()?));
    let round = StoredValue::new(0_u32);
    let ask = move |may_ask: &bool, _: Option<&bool>, _: Option<()>| {
        round.update_value(|round| *round += 1);
        answer.set(None);
        if !may_ask {
            return;
        }
        let asked_in = round.get_value();
        spawn_local(async move {
            sleep(QUIET).await;
            // The page may be gone, or the form may have changed.
            if round.try_get_value() != Some(asked_in) {
                return;
            }
            let Some(stated) = untrack(|| draft.stated()) else { return };
            let outcome = client::post(actor, "/enrolments/check", &stated).await;
            if round.try_get_value() == Some(asked_in) {
                answer.set(Some(outcome));
            }
        });
    };
    Effect::watch(move || may_ask(draft, judged.get()), ask, true);
    let said = Memo::new(move |_| said(draft, judged.get(), answer.get()));
    let sentence = move || match said.get() {
        Said::TooLittle => (Tone::Plain, t_string!(i18n, enrolment.verdict_missing).to_owned()),
        Said::No(refusal) => (Tone::Stop, refusal_text(i18n.get_locale(), &refusal)),
        Said::Asking => (Tone::Plain, t_string!(i18n, enrolment.verdict_asking).to_owned()),
        Said::Yes(Some(age)) => (Tone::Ok, t_string!(i18n, enrolment.verdict_yes_age, age = age)),
        Said::Yes(None) => (Tone::Ok, t_string!(i18n, enrolment.verdict_yes).to_owned()),
        Said::Refused(sentence) => (Tone::Stop, sentence),
        Said::Unasked(ApiError::Problem(problem)) => (Tone::Stop, problem.detail),
        Said::Unasked(_) => (Tone::Wait, t_string!(i18n, enrolment.verdict_unasked).to_owned()),
    };
    view! {
        <div class="verdict-line" role="status">
            {move || {
                let (tone, sentence) = sentence();
                view! { <Notice tone>{sentence}</Notice> }
            }}
        </div>
    }
}

/// Whether the server has answered that another place keeps the person.
pub(super) fn is_kept_elsewhere(answer: Option<&Outcome<EnrolmentVerdict>>) -> bool {
    let Some(Ok(EnrolmentVerdict { refusal: Some(refusal), .. })) = answer else { return false };
    refusal.key == EnrolmentRefusal::KeptElsewhere.message_key()
}

/// Whether everything is there that the server wants to know. Reads every field, so that each change is
/// a question of its own.
fn may_ask(draft: Draft, judged: Option<Result<Enrolment, EnrolmentRefusal>>) -> bool {
    let is_whole = draft.wrong().is_empty() && draft.stated().is_some();
    is_whole && !matches!(judged, Some(Err(_)))
}

fn said(
    draft: Draft,
    judged: Option<Result<Enrolment, EnrolmentRefusal>>,
    answer: Option<Outcome<EnrolmentVerdict>>,
) -> Said {
    if let Some(Err(refusal)) = judged {
        return Said::No(refusal);
    }
    if !draft.wrong().is_empty() {
        return Said::TooLittle;
    }
    match answer {
        None => Said::Asking,
        Some(Ok(EnrolmentVerdict { refusal: Some(refusal), .. })) => Said::Refused(refusal.detail),
        Some(Ok(EnrolmentVerdict { age, .. })) => Said::Yes(age),
        Some(Err(failure)) => Said::Unasked(failure),
    }
}
