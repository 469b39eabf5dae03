//! 作业: the assignments of a unit, what was handed in of each, and what a teacher said of it.

mod draft;
mod files;
mod form;
mod kept;
mod photo;
mod photos;
mod way;

use super::reading::Reading;
use crate::{
    i18n::{t, use_i18n},
    pages::{
        hand_ins::{FileFrom, FileList, HandInTag, HandedInAt, MarkShown, RubricList},
        learning::offline::{Outbox, open_assignments},
    },
    platform::{actor::Actor, client::Outcome},
    ui::{AsyncView, Notice, Tag, Tone},
};
use form::HandInForm;
use kept::KeptWork;
use leptos::prelude::*;
use photo::OwnPhotos;
use shared::{
    ids::ActivityId,
    learning::{ActivityView, AssignmentView, Criterion, HandInState, HandInView, OwnAssignment, Takes, may_hand_in},
};
use way::Way;

/// What the learner handed in of each assignment of the unit.
type Handed = LocalResource<Outcome<Vec<OwnAssignment>>>;

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
    /// Where goes what cannot be sent.
    outbox: Outbox,
    /// Whether there is no network.
    is_from_phone: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let way = Way { actor: expect_context::<Actor>(), outbox, is_from_phone };
    let tasks: Vec<Task> = activities.into_iter().filter_map(task).collect();
    if tasks.is_empty() {
        return ().into_any();
    }
    let unit = reading.unit();
    let handed: Handed = LocalResource::new(move || async move {
        // What waits here is known before anything is shown: no form stands over it, not even for a moment.
        way.outbox.show().await;
        open_assignments(way.actor, unit, is_from_phone).await
    });
    let one = move |task: Task| view! { <OneAssignment reading task way handed /> };
    view! {
        <section class="stack" aria-labelledby="assignments">
            <h2 id="assignments">{t!(i18n, learning.assignments)}</h2>
            {tasks.into_iter().map(one).collect_view()}
        </section>
    }
    .into_any()
}

#[component]
fn OneAssignment(reading: Reading, task: Task, way: Way, handed: Handed) -> impl IntoView {
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
            <Own reading task way handed />
        </section>
    }
}

/// What the learner handed in of it, and the form while they may hand in.
#[component]
fn Own(reading: Reading, task: Task, way: Way, handed: Handed) -> impl IntoView {
    view! {
        <AsyncView resource=handed let:all>
            <Latest reading task=task.clone() way known=own_of(all, task.id) />
        </AsyncView>
    }
}

/// What was handed in of one assignment.
fn own_of(all: Vec<OwnAssignment>, id: ActivityId) -> OwnAssignment {
    let nothing = OwnAssignment { activity_id: id, hand_ins: Vec::new() };
    all.into_iter().find(|own| own.activity_id == id).unwrap_or(nothing)
}

/// What is known of it: as the server said at first, or when something was handed in, or what this phone keeps of it.
#[component]
fn Latest(reading: Reading, task: Task, way: Way, known: OwnAssignment) -> impl IntoView {
    let id = task.id;
    let sent = RwSignal::new(None::<OwnAssignment>);
    let taken = Callback::new(move |own: OwnAssignment| sent.set(Some(own)));
    let kept = Memo::new(move |_| way.outbox.hand_in_of(id));
    let receipt = Memo::new(move |_| way.outbox.receipt_of(id));
    Effect::watch(
        move || receipt.get(),
        move |receipt, _, _| {
            if let Some(receipt) = receipt {
                reading.take(receipt.progress.clone());
            }
        },
        false,
    );
    move || {
        let sent_later = receipt.get().map(|receipt| receipt.assignment);
        let own = sent_later.or_else(|| sent.get()).unwrap_or_else(|| known.clone());
        match kept.get() {
            Some(kept) => {
                let may_hand_in = may_hand_in(own.state()).is_ok();
                view! { <KeptWork kept way may_hand_in /> }.into_any()
            }
            None => view! { <Standing reading task=task.clone() way own taken /> }.into_any(),
        }
    }
}

#[component]
fn Standing(
    reading: Reading,
    task: Task,
    way: Way,
    own: OwnAssignment,
    taken: Callback<OwnAssignment>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = own.state();
    let mut hand_ins = own.hand_ins.into_iter();
    let last = hand_ins.next();
    let earlier: Vec<HandInView> = hand_ins.collect();
    let before = last.clone().filter(|_| state == Some(HandInState::Returned));
    view! {
        <p role="status">
            {match state {
                Some(state) => view! { <HandInTag state /> }.into_any(),
                None => view! { <Tag>{t!(i18n, learning.assignment_to_do)}</Tag> }.into_any(),
            }}
        </p>
        {last.map(|hand_in| view! { <HandedIn hand_in /> })}
        {(!earlier.is_empty()).then(|| view! {
            <details class="stack">
                <summary>{t!(i18n, learning.assignment_earlier)}</summary>
                {earlier.into_iter().map(|hand_in| view! { <HandedIn hand_in /> }).collect_view()}
            </details>
        })}
        {before.is_some().then(|| view! {
            <Notice tone=Tone::Wait>{t!(i18n, learning.assignment_correct)}</Notice>
        })}
        {may_hand_in(state).is_ok().then(|| view! { <HandInForm reading task way before taken /> })}
    }
}

/// Something that was handed in, with what was decided of it.
#[component]
fn HandedIn(hand_in: HandInView) -> impl IntoView {
    let HandInView { handed_in_at, text, photos, files, rubric, mark, .. } = hand_in;
    view! {
        <div class="stack">
            <HandedInAt at=handed_in_at />
            {(!text.is_empty()).then(|| view! { <p class="own-words">{text}</p> })}
            <OwnPhotos photos />
            <FileList files from=FileFrom::Own />
            {mark.map(|mark| view! { <MarkShown mark rubric /> })}
        </div>
    }
}
