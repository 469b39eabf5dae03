//! What was done in a class, for another system: of everybody or of one learner, in all its courses or in one.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::{
        exports::{Export, FileKind},
        organisation::words::words,
    },
    platform::client::query,
    ui::{Field, Select},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{LearnerCourse, LearnerStudy},
};

/// Values and their words.
type Options = Vec<(String, String)>;

/// Learners by name, and the courses of the class by code.
fn choices(learners: &[LearnerStudy]) -> (Options, Options) {
    let mut people: Options =
        learners.iter().map(|learner| (learner.account_id.to_string(), learner.display_name.clone())).collect();
    people.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
    let of_one = |learner: &LearnerStudy| {
        let course = |course: &LearnerCourse| (course.course_id.to_string(), course.course_title.clone());
        learner.courses.iter().map(course).collect()
    };
    (people, learners.first().map(of_one).unwrap_or_default())
}

/// Takes them away.
#[component]
pub(super) fn Statements(
    /// The class.
    class_id: ClassId,
    /// Who is in it.
    learners: Vec<LearnerStudy>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (people, courses) = choices(&learners);
    let (learner, course) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let path = move |()| {
        let filter = query(&[("learner", Some(learner.get_untracked())), ("course", Some(course.get_untracked()))]);
        format!("/classes/{class_id}/statements/exports?{filter}")
    };
    view! {
        <p class="muted small">{t!(i18n, classes.statements_about)}</p>
        <div class="row">
            <Field id="statements_learner" label=words(|locale| td_string!(locale, classes.statements_learner))>
                <Select
                    value=learner
                    options=Signal::stored(people)
                    empty=words(|locale| td_string!(locale, classes.statements_everybody))
                />
            </Field>
            <Field id="statements_course" label=words(|locale| td_string!(locale, classes.statements_course))>
                <Select
                    value=course
                    options=Signal::stored(courses)
                    empty=words(|locale| td_string!(locale, classes.statements_every_course))
                />
            </Field>
        </div>
        <Export
            name=words(|locale| td_string!(locale, exports.list_class_statements))
            path
            kind=FileKind::Statements
        />
    }
}
