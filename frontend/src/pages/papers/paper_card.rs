//! One paper of a list: what is known of it, and its next steps.

use super::{
    key::PaperKey,
    opening::{Opening, is_seen_by},
    prints::Prints,
    tools::{ToolsFact, ToolsForm},
};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        reasoned::{EndWithReason, EndWords},
    },
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, ButtonLink, ConfirmDialog, DeedFailure, Look, Notice, Tag, Toasts, Tone},
};
use leptos::prelude::*;
use shared::papers::{PaperState, PaperView};

/// What is said of discarding a paper.
const DISCARD: EndWords = EndWords {
    name: |locale| td_string!(locale, papers.discard),
    about: |locale| td_string!(locale, papers.discard_about),
    done: |locale| td_string!(locale, papers.discarded_toast),
};

/// What is said of sending back what was proposed.
const SEND_BACK: EndWords = EndWords {
    name: |locale| td_string!(locale, papers.send_back),
    about: |locale| td_string!(locale, papers.send_back_about),
    done: |locale| td_string!(locale, papers.sent_back_toast),
};

/// What is said of proposing to seal a paper.
const PROPOSE: StepWords = StepWords {
    name: |locale| td_string!(locale, papers.propose_seal),
    ask: |locale| td_string!(locale, papers.propose_seal_ask),
    about: |locale| td_string!(locale, papers.propose_seal_about),
    done: |locale| td_string!(locale, papers.proposed_toast),
};

/// What is said of sealing it.
const SEAL: StepWords = StepWords {
    name: |locale| td_string!(locale, papers.seal),
    ask: |locale| td_string!(locale, papers.seal_ask),
    about: |locale| td_string!(locale, papers.seal_about),
    done: |locale| td_string!(locale, papers.sealed_toast),
};

/// What is said of a step that one is asked about once more.
#[derive(Clone, Copy)]
pub(super) struct StepWords {
    /// The step, as it stands on its button.
    pub(super) name: fn(Locale) -> &'static str,
    /// The question.
    pub(super) ask: fn(Locale) -> &'static str,
    /// What it will do.
    pub(super) about: fn(Locale) -> &'static str,
    /// That it is done.
    pub(super) done: fn(Locale) -> &'static str,
}

/// The paper.
#[component]
pub(super) fn PaperCard(
    /// What is known of it.
    paper: PaperView,
    /// Happens after a step.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let heading = format!("paper-{}", paper.id);
    let labelled_by = heading.clone();
    let (facts, title, path) = (paper.clone(), paper.title.clone(), format!("/papers/{}", paper.id));
    let is_kept = paper.state != PaperState::Discarded;
    let is_printed = is_kept && is_seen_by(&paper, expect_context::<Actor>().kept_account());
    let opening = (is_kept && paper.is_closed).then(|| paper.opening.clone());
    let (paper_id, ceremony) = (paper.id, paper.key_ceremony.clone());
    let open_tools = (paper.state == PaperState::Open).then(|| paper.tools.clone());
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h2 id=heading>{paper.title.clone()}</h2>
                {match paper.state {
                    PaperState::Open => view! { <Tag>{t!(i18n, papers.unsealed)}</Tag> }.into_any(),
                    PaperState::Proposed => {
                        view! { <Tag tone=Tone::Wait>{t!(i18n, papers.proposed)}</Tag> }.into_any()
                    }
                    PaperState::Sealed => view! { <Tag tone=Tone::Ok>{t!(i18n, papers.sealed)}</Tag> }.into_any(),
                    PaperState::Discarded => view! { <Tag>{t!(i18n, papers.discarded)}</Tag> }.into_any(),
                }}
            </div>
            <Facts paper=facts />
            {opening.map(|opening| view! { <Opening paper_id opening reload /> })}
            {is_printed.then(|| view! {
                <div class="row">
                    <ButtonLink href=format!("{path}/rehearsal")>{t!(i18n, papers.rehearse)}</ButtonLink>
                </div>
                <Prints path title />
            })}
            {open_tools.map(|tools| view! { <ToolsForm id=paper_id tools reload /> })}
            {match paper.state {
                PaperState::Open | PaperState::Proposed => view! { <Steps paper reload /> }.into_any(),
                PaperState::Sealed => view! { <PaperKey paper_id ceremony reload /> }.into_any(),
                PaperState::Discarded => ().into_any(),
            }}
        </section>
    }
}

#[component]
fn Facts(paper: PaperView) -> impl IntoView {
    let i18n = use_i18n();
    let PaperView { proposed_by_name, sealed_by_name, sent_back_because, discarded_because, .. } = paper;
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, papers.items)}</dt><dd class="num">{paper.items}</dd></div>
            {(paper.trial_items > 0).then(|| view! {
                <div><dt>{t!(i18n, papers.trial_items)}</dt><dd class="num">{paper.trial_items}</dd></div>
            })}
            <div><dt>{t!(i18n, papers.points)}</dt><dd class="num">{paper.points.to_string()}</dd></div>
            <ToolsFact tools=paper.tools />
            {(!proposed_by_name.is_empty()).then(|| view! {
                <div><dt>{t!(i18n, papers.proposed_by)}</dt><dd>{proposed_by_name}</dd></div>
            })}
            {(!sealed_by_name.is_empty()).then(|| view! {
                <div><dt>{t!(i18n, papers.sealed_by)}</dt><dd>{sealed_by_name}</dd></div>
            })}
            {paper.package_sha256.map(|hash| view! {
                <div><dt>{t!(i18n, papers.hash)}</dt><dd class="num small">{hash}</dd></div>
            })}
        </dl>
        {sent_back_because.map(|reason| view! { <p>{t!(i18n, papers.sent_back_because, reason = reason)}</p> })}
        {discarded_because.map(|reason| view! { <p>{t!(i18n, papers.discarded_because, reason = reason)}</p> })}
    }
}

/// What the reader can do: nobody seals what they proposed.
#[component]
fn Steps(paper: PaperView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let reader = expect_context::<Actor>().kept_account();
    let is_proposed = paper.state == PaperState::Proposed;
    let is_own = is_proposed && paper.proposed_by == reader;
    let path = format!("/papers/{}", paper.id);
    view! {
        {is_own.then(|| view! { <Notice tone=Tone::Wait><p>{t!(i18n, papers.proposed_own)}</p></Notice> })}
        <div class="row">
            {(!is_proposed).then(|| view! { <Step path=format!("{path}/propose_seal") says=PROPOSE reload /> })}
            {(is_proposed && !is_own).then(|| view! { <Step path=format!("{path}/seal") says=SEAL reload /> })}
            {is_proposed.then(|| view! {
                <EndWithReason path=format!("{path}/send_back") says=SEND_BACK reload />
            })}
            <EndWithReason path=format!("{path}/discard") says=DISCARD reload />
        </div>
    }
}

/// The button of a step, with the dialog that asks once more.
#[component]
pub(super) fn Step(
    /// Where it is posted.
    path: String,
    /// What is said.
    says: StepWords,
    /// Happens afterwards.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let take = move |()| {
        let (path, said) = (path.clone(), (says.done)(i18n.get_locale_untracked()));
        deed.run(async move { client::post::<_, PaperView>(actor, &path, &serde_json::json!({})).await }, move |_| {
            toasts.done(said);
            reload.run(());
        });
    };
    view! {
        <DeedFailure deed />
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
            {move || (says.name)(i18n.get_locale())}
        </Button>
        <ConfirmDialog
            is_open=is_asking
            title=words(says.ask)
            text=words(says.about)
            confirm=words(says.name)
            on_confirm=take
        />
    }
}
