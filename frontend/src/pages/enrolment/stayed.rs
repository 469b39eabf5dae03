//! What came of a deed done to many: who it was not done for, and why.

use crate::{
    i18n::{t_string, use_i18n},
    platform::client::{ApiError, Outcome},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use shared::problem::Problem;

/// Somebody for whom it was not done.
#[derive(Clone)]
pub(in crate::pages) struct Stayed {
    name: String,
    why: String,
}

/// Notes what became of one; a refusal holds up nobody else.
///
/// # Errors
/// What would befall all others too: no network.
pub(in crate::pages) fn note(stayed: &mut Vec<Stayed>, name: String, outcome: Outcome<()>) -> Outcome<()> {
    match outcome {
        Err(ApiError::Problem(problem)) => {
            stayed.push(Stayed { name, why: reason(*problem) });
            Ok(())
        }
        outcome => outcome,
    }
}

/// What is wrong with the field, or else with the whole.
fn reason(problem: Problem) -> String {
    problem.errors.into_iter().next().map_or(problem.detail, |error| error.detail)
}

/// Who they are, and why; nothing if it was done for all.
#[component]
pub(in crate::pages) fn StayedNotice(
    /// Those for whom it was not done.
    stayed: RwSignal<Vec<Stayed>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = |Stayed { name, why }: Stayed| view! { <li><b>{name}</b> " " {why}</li> };
    move || {
        let stayed = stayed.get();
        (!stayed.is_empty()).then(|| {
            let count = stayed.len();
            view! {
                <Notice tone=Tone::Wait>
                    <p role="status">{move || t_string!(i18n, enrolment.stayed, count = count)}</p>
                    <ul>{stayed.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
    }
}
