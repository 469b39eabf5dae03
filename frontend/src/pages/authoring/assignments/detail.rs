//! An assignment as a reviewer reads it.

use crate::{
    i18n::{t, use_i18n},
    pages::{authoring::rendered::Rendered, hand_ins::RubricList},
    ui::Tag,
};
use leptos::prelude::*;
use shared::learning::Activity;

/// The task as learners will see it, and by what it is marked.
#[component]
pub(in crate::pages::authoring) fn AssignmentDetail(
    /// The activity; of one that is no assignment, nothing is shown.
    activity: Activity,
) -> impl IntoView {
    let i18n = use_i18n();
    activity.body.assignment().map(|assignment| {
        let (task, rubric) = (assignment.task.to_owned(), assignment.rubric.to_vec());
        view! {
            <p>
                <Tag>{t!(i18n, learning.assignments)}</Tag> " " <b>{activity.title.clone()}</b> " "
                {activity.is_required.then(|| view! {
                    <span class="muted">{t!(i18n, learning.assignment_required)}</span>
                })}
            </p>
            <Rendered markdown=task />
            <RubricList rubric points=Vec::new() />
        }
    })
}
