//! The blueprints of a course.

use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{courses::OfOneCourse, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{ButtonLink, Column, Look, PageHeading, Paged, PagedView, Table},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{page::Page, papers::BlueprintLine};

lazy_page! {
    /// The page.
    BlueprintsPage = Blueprints in office;
}

#[component]
fn Blueprints() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="page wide stack">
            <div class="row spread">
                <PageHeading text=words(|locale| td_string!(locale, papers.blueprints)) />
                <ButtonLink href="/blueprints/new" look=Look::Primary>{t!(i18n, papers.blueprint_new)}</ButtonLink>
            </div>
            <p class="muted">{t!(i18n, papers.blueprint_lead)}</p>
            <OfOneCourse
                label=words(|locale| td_string!(locale, papers.course))
                ask=words(|locale| td_string!(locale, papers.choose_course))
                let:course
            >
                <Listed course />
            </OfOneCourse>
        </main>
    }
}

#[component]
fn Listed(course: String) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let lines = Paged::new(move |cursor| {
        let asked = query(&[("course_id", Some(course.clone())), ("cursor", cursor)]);
        async move {
            let page: Outcome<Page<BlueprintLine>> = client::get(actor, &format!("/blueprints?{asked}")).await;
            page
        }
    });
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, papers.blueprint_name))),
        Column::number(words(|locale| td_string!(locale, papers.items))),
        Column::number(words(|locale| td_string!(locale, papers.drawn_forms))),
        Column::number(words(|locale| td_string!(locale, papers.blueprint_version))),
        Column::text(words(|locale| td_string!(locale, papers.blueprint_changed))),
    ]);
    view! {
        <PagedView paged=lines empty=words(|locale| td_string!(locale, papers.blueprint_none))>
            <Table
                caption=words(|locale| td_string!(locale, papers.blueprints))
                columns=columns.get_value()
                rows=lines.rows()
                key=|line| (line.id, line.version)
                row
            />
        </PagedView>
    }
}

fn row(line: BlueprintLine) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <th scope="row"><A href=format!("/blueprints/{}", line.id)>{line.title}</A></th>
        <td class="n">{line.items}</td>
        <td class="n">{line.forms}</td>
        <td class="n">{line.version}</td>
        <td class="num">{move || when::date(i18n.get_locale(), line.changed_at)}</td>
    }
}
