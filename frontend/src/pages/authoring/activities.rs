//! The activities of a unit, kind by kind: what is there, in which order, and one of them under the author's hands.

mod detail;
mod discussion;
mod external;
mod form;
mod offline_lesson;

pub(super) use detail::ActivityDetail;

use super::{
    draft::{Draft, Place},
    drag::{Drag, Grip},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Button, Look, Toasts},
};
use discussion::DiscussionForm;
use external::ExternalForm;
use form::AssignmentForm;
use leptos::prelude::*;
use offline_lesson::OfflineLessonForm;
use shared::{
    ids::ActivityId,
    learning::{Activity, ActivityBody, ActivityKind, ExternalLink, MAX_ACTIVITIES, Takes, move_activity},
};

/// What is said of a kind.
#[derive(Clone, Copy)]
struct Said {
    title: fn(Locale) -> &'static str,
    none: fn(Locale) -> &'static str,
    add: fn(Locale) -> &'static str,
    new: fn(Locale) -> &'static str,
    nth: fn(Locale, usize) -> String,
}

impl Said {
    fn of(kind: ActivityKind) -> Self {
        match kind {
            ActivityKind::Assignment => Self {
                title: |locale| td_string!(locale, learning.author_assignments),
                none: |locale| td_string!(locale, learning.author_no_assignments),
                add: |locale| td_string!(locale, learning.author_add_assignment),
                new: |locale| td_string!(locale, learning.author_new_assignment),
                nth: |locale, number| td_string!(locale, learning.author_assignment, number = number),
            },
            ActivityKind::Discussion => Self {
                title: |locale| td_string!(locale, learning.author_prompts),
                none: |locale| td_string!(locale, learning.author_no_prompts),
                add: |locale| td_string!(locale, learning.author_add_prompt),
                new: |locale| td_string!(locale, learning.author_new_prompt),
                nth: |locale, number| td_string!(locale, learning.author_prompt, number = number),
            },
            ActivityKind::OfflineLesson => Self {
                title: |locale| td_string!(locale, learning.offline_lessons),
                none: |locale| td_string!(locale, learning.author_no_offline_lessons),
                add: |locale| td_string!(locale, learning.author_add_offline_lesson),
                new: |locale| td_string!(locale, learning.author_new_offline_lesson),
                nth: |locale, number| td_string!(locale, learning.author_offline_lesson, number = number),
            },
            ActivityKind::External => Self {
                title: |locale| td_string!(locale, learning.external),
                none: |locale| td_string!(locale, learning.author_no_external),
                add: |locale| td_string!(locale, learning.author_add_external),
                new: |locale| td_string!(locale, learning.author_new_external),
                nth: |locale, number| td_string!(locale, learning.author_external, number = number),
            },
        }
    }
}

/// Lists, adds, orders, removes and edits activities of one kind.
#[component]
pub(super) fn Activities(
    /// The draft.
    draft: Draft,
    /// Which unit.
    place: Place,
    /// The kind.
    kind: ActivityKind,
) -> impl IntoView {
    let i18n = use_i18n();
    let said = Said::of(kind);
    let ids = Memo::new(move |_| of_unit(draft, place, |activity| activity.body.kind() == kind));
    let has_room = Memo::new(move |_| of_unit(draft, place, |_| true).len() < MAX_ACTIVITIES);
    let (open, drag) = (RwSignal::new(None::<ActivityId>), Drag::new());
    let add = move |()| {
        let activity = new_activity(kind, (said.new)(i18n.get_locale_untracked()).to_owned());
        open.set(Some(activity.id));
        draft.change_unit(place, |unit| unit.activities.push(activity));
    };
    view! {
        <h2>{move || (said.title)(i18n.get_locale())}</h2>
        <Show
            when=move || ids.with(|ids| !ids.is_empty())
            fallback=move || view! { <p class="muted">{move || (said.none)(i18n.get_locale())}</p> }
        >
            <ol class="outline">
                <For each=move || ids.get() key=|id: &ActivityId| *id let:id>
                    <Row draft drag place kind id ids open />
                </For>
            </ol>
        </Show>
        <Show when=move || has_room.get()>
            <Button on_press=add>{move || (said.add)(i18n.get_locale())}</Button>
        </Show>
    }
}

/// Those activities of the unit that are wanted, in order.
fn of_unit(draft: Draft, (module, unit): Place, is_wanted: impl Fn(&Activity) -> bool) -> Vec<ActivityId> {
    draft.content.with(|content| {
        let unit = content.modules.get(module).and_then(|module| module.units.get(unit));
        let activities = unit.into_iter().flat_map(|unit| &unit.activities);
        activities.filter(|activity| is_wanted(activity)).map(|activity| activity.id).collect()
    })
}

/// One activity: its title opens it.
#[component]
fn Row(
    draft: Draft,
    drag: Drag,
    place: Place,
    kind: ActivityKind,
    id: ActivityId,
    ids: Memo<Vec<ActivityId>>,
    open: RwSignal<Option<ActivityId>>,
) -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), expect_context::<Toasts>());
    let at = Memo::new(move |_| ids.with(|ids| ids.iter().position(|other| *other == id)).unwrap_or_default());
    let title = Memo::new(move |_| {
        let written = draft.content.with(|content| {
            let unit = content.modules.get(place.0).and_then(|module| module.units.get(place.1));
            let activity = unit.and_then(|unit| unit.activities.iter().find(|activity| activity.id == id));
            activity.map(|activity| activity.title.trim().to_owned()).unwrap_or_default()
        });
        match written.is_empty() {
            true => (Said::of(kind).nth)(i18n.get_locale(), at.get() + 1),
            false => written,
        }
    });
    let is_open = Memo::new(move |_| open.get() == Some(id));
    let remove = move |()| {
        open.set(None);
        draft.change_unit(place, |unit| unit.activities.retain(|activity| activity.id != id));
    };
    let move_to = move |other: ActivityId| {
        draft.change_unit(place, |unit| move_activity(&mut unit.activities, id, other));
        let (title, all) = (title.get_untracked(), ids.with_untracked(Vec::len));
        toasts.whisper(t_string!(
            i18n,
            learning.moved_activity,
            title = title,
            place = at.get_untracked() + 1,
            all = all
        ));
    };
    let step_to = move |at: usize| {
        if let Some(other) = ids.with_untracked(|ids| ids.get(at).copied()) {
            move_to(other);
        }
    };
    // What is of another kind stays in its own list.
    let put = move |row: String| {
        let other = row.parse::<ActivityId>().ok().filter(|other| ids.with_untracked(|ids| ids.contains(other)));
        if let Some(other) = other {
            move_to(other);
        }
    };
    let is_last = move || ids.with(|ids| at.get() + 1 >= ids.len());
    let named = move || view! { <span class="visually-hidden">" " {move || title.get()}</span> };
    view! {
        <li class="stack" data-part=id.to_string() class:is-target=move || drag.is_target(&id.to_string())>
            <div class="outline-row">
                <button
                    type="button"
                    class="button quiet grow"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| open.set(if is_open.get_untracked() { None } else { Some(id) })
                >
                    {move || title.get()}
                </button>
                <Grip row=id.to_string() drag on_drop=put />
                <Show when=move || 0 < at.get()>
                    <Button look=Look::Quiet on_press=move |()| step_to(at.get_untracked() - 1)>
                        {t!(i18n, learning.author_up)} {named()}
                    </Button>
                </Show>
                <Show when=move || !is_last()>
                    <Button look=Look::Quiet on_press=move |()| step_to(at.get_untracked() + 1)>
                        {t!(i18n, learning.author_down)} {named()}
                    </Button>
                </Show>
                <Button look=Look::Quiet on_press=remove>{t!(i18n, learning.author_remove)} {named()}</Button>
            </div>
            <Show when=move || is_open.get()>
                {match kind {
                    ActivityKind::Assignment => view! { <AssignmentForm draft place id /> }.into_any(),
                    ActivityKind::Discussion => view! { <DiscussionForm draft place id /> }.into_any(),
                    ActivityKind::OfflineLesson => view! { <OfflineLessonForm draft place id /> }.into_any(),
                    ActivityKind::External => view! { <ExternalForm draft place id /> }.into_any(),
                }}
            </Show>
        </li>
    }
}

#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this id")]
fn new_activity(kind: ActivityKind, title: String) -> Activity {
    let takes = Takes { may_write: true, photos: 3, files: 0 };
    let body = match kind {
        ActivityKind::Assignment => ActivityBody::Assignment { task: String::new(), takes, rubric: Vec::new() },
        ActivityKind::Discussion => ActivityBody::Discussion { prompt: String::new() },
        ActivityKind::OfflineLesson => ActivityBody::OfflineLesson { about: String::new(), class_hours: 1 },
        ActivityKind::External => ActivityBody::External { link: ExternalLink::default() },
    };
    Activity { id: uuid::Uuid::new_v4().into(), title, is_required: false, body }
}
