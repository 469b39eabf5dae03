//! Every published course: by where it stands, and by words of its title or code.

use super::{
    places::HowToEnrol,
    words::{row_facts, shelf_name},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::client::{self, Outcome, query},
    ui::{Button, Choices, Field, Icon, PageHeading, Paged, PagedView, Symbol, Tag, TextInput},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    learning::{CatalogueRow, CatalogueShelf},
    page::Page,
};

lazy_page! {
    /// The page.
    CataloguePage = Catalogue in public;
}

#[component]
fn Catalogue() -> impl IntoView {
    let i18n = use_i18n();
    let text = || RwSignal::new(String::new());
    let (shelf, typed, wanted) = (text(), text(), text());
    let courses = Paged::new(move |cursor| find(shelf.get_untracked(), wanted.get_untracked(), cursor));
    Effect::watch(move || (shelf.get(), wanted.get()), move |_, _, _| courses.reload(), false);
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, catalogue.title)) />
            <p class="muted">{t!(i18n, catalogue.lead)}</p>
            <Search shelf typed wanted />
            <PagedView paged=courses empty=words(|locale| td_string!(locale, catalogue.none))>
                <Found courses />
            </PagedView>
            <HowToEnrol />
        </main>
    }
}

async fn find(shelf: String, text: String, cursor: Option<String>) -> Outcome<Page<CatalogueRow>> {
    let asked = query(&[("shelf", Some(shelf)), ("text", Some(text.trim().to_owned())), ("cursor", cursor)]);
    let path = if asked.is_empty() { "/public/courses".to_owned() } else { format!("/public/courses?{asked}") };
    let nothing = Page { items: Vec::new(), next_cursor: None };
    Ok(client::get_open(&path).await?.unwrap_or(nothing))
}

/// What is looked for: the text when it is sent, the shelf at once.
#[component]
fn Search(shelf: RwSignal<String>, typed: RwSignal<String>, wanted: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        wanted.set(typed.get_untracked());
    };
    let shelves = move || {
        let locale = i18n.get_locale();
        let all = (String::new(), td_string!(locale, catalogue.all).to_owned());
        let each = CatalogueShelf::ALL.iter().map(|shelf| (shelf.to_string(), shelf_name(locale, *shelf).to_owned()));
        std::iter::once(all).chain(each).collect::<Vec<_>>()
    };
    view! {
        <form class="card stack" role="search" novalidate on:submit=send>
            <Field id="text" label=words(|locale| td_string!(locale, catalogue.search_label))>
                <TextInput value=typed kind="search" />
            </Field>
            <Button is_submit=true>
                <Icon symbol=Symbol::Search />
                {t!(i18n, catalogue.search)}
            </Button>
            <Choices
                legend=words(|locale| td_string!(locale, catalogue.shelf))
                value=shelf
                options=Signal::derive(shelves)
                on_choose=move |value: String| shelf.set(value)
            />
        </form>
    }
}

/// The courses that were found, and how many they are as far as that is known.
#[component]
fn Found(courses: Paged<CatalogueRow>) -> impl IntoView {
    let i18n = use_i18n();
    let (rows, has_more) = (courses.rows(), courses.has_more());
    let found = move || {
        let count = rows.with(Vec::len);
        match has_more.get() {
            true => t_string!(i18n, catalogue.shown, count = count),
            false => t_string!(i18n, catalogue.found, count = count),
        }
    };
    view! {
        <p class="muted" role="status">{found}</p>
        <ul class="card">
            <For each=move || rows.get() key=|course: &CatalogueRow| course.code.clone() let:course>
                <Row course />
            </For>
        </ul>
    }
}

/// One course; the whole row leads to it.
#[component]
fn Row(course: CatalogueRow) -> impl IntoView {
    let i18n = use_i18n();
    let (href, shelf) = (format!("/catalogue/{}", course.code), course.shelf);
    let (title, summary, picture) = (course.title.clone(), course.summary.clone(), course.picture.clone());
    let cover = match picture {
        Some(picture) => view! { <img src=picture alt="" loading="lazy" /> }.into_any(),
        None => view! { <Icon symbol=Symbol::Book /> }.into_any(),
    };
    view! {
        <li class="course-row">
            <span class="cover">{cover}</span>
            <div>
                <A href attr:class="row-link">{title}</A>
                <p class="small">{summary}</p>
                <p class="muted small num">{move || row_facts(i18n.get_locale(), &course)}</p>
            </div>
            <Tag>{move || shelf_name(i18n.get_locale(), shelf)}</Tag>
        </li>
    }
}
