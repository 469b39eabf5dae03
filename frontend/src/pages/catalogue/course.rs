//! One published course: what it is worth, what it holds, a sample, and how to enrol.

use super::{
    places::HowToEnrol,
    words::{role_name, shelf_name, unit_facts},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Card, EmptyState, PageHeading, Symbol, Tag},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::learning::{CatalogueCourse, CatalogueModule, CatalogueRow, CatalogueUnit, LessonSample};

lazy_page! {
    /// The page.
    CatalogueCoursePage = Shown in public;
}

#[component]
fn Shown() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let found: LocalResource<Outcome<Option<CatalogueCourse>>> = LocalResource::new(move || {
        let code = params.with(|params| params.get("code").unwrap_or_default());
        let path = format!("/public/courses/{}", String::from(js_sys::encode_uri_component(&code)));
        async move { client::get_open(&path).await }
    });
    let title = move || match found.get() {
        Some(Ok(Some(found))) => found.course.title,
        _ => t_string!(i18n, learning.course).to_owned(),
    };
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/catalogue">{t!(i18n, catalogue.back)}</A></p>
            <PageHeading text=Signal::derive(title) />
            <AsyncView resource=found let:found>
                {match found {
                    Some(found) => view! { <Course found /> }.into_any(),
                    None => view! { <NoSuch /> }.into_any(),
                }}
            </AsyncView>
            <HowToEnrol />
        </main>
    }
}

#[component]
fn NoSuch() -> impl IntoView {
    view! { <EmptyState text=words(|locale| td_string!(locale, catalogue.no_such)) symbol=Symbol::Book /> }
}

#[component]
fn Course(found: CatalogueCourse) -> impl IntoView {
    let CatalogueCourse { course, goals_html, modules, sample } = found;
    let goals = (!goals_html.trim().is_empty()).then(|| {
        view! {
            <Card title=words(|locale| td_string!(locale, catalogue.goals))>
                <div class="prose" inner_html=goals_html></div>
            </Card>
        }
    });
    view! {
        <Facts course />
        {goals}
        <Modules modules />
        {sample.map(|sample| view! { <Sample sample /> })}
    }
}

/// What it is, and what it is worth by which rule.
#[component]
fn Facts(course: CatalogueRow) -> impl IntoView {
    let i18n = use_i18n();
    let CatalogueRow { shelf, role, class_hours, face_to_face_hours, credits, version, published_at, .. } = course;
    let (textbook, standard_year) = (course.textbook, course.standard_year);
    let (units, exercises) = (course.task_points, course.exercises);
    let online_hours = class_hours.saturating_sub(face_to_face_hours);
    let hours = move |hours: u16| move || t_string!(i18n, catalogue.hour_count, hours = hours);
    let published = move || {
        let date = when::date(i18n.get_locale(), published_at);
        t_string!(i18n, catalogue.version_words, number = version, date = date)
    };
    let rule = move || {
        let date = when::day(i18n.get_locale(), credits.valid_from);
        t_string!(i18n, catalogue.credit_rule, date = date)
    };
    let fact = |name: Signal<String>, words: Signal<String>| {
        view! {
            <div>
                <dt>{move || name.get()}</dt>
                <dd class="num">{move || words.get()}</dd>
            </div>
        }
    };
    let code = course.code;
    view! {
        <section class="card stack">
            <p><Tag>{move || shelf_name(i18n.get_locale(), shelf)}</Tag></p>
            <p>{course.summary}</p>
            <dl class="facts">
                {fact(words(|locale| td_string!(locale, catalogue.code)), Signal::derive(move || code.clone()))}
                {fact(
                    words(|locale| td_string!(locale, catalogue.role)),
                    Signal::derive(move || role_name(i18n.get_locale(), role).to_owned()),
                )}
                {fact(words(|locale| td_string!(locale, catalogue.hours)), Signal::derive(hours(class_hours)))}
                {fact(words(|locale| td_string!(locale, catalogue.online)), Signal::derive(hours(online_hours)))}
                {fact(words(|locale| td_string!(locale, catalogue.face)), Signal::derive(hours(face_to_face_hours)))}
                {fact(
                    words(|locale| td_string!(locale, catalogue.credits)),
                    Signal::derive(move || t_string!(i18n, catalogue.credit_count, credits = credits.credits)),
                )}
                {fact(words(|locale| td_string!(locale, catalogue.version)), Signal::derive(published))}
                {(!textbook.is_empty()).then(|| fact(
                    words(|locale| td_string!(locale, catalogue.textbook)),
                    Signal::stored(textbook),
                ))}
                {standard_year.map(|year| fact(
                    words(|locale| td_string!(locale, catalogue.standard)),
                    Signal::derive(move || t_string!(i18n, catalogue.standard_of, year = year)),
                ))}
                {fact(
                    words(|locale| td_string!(locale, catalogue.size)),
                    Signal::derive(move || {
                        t_string!(i18n, catalogue.size_words, units = units, exercises = exercises)
                    }),
                )}
            </dl>
            <p class="muted small">{rule}</p>
        </section>
    }
}

/// The titles of all its parts, in order.
#[component]
fn Modules(modules: Vec<CatalogueModule>) -> impl IntoView {
    let i18n = use_i18n();
    let unit = move |unit: CatalogueUnit| {
        let title = unit.title.clone();
        view! {
            <li>
                <span>{title}</span>
                <span class="muted small num">{move || unit_facts(i18n.get_locale(), &unit)}</span>
            </li>
        }
    };
    let module = move |module: CatalogueModule| {
        view! {
            <h3>{module.title}</h3>
            <ol class="rows">{module.units.into_iter().map(unit).collect_view()}</ol>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, catalogue.modules))>
            {modules.into_iter().map(module).collect_view()}
        </Card>
    }
}

/// The first lesson.
#[component]
fn Sample(sample: LessonSample) -> impl IntoView {
    let i18n = use_i18n();
    let LessonSample { title, html } = sample;
    let name = move || t_string!(i18n, catalogue.sample, title = title.clone());
    view! {
        <Card title=Signal::derive(name)>
            <div class="lesson prose" inner_html=html></div>
        </Card>
    }
}
