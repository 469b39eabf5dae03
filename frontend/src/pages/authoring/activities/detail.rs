//! An activity as a reviewer reads it.

use crate::{
    i18n::{t, use_i18n},
    pages::{authoring::rendered::Rendered, hand_ins::RubricList},
    ui::Tag,
};
use leptos::prelude::*;
use shared::learning::{Activity, ActivityKind, ExternalLink};

/// What learners will see of it.
#[component]
pub(in crate::pages::authoring) fn ActivityDetail(
    /// The activity.
    activity: Activity,
) -> impl IntoView {
    match activity.body.kind() {
        ActivityKind::Assignment => view! { <Assignment activity /> }.into_any(),
        ActivityKind::Discussion => view! { <Prompt activity /> }.into_any(),
        ActivityKind::OfflineLesson => view! { <OfflineLesson activity /> }.into_any(),
        ActivityKind::External => view! { <External activity /> }.into_any(),
    }
}

/// What is asked.
#[component]
fn Prompt(activity: Activity) -> impl IntoView {
    let i18n = use_i18n();
    let prompt = activity.body.discussion().unwrap_or_default().to_owned();
    view! {
        <p><Tag>{t!(i18n, learning.prompts)}</Tag> " " <b>{activity.title}</b></p>
        <p class="own-words">{prompt}</p>
    }
}

/// What is done face to face, and how long it takes.
#[component]
fn OfflineLesson(activity: Activity) -> impl IntoView {
    let i18n = use_i18n();
    let (about, hours) = activity.body.offline_lesson().unwrap_or_default();
    let about = about.to_owned();
    view! {
        <p>
            <Tag>{t!(i18n, learning.offline_lessons)}</Tag> " " <b>{activity.title}</b> " "
            <span class="muted num">{t!(i18n, learning.offline_lesson_hours, hours = hours)}</span>
        </p>
        <p class="own-words">{about}</p>
    }
}

/// What is done in which tool, where there and with what, and from how much on it counts.
#[component]
fn External(activity: Activity) -> impl IntoView {
    let i18n = use_i18n();
    let (title, is_required) = (activity.title, activity.is_required);
    activity.body.external().cloned().map(|link| {
        let ExternalLink { tool_title, target_url, about, parameters, needs_pct, .. } = link;
        view! {
            <p>
                <Tag>{t!(i18n, learning.external)}</Tag> " " <b>{title}</b> " "
                <span class="muted">{tool_title}</span> " "
                {is_required.then(|| view! {
                    <span class="muted">{t!(i18n, learning.assignment_required)}</span>
                })}
            </p>
            <p class="own-words">{about}</p>
            <p><code>{target_url}</code></p>
            {(!parameters.is_empty()).then(|| view! { <p class="own-words"><code>{parameters}</code></p> })}
            {(needs_pct > 0).then(|| view! {
                <p class="muted num">{t!(i18n, learning.external_needs, percent = needs_pct)}</p>
            })}
        }
    })
}

/// The task, and by what it is marked.
#[component]
fn Assignment(activity: Activity) -> impl IntoView {
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
