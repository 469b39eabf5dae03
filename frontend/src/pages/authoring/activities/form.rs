//! One assignment under the author's hands: the task, what may be handed in, and the rubric.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        authoring::draft::{Draft, Place},
        organisation::words::words,
    },
    ui::{Button, Field, Look, Notice, TextArea, TextInput, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ActivityId,
    learning::{
        Activity, ActivityBody, Assignment, Criterion, MAX_CRITERIA, MAX_HAND_IN_FILES, MAX_HAND_IN_PHOTOS, Takes,
    },
    points::Points,
};

/// The fields of a criterion: what is looked at, its points, and what gives how much.
const CRITERION_FIELDS: [[&str; 3]; MAX_CRITERIA] = [
    ["criterion_0", "criterion_points_0", "criterion_about_0"],
    ["criterion_1", "criterion_points_1", "criterion_about_1"],
    ["criterion_2", "criterion_points_2", "criterion_about_2"],
    ["criterion_3", "criterion_points_3", "criterion_about_3"],
    ["criterion_4", "criterion_points_4", "criterion_about_4"],
    ["criterion_5", "criterion_points_5", "criterion_about_5"],
    ["criterion_6", "criterion_points_6", "criterion_about_6"],
    ["criterion_7", "criterion_points_7", "criterion_about_7"],
    ["criterion_8", "criterion_points_8", "criterion_about_8"],
    ["criterion_9", "criterion_points_9", "criterion_about_9"],
];

/// What is written of a criterion.
#[derive(Clone, Copy)]
struct Slot {
    title: RwSignal<String>,
    points: RwSignal<String>,
    about: RwSignal<String>,
}

impl Slot {
    fn new(criterion: Option<&Criterion>) -> Self {
        let of = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
        Self {
            title: of(criterion.map(|criterion| criterion.title.clone())),
            points: of(criterion.map(|criterion| criterion.points.to_string())),
            about: of(criterion.map(|criterion| criterion.description.clone())),
        }
    }

    fn track(self) {
        self.title.track();
        self.points.track();
        self.about.track();
    }

    fn clear(self) {
        self.title.set(String::new());
        self.points.set(String::new());
        self.about.set(String::new());
    }

    fn criterion(self) -> Criterion {
        Criterion {
            title: self.title.get_untracked(),
            points: Points::parse(self.points.get_untracked().trim()).unwrap_or_default(),
            description: self.about.get_untracked(),
        }
    }
}

/// What is written of an assignment.
#[derive(Clone, Copy)]
struct Written {
    title: RwSignal<String>,
    is_required: RwSignal<bool>,
    task: RwSignal<String>,
    may_write: RwSignal<bool>,
    photos: RwSignal<String>,
    files: RwSignal<String>,
    slots: [Slot; MAX_CRITERIA],
    /// The slots that are in use, in order.
    used: RwSignal<Vec<usize>>,
}

impl Written {
    fn of(activity: &Activity) -> Self {
        let nothing = Assignment { task: "", takes: Takes { may_write: true, photos: 0, files: 0 }, rubric: &[] };
        let Assignment { task, takes, rubric } = activity.body.assignment().unwrap_or(nothing);
        Self {
            title: RwSignal::new(activity.title.clone()),
            is_required: RwSignal::new(activity.is_required),
            task: RwSignal::new(task.to_owned()),
            may_write: RwSignal::new(takes.may_write),
            photos: RwSignal::new(takes.photos.to_string()),
            files: RwSignal::new(takes.files.to_string()),
            slots: std::array::from_fn(|at| Slot::new(rubric.get(at))),
            used: RwSignal::new((0..rubric.len().min(MAX_CRITERIA)).collect()),
        }
    }

    fn track(self) {
        self.title.track();
        self.is_required.track();
        self.task.track();
        self.may_write.track();
        self.photos.track();
        self.files.track();
        self.used.with(|used| used.iter().for_each(|slot| self.slots[*slot].track()));
    }

    fn write(self, activity: &mut Activity) {
        let rubric = self.used.get_untracked().into_iter().map(|slot| self.slots[slot].criterion()).collect();
        activity.title = self.title.get_untracked();
        activity.is_required = self.is_required.get_untracked();
        let takes = untrack(|| self.takes());
        let task = self.task.get_untracked();
        activity.body = ActivityBody::Assignment { task, takes, rubric };
    }

    /// What may be handed in.
    fn takes(self) -> Takes {
        let (photos, files) = (self.photos.with(|photos| number(photos)), self.files.with(|files| number(files)));
        Takes { may_write: self.may_write.get(), photos, files }
    }

    fn add_criterion(self) {
        let free = (0..MAX_CRITERIA).find(|slot| self.used.with_untracked(|used| !used.contains(slot)));
        if let Some(free) = free {
            self.slots[free].clear();
            self.used.update(|used| used.push(free));
        }
    }
}

/// A number that somebody wrote; none, if it cannot be read.
fn number(written: &str) -> u8 {
    written.trim().parse().unwrap_or_default()
}

/// Edits an assignment; every change goes to the draft.
#[component]
pub(super) fn AssignmentForm(
    /// The draft.
    draft: Draft,
    /// Its unit.
    place: Place,
    /// Which assignment.
    id: ActivityId,
) -> impl IntoView {
    let unit = draft.unit(place);
    let activity = unit.and_then(|unit| unit.activities.into_iter().find(|activity| activity.id == id));
    activity.map(|activity| {
        let written = Written::of(&activity);
        let write = move |_: &(), _: Option<&()>, _: Option<()>| {
            draft.change_unit(place, |unit| {
                if let Some(activity) = unit.activities.iter_mut().find(|activity| activity.id == id) {
                    written.write(activity);
                }
            });
        };
        Effect::watch(move || written.track(), write, false);
        view! {
            <div class="stack">
                <Task written />
                <WhatIsTaken written />
                <Rubric written />
            </div>
        }
    })
}

#[component]
fn Task(written: Written) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field id="assignment_title" label=words(|locale| td_string!(locale, learning.author_assignment_title))>
            <TextInput value=written.title />
        </Field>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=written.is_required
                on:change:target=move |event| written.is_required.set(event.target().checked())
            />
            <span>{t!(i18n, learning.author_assignment_required)}</span>
        </label>
        <Field id="assignment_task" label=words(|locale| td_string!(locale, learning.author_task))>
            <TextArea value=written.task rows=6 />
        </Field>
    }
}

#[component]
fn WhatIsTaken(written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let label = Signal::derive(move || t_string!(i18n, learning.author_takes_photos, max = MAX_HAND_IN_PHOTOS));
    let label_of_files = Signal::derive(move || t_string!(i18n, learning.author_takes_files, max = MAX_HAND_IN_FILES));
    let takes_nothing = move || {
        let takes = written.takes();
        !takes.may_write && takes.photos == 0 && takes.files == 0
    };
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=written.may_write
                on:change:target=move |event| written.may_write.set(event.target().checked())
            />
            <span>{t!(i18n, learning.author_takes_text)}</span>
        </label>
        <Field id="assignment_photos" label>
            <TextInput value=written.photos keyboard="numeric" />
        </Field>
        <Field id="assignment_files" label=label_of_files>
            <TextInput value=written.files keyboard="numeric" />
        </Field>
        <div role="status">
            {move || takes_nothing().then(|| view! {
                <Notice tone=Tone::Wait>{t!(i18n, learning.author_takes_nothing)}</Notice>
            })}
        </div>
    }
}

#[component]
fn Rubric(written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let has_room = move || written.used.with(|used| used.len() < MAX_CRITERIA);
    view! {
        <h3>{t!(i18n, learning.author_rubric)}</h3>
        <ol class="outline">
            <For each=move || written.used.get() key={|slot: &usize| *slot} let:slot>
                <OneCriterion written at=slot />
            </For>
        </ol>
        <Show when=has_room>
            <Button on_press=move |()| written.add_criterion()>{t!(i18n, learning.author_add_criterion)}</Button>
        </Show>
    }
}

#[component]
fn OneCriterion(written: Written, at: usize) -> impl IntoView {
    let i18n = use_i18n();
    let Slot { title, points, about } = written.slots[at];
    let [title_id, points_id, about_id] = CRITERION_FIELDS[at];
    let number =
        Memo::new(move |_| written.used.with(|used| used.iter().position(|other| *other == at)).unwrap_or(at) + 1);
    let title_label = Signal::derive(move || t_string!(i18n, learning.author_criterion_title, number = number.get()));
    let points_label = Signal::derive(move || t_string!(i18n, learning.author_criterion_points, number = number.get()));
    let about_label = Signal::derive(move || t_string!(i18n, learning.author_criterion_about, number = number.get()));
    let remove = move |()| written.used.update(|used| used.retain(|other| *other != at));
    view! {
        <li class="stack">
            <Field id=title_id label=title_label><TextInput value=title /></Field>
            <Field id=points_id label=points_label><TextInput value=points keyboard="decimal" /></Field>
            <Field id=about_id label=about_label><TextArea value=about rows=2 /></Field>
            <Button look=Look::Quiet on_press=remove>
                {move || t_string!(i18n, learning.author_remove_criterion, number = number.get())}
            </Button>
        </li>
    }
}
