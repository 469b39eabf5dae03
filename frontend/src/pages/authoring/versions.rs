//! The versions of a course, one against another.

use super::difference::Difference;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, client, when},
    ui::{AsyncView, Card, Field, PageHeading, Select},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{ids::CourseId, learning::CourseVersionView};

lazy_page! {
    /// The page.
    CourseVersionsPage = CourseVersions in office;
}

#[component]
fn CourseVersions() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let versions = LocalResource::new(move || {
        let path = format!("/courses/{}/versions", id.get());
        async move { client::get::<Vec<CourseVersionView>>(actor, &path).await }
    });
    let back = move || format!("/courses/{}", id.get());
    view! {
        <main class="page stack">
            <p class="way-back"><A href=back>{t!(i18n, learning.versions_back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, learning.versions)) />
            <AsyncView resource=versions let:versions>
                {id.get().parse().ok().map(|id: CourseId| view! { <Compared id versions /> })}
            </AsyncView>
        </main>
    }
}

/// Chooses the two, and shows what changed.
#[component]
fn Compared(id: CourseId, versions: Vec<CourseVersionView>) -> impl IntoView {
    let i18n = use_i18n();
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let versions = StoredValue::new(versions);
    let options = move || {
        let option = |version: &CourseVersionView| {
            let day = when::date(i18n.get_locale(), version.published_at);
            let name = t_string!(i18n, learning.versions_one, number = version.number, day = day);
            (version.number.to_string(), name)
        };
        versions.with_value(|versions| versions.iter().map(option).collect::<Vec<_>>())
    };
    let chosen = |value: RwSignal<String>| value.with(|value| (!value.is_empty()).then(|| value.clone()));
    let query = Signal::derive(move || client::query(&[("from", chosen(from)), ("to", chosen(to))]));
    view! {
        <div class="row">
            <Field id="from" label=words(|locale| td_string!(locale, learning.versions_from))>
                <Select
                    value=from
                    options=Signal::derive(options)
                    empty=words(|locale| td_string!(locale, learning.versions_before))
                />
            </Field>
            <Field id="to" label=words(|locale| td_string!(locale, learning.versions_to))>
                <Select
                    value=to
                    options=Signal::derive(options)
                    empty=words(|locale| td_string!(locale, learning.versions_draft))
                />
            </Field>
        </div>
        <Card title=words(|locale| td_string!(locale, learning.difference))>
            <Difference id query />
        </Card>
    }
}
