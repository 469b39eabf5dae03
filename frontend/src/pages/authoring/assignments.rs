//! The assignments of a unit: what is there, in which order, and one of them under the author's hands.

mod detail;
mod form;

pub(super) use detail::AssignmentDetail;

use super::draft::{Draft, Place};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Look},
};
use form::AssignmentForm;
use leptos::prelude::*;
use shared::{
    ids::ActivityId,
    learning::{Activity, ActivityBody, MAX_ACTIVITIES, Takes},
};

/// Lists, adds, orders, removes and edits assignments.
#[component]
pub(super) fn Assignments(
    /// The draft.
    draft: Draft,
    /// Which unit.
    place: Place,
) -> impl IntoView {
    let i18n = use_i18n();
    let ids = Memo::new(move |_| assignments(draft, place));
    let open = RwSignal::new(None::<ActivityId>);
    let add = move |()| {
        let activity = new_assignment(t_string!(i18n, learning.author_new_assignment).to_owned());
        open.set(Some(activity.id));
        draft.change_unit(place, |unit| unit.activities.push(activity));
    };
    view! {
        <h2>{t!(i18n, learning.author_assignments)}</h2>
        <Show
            when=move || ids.with(|ids| !ids.is_empty())
            fallback=move || view! { <p class="muted">{t!(i18n, learning.author_no_assignments)}</p> }
        >
            <ol class="outline">
                <For each=move || ids.get() key=|id: &ActivityId| *id let:id>
                    <Row draft place id ids open />
                </For>
            </ol>
        </Show>
        <Show when=move || ids.with(|ids| ids.len() < MAX_ACTIVITIES)>
            <Button on_press=add>{t!(i18n, learning.author_add_assignment)}</Button>
        </Show>
    }
}

/// The assignments of the unit, in order.
fn assignments(draft: Draft, (module, unit): Place) -> Vec<ActivityId> {
    draft.content.with(|content| {
        let unit = content.modules.get(module).and_then(|module| module.units.get(unit));
        let activities = unit.into_iter().flat_map(|unit| &unit.activities);
        activities.filter(|activity| activity.body.assignment().is_some()).map(|activity| activity.id).collect()
    })
}

/// One assignment: its title opens it.
#[component]
fn Row(
    draft: Draft,
    place: Place,
    id: ActivityId,
    ids: Memo<Vec<ActivityId>>,
    open: RwSignal<Option<ActivityId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let at = Memo::new(move |_| ids.with(|ids| ids.iter().position(|other| *other == id)).unwrap_or_default());
    let title = Memo::new(move |_| {
        let written = draft.content.with(|content| {
            let unit = content.modules.get(place.0).and_then(|module| module.units.get(place.1));
            let activity = unit.and_then(|unit| unit.activities.iter().find(|activity| activity.id == id));
            activity.map(|activity| activity.title.trim().to_owned()).unwrap_or_default()
        });
        match written.is_empty() {
            true => t_string!(i18n, learning.author_assignment, number = at.get() + 1),
            false => written,
        }
    });
    let is_open = Memo::new(move |_| open.get() == Some(id));
    let remove = move |()| {
        open.set(None);
        draft.change_unit(place, |unit| unit.activities.retain(|activity| activity.id != id));
    };
    let change_places = move |other: usize| {
        if let Some(other) = ids.with_untracked(|ids| ids.get(other).copied()) {
            draft.change_unit(place, |unit| swap(&mut unit.activities, id, other));
        }
    };
    let is_last = move || ids.with(|ids| at.get() + 1 >= ids.len());
    let named = move || view! { <span class="visually-hidden">" " {move || title.get()}</span> };
    view! {
        <li class="stack">
            <div class="outline-row">
                <button
                    type="button"
                    class="button quiet grow"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| open.set(if is_open.get_untracked() { None } else { Some(id) })
                >
                    {move || title.get()}
                </button>
                <Show when=move || 0 < at.get()>
                    <Button look=Look::Quiet on_press=move |()| change_places(at.get_untracked() - 1)>
                        {t!(i18n, learning.author_up)} {named()}
                    </Button>
                </Show>
                <Show when=move || !is_last()>
                    <Button look=Look::Quiet on_press=move |()| change_places(at.get_untracked() + 1)>
                        {t!(i18n, learning.author_down)} {named()}
                    </Button>
                </Show>
                <Button look=Look::Quiet on_press=remove>{t!(i18n, learning.author_remove)} {named()}</Button>
            </div>
            <Show when=move || is_open.get()>
                <AssignmentForm draft place id />
            </Show>
        </li>
    }
}

/// Lets two activities change places.
fn swap(activities: &mut [Activity], one: ActivityId, other: ActivityId) {
    let at = |id| activities.iter().position(|activity| activity.id == id);
    if let (Some(one), Some(other)) = (at(one), at(other)) {
        activities.swap(one, other);
    }
}

#[expect(clippy::disallowed_methods, reason = "the browser has no injected source, and no rule reads this id")]
fn new_assignment(title: String) -> Activity {
    let takes = Takes { may_write: true, photos: 3 };
    let body = ActivityBody::Assignment { task: String::new(), takes, rubric: Vec::new() };
    Activity { id: uuid::Uuid::new_v4().into(), title, is_required: false, body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_change_places() {
        let mut activities = ["a", "b", "c"].map(|title| new_assignment(title.to_owned()));
        let (first, last) = (activities[0].id, activities[2].id);
        swap(&mut activities, first, last);
        assert_eq!(activities.map(|activity| activity.title), ["c", "b", "a"]);
    }
}
