//! The editor of one blueprint: what it asks for, what the bank has for it, and what was drawn by it.

mod drawing;
mod form;
mod frame;
mod named;
mod rows;

use super::words::{contradiction_text, contradiction_words};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        courses::CourseField,
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, Versioned, idempotency_key},
    },
    ui::{AsyncView, Card, PageHeading, Toasts},
};
use drawing::{Draw, Drawings};
use form::Form;
use frame::Frame;
use leptos::{context::Provider, prelude::*};
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use named::Named;
use rows::Rows;
use shared::{
    ids::CourseId,
    papers::{BankSummary, BlueprintView, Contradiction, contradictions},
};

lazy_page! {
    /// A new blueprint.
    NewBlueprintPage = NewBlueprint in office;
}

lazy_page! {
    /// One that is there.
    BlueprintPage = KnownBlueprint in office;
}

/// What is wrong with the blueprint as it stands on the page.
#[derive(Clone, Copy)]
struct Found(Memo<Vec<Contradiction>>);

#[component]
fn NewBlueprint() -> impl IntoView {
    let i18n = use_i18n();
    let course = RwSignal::new(String::new());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/blueprints">{t!(i18n, papers.blueprints)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, papers.blueprint_new)) />
            <CourseField id="course" label=words(|locale| td_string!(locale, papers.course)) value=course />
            {move || course.get().parse().ok().map(|course_id: CourseId| view! { <OfBank course_id /> })}
        </main>
    }
}

#[component]
fn OfBank(course_id: CourseId) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let bank = LocalResource::new(move || async move {
        client::get::<BankSummary>(actor, &format!("/blueprint_banks/{course_id}")).await
    });
    view! {
        <AsyncView resource=bank let:bank>
            <Editor form=Form::empty(course_id) bank known=None />
        </AsyncView>
    }
}

#[component]
fn KnownBlueprint() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let known = LocalResource::new(move || {
        let path = format!("/blueprints/{id}");
        async move { client::get_versioned::<BlueprintView>(actor, &path).await }
    });
    let reload = Callback::new(move |()| known.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/blueprints">{t!(i18n, papers.blueprints)}</A></p>
            <AsyncView resource=known let:known>
                <PageHeading text=known.value.draft.title.clone() />
                <Known known reload />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(known: Versioned<BlueprintView>, reload: Callback<()>) -> impl IntoView {
    let BlueprintView { id, version, draft, bank, assemblies } = known.value;
    let form = Form::of(&draft);
    let saved = (format!("/blueprints/{id}"), known.version.clone(), reload);
    view! {
        <Editor form bank known=Some(saved) />
        <Draw id version=known.version form saved=draft />
        <Drawings assemblies version />
    }
}

/// Where a blueprint is written anew, over which version, and what happens then.
type Saved = (String, String, Callback<()>);

/// The fields, the rows, and what is wrong with them.
#[component]
fn Editor(form: Form, bank: BankSummary, known: Option<Saved>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let checked = Checked::new(move || form.wrong());
    let bank = StoredValue::new(bank);
    let found = Found(Memo::new(move |_| {
        let known = bank.with_value(|bank| form.with_named(bank));
        contradictions(&form.draft().blueprint, &known)
    }));
    let key = StoredValue::new(idempotency_key());
    // Another blueprint is another request.
    Effect::watch(move || form.draft(), move |_, _, _| key.set_value(idempotency_key()), false);
    let send = Callback::new(move |()| {
        let (draft, navigate) = (untrack(|| form.draft()), navigate.clone());
        match known.clone() {
            Some((path, version, reload)) => {
                let saving = async move { client::replace(actor, &path, &version, &draft).await };
                checked.deed.run(saving, move |_: BlueprintView| {
                    toasts.done(t_string!(i18n, papers.blueprint_saved));
                    reload.run(());
                });
            }
            None => {
                let saving = async move { client::create(actor, "/blueprints", &key.get_value(), &draft).await };
                checked.deed.run(saving, move |made: BlueprintView| {
                    toasts.done(t_string!(i18n, papers.blueprint_saved));
                    navigate(&format!("/blueprints/{}", made.id), Default::default());
                });
            }
        }
    });
    view! {
        <Provider value=found>
            <CheckedForm checked verb=words(|locale| td_string!(locale, papers.blueprint_save)) send>
                <Frame form checked />
                <Card title=words(|locale| td_string!(locale, papers.blueprint_rows))>
                    <Rows form bank />
                </Card>
                <Card title=words(|locale| td_string!(locale, papers.contradictions))>
                    <Contradictions />
                </Card>
                <Named form />
            </CheckedForm>
        </Provider>
    }
}

/// What is wrong, one line each; told as it changes.
#[component]
fn Contradictions() -> impl IntoView {
    let i18n = use_i18n();
    let Found(found) = expect_context();
    let line = move |found: &Contradiction| view! { <li>{contradiction_text(i18n.get_locale(), found)}</li> };
    view! {
        <div role="status">
            {move || found.with(|found| {
                if found.is_empty() {
                    view! { <p>{t!(i18n, papers.no_contradictions)}</p> }.into_any()
                } else {
                    view! { <ul>{found.iter().map(line).collect_view()}</ul> }.into_any()
                }
            })}
        </div>
    }
}

/// What is wrong with a row, or how many items the bank has for it.
fn state_of_row(locale: Locale, found: &[Contradiction], at: usize, there: usize) -> (bool, String) {
    match found.iter().find(|found| found.row.map(usize::from) == Some(at)) {
        Some(wrong) => (true, contradiction_words(locale, wrong)),
        None => (false, td_string!(locale, papers.row_there, count = there)),
    }
}
