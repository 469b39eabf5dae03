//! Drawing forms by the blueprint that is saved, and what was drawn by it.

use super::form::Form;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
        when,
    },
    ui::{Button, Card, Column, DeedFailure, Field, Notice, Table, TextInput, Tone, focus_first_wrong},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_navigate};
use shared::{
    ids::BlueprintId,
    papers::{AssemblyLine, AssemblyView, BlueprintDraft, NewAssembly},
};

/// The seed, and the button.
#[component]
pub(super) fn Draw(id: BlueprintId, version: String, form: Form, saved: BlueprintDraft) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, navigate) = (expect_context::<Actor>(), Deed::new(), use_navigate());
    let (seed, was_sent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let key = StoredValue::new(idempotency_key());
    let is_saved = Memo::new(move |_| form.draft() == saved);
    // Another seed is another request.
    Effect::watch(move || seed.get(), move |_, _, _| key.set_value(idempotency_key()), false);
    let read = move || {
        let seed = seed.get();
        if seed.trim().is_empty() { Ok(None) } else { seed.trim().parse::<u32>().map(Some) }
    };
    let error = Signal::derive(move || {
        let is_wrong = was_sent.get() && read().is_err();
        if is_wrong { t_string!(i18n, papers.seed_wrong).to_owned() } else { String::new() }
    });
    let draw = move |()| {
        was_sent.set(true);
        let Ok(seed) = untrack(read) else { return focus_first_wrong() };
        let (path, version, navigate) = (format!("/blueprints/{id}/assemblies"), version.clone(), navigate.clone());
        let drawing = async move {
            client::create_over::<_, AssemblyView>(actor, &path, &key.get_value(), &version, &NewAssembly { seed })
                .await
        };
        deed.run(drawing, move |made| navigate(&format!("/assemblies/{}", made.id), Default::default()));
    };
    let draw = Callback::new(draw);
    view! {
        <Card title=words(|locale| td_string!(locale, papers.draw))>
            <p class="muted">{t!(i18n, papers.draw_about)}</p>
            <Field
                id="seed"
                label=words(|locale| td_string!(locale, papers.seed))
                hint=words(|locale| td_string!(locale, papers.seed_hint))
                error
            >
                <TextInput value=seed keyboard="numeric" />
            </Field>
            <DeedFailure deed />
            {move || if is_saved.get() {
                view! { <Button is_busy=deed.is_busy() on_press=draw>{t!(i18n, papers.draw)}</Button> }.into_any()
            } else {
                view! { <Notice tone=Tone::Wait>{t!(i18n, papers.draw_first_save)}</Notice> }.into_any()
            }}
        </Card>
    }
}

/// What was drawn, the newest first.
#[component]
pub(super) fn Drawings(assemblies: Vec<AssemblyLine>, version: i32) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, papers.drawn_at))),
        Column::number(words(|locale| td_string!(locale, papers.seed))),
        Column::number(words(|locale| td_string!(locale, papers.blueprint_version))),
        Column::text(words(|locale| td_string!(locale, papers.drawn_forms))),
        Column::text(words(|locale| td_string!(locale, papers.title))),
    ];
    (!assemblies.is_empty()).then(|| {
        view! {
            <Card title=words(|locale| td_string!(locale, papers.drawings))>
                <p class="muted small num">{t!(i18n, papers.blueprint_version)} " " {version}</p>
                <Table
                    caption=words(|locale| td_string!(locale, papers.assembly_title))
                    columns
                    rows=Signal::stored(assemblies)
                    key=|line| line.id
                    row
                />
            </Card>
        }
    })
}

fn row(line: AssemblyLine) -> impl IntoView {
    let i18n = use_i18n();
    let forms = move || match line.forms {
        0 => t_string!(i18n, papers.drawn_none).to_owned(),
        some => some.to_string(),
    };
    view! {
        <th scope="row">
            <A href=format!("/assemblies/{}", line.id)>{move || when::date_time(i18n.get_locale(), line.drawn_at)}</A>
        </th>
        <td class="n">{line.seed}</td>
        <td class="n">{line.blueprint_version}</td>
        <td>{forms}</td>
        <td>{line.has_papers.then(|| view! { <span>{t!(i18n, papers.papers_made_notice)}</span> })}</td>
    }
}
