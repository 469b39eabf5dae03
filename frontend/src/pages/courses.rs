//! Choosing a course: the first step of work on items, papers and exam sessions.

use crate::{
    i18n::{t, use_i18n},
    platform::{actor::Actor, whole_list::whole_list},
    ui::{Button, EmptyState, FailureNotice, Field, Select},
};
use leptos::prelude::*;
use shared::{
    ids::CourseId,
    learning::CourseView,
    rights::{Place, Right, places},
};

/// A field with every course of the catalogue.
#[component]
pub(crate) fn CourseField(
    /// The field's name on its page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// What is wrong; empty if nothing is.
    #[prop(into, optional)]
    error: Signal<String>,
    /// Id of the chosen course; empty while none is.
    value: RwSignal<String>,
    /// What the reader is to do with it: they have no choice of courses for which they may not.
    #[prop(optional)]
    to_do: Option<Right>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let courses = LocalResource::new(move || async move { whole_list::<CourseView>(actor, "/courses", &[]).await });
    let options = Signal::derive(move || {
        let courses = courses.get().and_then(Result::ok).unwrap_or_default().into_iter();
        let limit = to_do.and_then(|right| limited_to(actor, right));
        let may = |course: &CourseView| limit.as_ref().is_none_or(|limit| limit.contains(&course.id));
        courses.filter(may).map(|course| (course.id.to_string(), course.title)).collect::<Vec<_>>()
    });
    view! {
        <Field id label error>
            <Select value options />
        </Field>
        {move || courses.get().and_then(Result::err).map(|failure| view! {
            <FailureNotice failure />
            <Button on_press=move |()| courses.refetch()>{t!(i18n, common.retry)}</Button>
        })}
    }
}

/// The courses for which alone the reader has a right; nothing if it is not limited to courses.
fn limited_to(actor: Actor, right: Right) -> Option<Vec<CourseId>> {
    let roles = actor.me().map(|me| me.roles).unwrap_or_default();
    let course = |place: &Place| if let Place::Course { id, .. } = place { Some(*id) } else { None };
    let courses: Option<Vec<CourseId>> = places(&roles, right).map(course).collect();
    courses.filter(|courses| !courses.is_empty())
}

/// What belongs to one course: first the choice, then what `children` draw of it.
#[component]
pub(crate) fn OfOneCourse<V: IntoView + 'static>(
    /// The label of the choice.
    #[prop(into)]
    label: Signal<String>,
    /// What to say while no course is chosen.
    #[prop(into)]
    ask: Signal<String>,
    /// Draws what belongs to the course with this id.
    children: impl Fn(String) -> V + Send + 'static,
) -> impl IntoView {
    let course = RwSignal::new(String::new());
    view! {
        <CourseField id="course" label value=course />
        {move || match course.get() {
            none if none.is_empty() => view! { <EmptyState text=ask /> }.into_any(),
            course => children(course).into_any(),
        }}
    }
}
