//! What every drawing of forms is bound to, for anybody.

use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        client::{self, Outcome, query},
        when,
    },
    ui::{Column, PageHeading, Paged, PagedView, Table},
};
use leptos::prelude::*;
use shared::{page::Page, papers::DrawCommitment};

lazy_page! {
    /// The page.
    DrawsPage = Draws in public;
}

#[component]
fn Draws() -> impl IntoView {
    let i18n = use_i18n();
    let draws = Paged::new(find);
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, papers.draw_at))),
        Column::text(words(|locale| td_string!(locale, papers.draw_commitment))),
        Column::number(words(|locale| td_string!(locale, papers.algorithm))),
        Column::text(words(|locale| td_string!(locale, papers.seed))),
        Column::text(words(|locale| td_string!(locale, papers.draw_papers))),
        Column::text(words(|locale| td_string!(locale, papers.draw_record))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, papers.draws)) />
            <p class="muted">{t!(i18n, papers.draws_lead)}</p>
            <p class="muted">{t!(i18n, papers.draws_check)}</p>
            <PagedView paged=draws empty=words(|locale| td_string!(locale, papers.draws_none))>
                <Table
                    caption=words(|locale| td_string!(locale, papers.draws))
                    columns=columns.get_value()
                    rows=draws.rows()
                    key=|draw| draw.id
                    row
                />
            </PagedView>
        </main>
    }
}

async fn find(cursor: Option<String>) -> Outcome<Page<DrawCommitment>> {
    let asked = query(&[("cursor", cursor)]);
    let path = if asked.is_empty() { "/public/draws".to_owned() } else { format!("/public/draws?{asked}") };
    let nothing = Page { items: Vec::new(), next_cursor: None };
    Ok(client::get_open(&path).await?.unwrap_or(nothing))
}

fn row(draw: DrawCommitment) -> impl IntoView {
    let i18n = use_i18n();
    let DrawCommitment { id, commitment, algorithm, is_seed_chosen, committed_at, has_papers, disclosed_at } = draw;
    let seed = move || {
        let locale = i18n.get_locale();
        if is_seed_chosen { td_string!(locale, papers.seed_chosen) } else { td_string!(locale, papers.seed_drawn) }
    };
    let papers = move || {
        let locale = i18n.get_locale();
        if has_papers { td_string!(locale, papers.draw_used) } else { td_string!(locale, papers.draw_unused) }
    };
    let record = move || match disclosed_at {
        Some(_) => {
            let file = format!("draw-{id}.json");
            view! {
                <a href=format!("/api/v1/public/draws/{id}") download=file rel="external">
                    {t!(i18n, papers.draw_download)}
                </a>
            }
            .into_any()
        }
        None => view! { <span>{t!(i18n, papers.draw_not_disclosed)}</span> }.into_any(),
    };
    view! {
        <th scope="row" class="num">{move || when::date_time(i18n.get_locale(), committed_at)}</th>
        <td class="num small">{commitment}</td>
        <td class="n">{algorithm}</td>
        <td>{seed}</td>
        <td>{papers}</td>
        <td>{record}</td>
    }
}
