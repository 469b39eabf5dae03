//! A unit to study: the text, its exercises, and the way on. While it is open, it tells the server
//! how far it has been read.

mod ask;
mod assignments;
mod bookmark;
mod ending;
pub(super) mod exercise;
mod external;
pub(in crate::pages) mod footnotes;
mod gaze;
mod lesson;
mod note;
mod offline_lessons;
mod prompts;
mod reading;
mod reading_check;
mod recordings;
mod text_size;

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::{
        learning::offline::{Opened, Outbox, StudyStanding, open_unit},
        not_found::NotFoundPage,
    },
    platform::{actor::Actor, client::Outcome},
    ui::{AsyncView, Notice, PageHeading},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use lesson::Lesson;
use shared::{ids::UnitId, learning::UnitView};

lazy_page! {
    /// Shows a unit; loaded when somebody goes there.
    UnitPage = AnyUnit in study;
}

/// The unit of the address, anew for each: every opened unit is studied for itself.
#[component]
fn AnyUnit() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<UnitId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Unit id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn Unit(id: UnitId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let outbox = Outbox::begin(actor);
    let unit: LocalResource<Outcome<Opened<UnitView>>> = LocalResource::new(move || open_unit(actor, id));
    let title = move || match unit.get() {
        Some(Ok(unit)) => unit.value.progress.title,
        _ => t_string!(i18n, learning.unit).to_owned(),
    };
    let way_back = move || match unit.get() {
        Some(Ok(Opened { value: unit, .. })) => {
            let module = unit.module_title;
            let href = format!("/learn/courses/{}", unit.course_id);
            view! { <A href>{unit.course_title}</A> <span class="muted">{module}</span> }.into_any()
        }
        _ => view! { <A href="/learn">{move || t_string!(i18n, learning.all_my_courses)}</A> }.into_any(),
    };
    view! {
        <main class="page stack">
            <p class="way-back">{way_back}</p>
            <PageHeading text=Signal::derive(title) />
            <StudyStanding outbox />
            <AsyncView resource=unit let:unit>
                {unit.is_from_phone.then(|| view! { <Notice>{t!(i18n, learning.offline_from_phone)}</Notice> })}
                <Lesson unit=unit.value is_from_phone=unit.is_from_phone outbox />
            </AsyncView>
        </main>
    }
}
