//! A closed paper: one person says why they have to see it, another opens it for both, and after a while it is closed again.

use super::paper_card::{Step, StepWords};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::reasoned::{EndWithReason, EndWords},
    platform::{actor::Actor, when::date_time},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::{AccountId, PaperId},
    papers::{PaperOpeningView, PaperView},
};

/// What is said of proposing to open a paper.
const PROPOSE: EndWords = EndWords {
    name: |locale| td_string!(locale, papers.propose_opening),
    about: |locale| td_string!(locale, papers.propose_opening_about),
    done: |locale| td_string!(locale, papers.opening_proposed_toast),
};

/// What is said of opening it.
const OPEN: StepWords = StepWords {
    name: |locale| td_string!(locale, papers.open_paper),
    ask: |locale| td_string!(locale, papers.open_paper_ask),
    about: |locale| td_string!(locale, papers.open_paper_about),
    done: |locale| td_string!(locale, papers.opened_toast),
};

/// Whether the reader sees what a paper asks.
pub(super) fn is_seen_by(paper: &PaperView, reader: Option<AccountId>) -> bool {
    let is_of_the_two = |opening: &PaperOpeningView| {
        opening.opened_by.is_some() && [Some(opening.proposed_by), opening.opened_by].contains(&reader)
    };
    !paper.is_closed || paper.opening.as_ref().is_some_and(is_of_the_two)
}

/// How a closed paper is opened.
#[component]
pub(super) fn Opening(
    /// The paper.
    paper_id: PaperId,
    /// What was proposed, and waits or lasts.
    opening: Option<PaperOpeningView>,
    /// Happens after a step.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let path = format!("/papers/{paper_id}");
    match opening {
        None => view! {
            <Notice tone=Tone::Wait><p>{t!(i18n, papers.closed_notice)}</p></Notice>
            <div class="row">
                <EndWithReason path=format!("{path}/propose_opening") says=PROPOSE reload />
            </div>
        }
        .into_any(),
        Some(opening) if opening.opened_by.is_some() => view! { <Lasts opening /> }.into_any(),
        Some(opening) => view! { <Waits opening path=format!("{path}/open") reload /> }.into_any(),
    }
}

/// It was opened: by whom, for what, and until when.
#[component]
fn Lasts(opening: PaperOpeningView) -> impl IntoView {
    let i18n = use_i18n();
    let said = move || {
        let locale = i18n.get_locale();
        let PaperOpeningView { proposed_by_name, opened_by_name, reason, ends_at, .. } = opening.clone();
        let until = date_time(locale, ends_at);
        td_string!(
            locale,
            papers.opening_lasts,
            proposer = proposed_by_name,
            opener = opened_by_name,
            until = until,
            reason = reason
        )
    };
    view! { <Notice tone=Tone::Wait><p>{said}</p></Notice> }
}

/// It waits for a second person, who may be the reader.
#[component]
fn Waits(opening: PaperOpeningView, path: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_own = expect_context::<Actor>().kept_account() == Some(opening.proposed_by);
    let said = move || {
        let locale = i18n.get_locale();
        let PaperOpeningView { proposed_by_name, reason, ends_at, .. } = opening.clone();
        let until = date_time(locale, ends_at);
        if is_own {
            td_string!(locale, papers.opening_own, until = until)
        } else {
            td_string!(locale, papers.opening_asked, name = proposed_by_name, until = until, reason = reason)
        }
    };
    view! {
        <Notice tone=Tone::Wait><p>{said}</p></Notice>
        {(!is_own).then(|| view! { <div class="row"><Step path says=OPEN reload /></div> })}
    }
}
