//! One uploaded list: its columns are confirmed, its rows are read, and what came of it is told.

use super::{
    columns::Columns,
    faults::Faults,
    progress::{Import, Progress, UnderWay},
    words::basis_name,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{not_found::NotFoundPage, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, ButtonLink, Card, DeedFailure, Look, Notice, PageHeading, Stepper, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::RosterBatchId,
    roster::{BatchState, BatchView, ImportReport},
};

lazy_page! {
    /// The page.
    RosterListPage = List in school;
}

#[component]
fn List() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<RosterBatchId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneList id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneList(id: RosterBatchId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let batch = LocalResource::new(move || fetch(actor, id));
    let import = Import::new(actor, id, Callback::new(move |()| batch.refetch()));
    let content = move |batch: BatchView| match batch.state {
        BatchState::Uploaded => view! { <Columns id import /> }.into_any(),
        BatchState::Importing => view! { <UnderWay batch import /> }.into_any(),
        BatchState::Imported => view! { <Report report=batch.report /><Faults batch /> }.into_any(),
    };
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/roster/lists">{t!(i18n, roster.lists_title)}</A></p>
            <AsyncView resource=batch let:batch>
                <Head batch=batch.clone() import />
                {move || match import.progress.get().filter(|_| batch.state != BatchState::Imported) {
                    Some(shown) => view! { <Card><Progress shown /></Card> }.into_any(),
                    None => content(batch.clone()),
                }}
            </AsyncView>
            <DeedFailure deed=import.deed />
        </main>
    }
}

async fn fetch(actor: Actor, id: RosterBatchId) -> Outcome<BatchView> {
    client::get(actor, &format!("/roster/batches/{id}")).await
}

/// The name of the file, and how far it has come.
#[component]
fn Head(batch: BatchView, import: Import) -> impl IntoView {
    let i18n = use_i18n();
    let steps = Signal::derive(move || {
        let locale = i18n.get_locale();
        let steps = [
            td_string!(locale, roster.step_upload),
            td_string!(locale, roster.step_columns),
            td_string!(locale, roster.step_import),
        ];
        steps.map(str::to_owned).to_vec()
    });
    let state = batch.state;
    let current = Signal::derive(move || match state {
        BatchState::Uploaded if import.progress.with(Option::is_none) => 1,
        BatchState::Uploaded | BatchState::Importing => 2,
        BatchState::Imported => 3,
    });
    let uploaded_at = move || when::date_time(i18n.get_locale(), batch.uploaded_at);
    view! {
        <PageHeading text=Signal::stored(batch.file_name) />
        <p class="muted">{move || t_string!(i18n, roster.uploaded_then, at = uploaded_at())}</p>
        {(state != BatchState::Uploaded).then(|| view! {
            <p class="muted">
                {t!(i18n, roster.legal_basis)} " · " {move || basis_name(i18n.get_locale(), batch.legal_basis)}
            </p>
        })}
        <Stepper steps current />
    }
}

/// What the import has brought.
#[component]
fn Report(report: ImportReport) -> impl IntoView {
    let i18n = use_i18n();
    let not_taken = report.faulty + report.kept_elsewhere;
    let figure = |words: Signal<String>, count: u32| {
        view! { <div><dt>{move || words.get()}</dt><dd class="num">{count}</dd></div> }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, roster.outcome))>
            <dl class="facts">
                {figure(words(|locale| td_string!(locale, roster.added)), report.added)}
                {figure(words(|locale| td_string!(locale, roster.already_there)), report.already_there)}
                {figure(words(|locale| td_string!(locale, roster.kept_elsewhere)), report.kept_elsewhere)}
                {figure(words(|locale| td_string!(locale, roster.faulty)), report.faulty)}
            </dl>
            {if not_taken == 0 {
                view! { <Notice tone=Tone::Ok>{t!(i18n, roster.all_taken)}</Notice> }.into_any()
            } else {
                view! { <Notice tone=Tone::Wait>{t!(i18n, roster.some_not_taken, count = not_taken)}</Notice> }.into_any()
            }}
            <div class="row">
                <ButtonLink href="/roster" look=if not_taken == 0 { Look::Primary } else { Look::Plain }>
                    {t!(i18n, roster.to_roster)}
                </ButtonLink>
            </div>
        </Card>
    }
}
