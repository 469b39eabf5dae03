//! Limiting a role to one course of the catalogue: who holds it for several has it for each.

use crate::{
    i18n::td_string,
    pages::organisation::{steps::latest, words::words},
    platform::{actor::Actor, client::Outcome, whole_list::whole_list},
    ui::{Field, Select},
};
use leptos::prelude::*;
use shared::{identity::NamedPlace, ids::CourseId, learning::CourseView, rights::Role};

/// Whether a role may be held for a course alone.
pub(super) fn may_be_limited(role: &str) -> bool {
    [Role::ItemAuthor, Role::ItemReviewer].iter().any(|limited| limited.as_str() == role)
}

/// The course that was chosen, if one was.
pub(super) fn course_place(chosen: &str) -> Option<NamedPlace> {
    chosen.parse::<CourseId>().ok().map(|id| NamedPlace::Course { id })
}

async fn courses(actor: Actor) -> Outcome<Vec<(String, String)>> {
    let courses = whole_list::<CourseView>(actor, "/courses", &[]).await?;
    Ok(courses.into_iter().map(|course| (course.id.to_string(), course.title)).collect())
}

/// The list of courses; none is all of them.
#[component]
pub(super) fn CourseLimit(
    /// Id of the chosen course; empty while none is.
    value: RwSignal<String>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let options = latest(LocalResource::new(move || courses(actor)));
    view! {
        <Field
            id="course"
            label=words(|locale| td_string!(locale, rights.course_limit))
            hint=words(|locale| td_string!(locale, rights.course_limit_hint))
        >
            <Select value options empty=words(|locale| td_string!(locale, rights.course_all)) />
        </Field>
    }
}
