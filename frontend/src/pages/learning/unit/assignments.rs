//! 作业: the assignments of a unit, what was handed in of each, and what a teacher said of it.

mod draft;
mod form;
mod photo;

use super::reading::Reading;
use crate::{
    i18n::{t, use_i18n},
    pages::hand_ins::{HandInTag, HandedInAt, MarkShown, RubricList},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Notice, Tag, Tone},
};
use form::HandInForm;
use leptos::prelude::*;
use photo::OwnPhotos;
use shared::{
    ids::ActivityId,
    learning::{ActivityView, AssignmentView, Criterion, HandInState, HandInView, OwnAssignment, Takes, may_hand_in},
};

/// An assignment as its learner reads it.
#[derive(Clone)]
struct Task {
    id: ActivityId,
    title: String,
    is_required: bool,
    html: String,
    takes: Takes,
    rubric: Vec<Criterion>,
}

/// The assignment, if the activity is one.
fn task(activity: ActivityView) -> Option<Task> {
    let ActivityView { id, title, is_required, body } = activity;
    let AssignmentView { task_html, takes, rubric } = body.assignment()?;
    Some(Task { id, title, is_required, html: task_html, takes, rubric })
}

/// All assignments of a unit, if there are any.
#[component]
pub(super) fn Assignments(
    /// The opened unit.
    reading: Reading,
    /// What is done in the unit beside its text.
    activities: Vec<ActivityView>,
    /// Whether there is no network.
    is_from_phone: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let tasks: Vec<Task> = activities.into_iter().filter_map(task).collect();
    if tasks.is_empty() {
        return ().into_any();
    }
    let one = move |task: Task| view! { <OneAssignment reading task is_from_phone /> };
    view! {
        <section class="stack" aria-labelledby="assignments">
            <h2 id="assignments">{t!(i18n, learning.assignments)}</h2>
            {tasks.into_iter().map(one).collect_view()}
        </section>
    }
    .into_any()
}

#[component]
fn OneAssignment(reading: Reading, task: Task, is_from_phone: bool) -> impl IntoView {
    let i18n = use_i18n();
    let heading = format!("assignment-{}", task.id);
    let labelled_by = heading.clone();
    let (title, html, rubric, is_required) =
        (task.title.clone(), task.html.clone(), task.rubric.clone(), task.is_required);
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h3 id=heading>{title}</h3>
                {is_required.then(|| view! { <Tag tone=Tone::Wait>{t!(i18n, learning.assignment_required)}</Tag> })}
            </div>
            <div class="prose" inner_html=html></div>
            <details class="stack">
                <summary>{t!(i18n, learning.assignment_rubric)}</summary>
                <RubricList rubric points=Vec::new() />
            </details>
            {match is_from_phone {
                true => view! { <p class="muted small">{t!(i18n, learning.assignment_offline)}</p> }.into_any(),
                false => view! { <Own reading task /> }.into_any(),
            }}
        </section>
    }
}

/// What the learner handed in of it, and the form while they may hand in.
#[component]
fn Own(reading: Reading, task: Task) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let (unit, id) = (reading.unit(), task.id);
    let own: LocalResource<Outcome<OwnAssignment>> = LocalResource::new(move || async move {
        let all: Vec<OwnAssignment> = client::get(actor, &format!("/me/units/{unit}/assignments")).await?;
        let nothing = OwnAssignment { activity_id: id, hand_ins: Vec::new() };
        Ok(all.into_iter().find(|own| own.activity_id == id).unwrap_or(nothing))
    });
    let again = Callback::new(move |()| own.refetch());
    view! {
        <AsyncView resource=own let:own>
            <Standing reading task=task.clone() own again />
        </AsyncView>
    }
}

#[component]
fn Standing(reading: Reading, task: Task, own: OwnAssignment, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let state = own.state();
    let mut hand_ins = own.hand_ins.into_iter();
    let last = hand_ins.next();
    let earlier: Vec<HandInView> = hand_ins.collect();
    let Task { id, takes, rubric, .. } = task;
    let before = last.clone().filter(|_| state == Some(HandInState::Returned));
    let (of_last, of_earlier) = (rubric.clone(), rubric);
    view! {
        <p role="status">
            {match state {
                Some(state) => view! { <HandInTag state /> }.into_any(),
                None => view! { <Tag>{t!(i18n, learning.assignment_to_do)}</Tag> }.into_any(),
            }}
        </p>
        {last.map(|hand_in| view! { <HandedIn hand_in rubric=of_last /> })}
        {(!earlier.is_empty()).then(|| view! {
            <details class="stack">
                <summary>{t!(i18n, learning.assignment_earlier)}</summary>
                {earlier
                    .into_iter()
                    .map(|hand_in| view! { <HandedIn hand_in rubric=of_earlier.clone() /> })
                    .collect_view()}
            </details>
        })}
        {before.is_some().then(|| view! {
            <Notice tone=Tone::Wait>{t!(i18n, learning.assignment_correct)}</Notice>
        })}
        {may_hand_in(state).is_ok().then(|| view! { <HandInForm reading id takes before again /> })}
    }
}

/// Something that was handed in, with what was decided of it.
#[component]
fn HandedIn(hand_in: HandInView, rubric: Vec<Criterion>) -> impl IntoView {
    let HandInView { handed_in_at, text, photos, mark, .. } = hand_in;
    view! {
        <div class="stack">
            <HandedInAt at=handed_in_at />
            {(!text.is_empty()).then(|| view! { <p class="own-words">{text}</p> })}
            <OwnPhotos photos />
            {mark.map(|mark| view! { <MarkShown mark rubric /> })}
        </div>
    }
}
