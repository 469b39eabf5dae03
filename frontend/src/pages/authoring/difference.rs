//! What changed between two versions, in words and colours.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client},
    ui::{AsyncView, EmptyState, Symbol, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::CourseId,
    learning::{
        ActivityDifference, ActivityKind, Change, CourseDifference, ExerciseDifference, ModuleDifference, Piece,
        UnitDifference,
    },
};

/// Characters of a stretch that stayed, before and after what changed.
const AROUND: usize = 60;

/// What changed from one version to another, or to the draft.
#[component]
pub(super) fn Difference(
    /// The course.
    id: CourseId,
    /// What is compared: the query of the address, empty for the draft with the newest version.
    #[prop(into)]
    query: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let found = LocalResource::new(move || {
        let path = format!("/courses/{id}/difference?{}", query.get());
        async move { client::get::<CourseDifference>(actor, &path).await }
    });
    let is_same = |found: &CourseDifference| {
        let is_told_the_same = found.goals.is_empty() && found.basis.is_empty() && found.is_sample_open.is_none();
        is_told_the_same && found.modules.is_empty() && found.units.is_empty()
    };
    let same = Signal::derive(move || t_string!(i18n, learning.difference_none).to_owned());
    view! {
        <AsyncView resource=found let:found>
            {match is_same(&found) {
                true => view! { <EmptyState text=same symbol=Symbol::Check /> }.into_any(),
                false => view! { <Found found /> }.into_any(),
            }}
        </AsyncView>
    }
}

#[component]
fn Found(found: CourseDifference) -> impl IntoView {
    let module = |module: ModuleDifference| view! { <ModuleRow module /> };
    let unit = |unit: UnitDifference| view! { <UnitRow unit /> };
    view! {
        <ul class="differences">
            {(!found.goals.is_empty()).then(|| view! {
                <TextRow name=words(|locale| td_string!(locale, learning.author_goals)) pieces=found.goals />
            })}
            {(!found.basis.is_empty()).then(|| view! {
                <TextRow name=words(|locale| td_string!(locale, learning.author_basis)) pieces=found.basis />
            })}
            {found.is_sample_open.map(|is_open| view! { <SampleRow is_open /> })}
            {found.modules.into_iter().map(module).collect_view()}
            {found.units.into_iter().map(unit).collect_view()}
        </ul>
    }
}

/// What became of a part.
fn change_name(locale: Locale, change: Change, is_moved: bool) -> &'static str {
    match change {
        Change::Added => td_string!(locale, learning.difference_added),
        Change::Removed => td_string!(locale, learning.difference_removed),
        Change::Changed if is_moved => td_string!(locale, learning.difference_moved),
        Change::Changed | Change::Same => td_string!(locale, learning.difference_changed),
    }
}

const fn tone_of(change: Change) -> Tone {
    match change {
        Change::Added => Tone::Ok,
        Change::Removed => Tone::Stop,
        Change::Changed | Change::Same => Tone::Wait,
    }
}

#[component]
fn Before(title: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    title.map(|title| {
        let words = move || t_string!(i18n, learning.difference_title_before, title = title.clone());
        view! { <p class="muted small">{words}</p> }
    })
}

/// A text that strangers are told of the course, and that is another.
#[component]
fn TextRow(name: Signal<String>, pieces: Vec<Piece>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="stack">
            <p>
                <Tag tone=tone_of(Change::Changed)>
                    {move || change_name(i18n.get_locale(), Change::Changed, false)}
                </Tag>
                " "
                <b>{move || name.get()}</b>
            </p>
            <Pieces pieces />
        </li>
    }
}

/// Strangers may read the first lesson by now, or no more.
#[component]
fn SampleRow(is_open: bool) -> impl IntoView {
    let i18n = use_i18n();
    let change = if is_open { Change::Added } else { Change::Removed };
    view! {
        <li>
            <Tag tone=tone_of(change)>{move || change_name(i18n.get_locale(), change, false)}</Tag> " "
            {t!(i18n, learning.author_sample)}
        </li>
    }
}

#[component]
fn ModuleRow(module: ModuleDifference) -> impl IntoView {
    let i18n = use_i18n();
    let ModuleDifference { change, title, title_before, is_moved } = module;
    view! {
        <li class="stack">
            <p>
                <Tag tone=tone_of(change)>{move || change_name(i18n.get_locale(), change, is_moved)}</Tag> " "
                <span class="muted">{t!(i18n, learning.author_module)}</span> " " <b>{title}</b>
            </p>
            <Before title=title_before />
        </li>
    }
}

#[component]
fn UnitRow(unit: UnitDifference) -> impl IntoView {
    let i18n = use_i18n();
    let UnitDifference { change, title, module_title, title_before, is_moved, minutes_before, minutes, .. } = unit;
    let minutes = move |before: u16| {
        let words = move || t_string!(i18n, learning.difference_minutes, before = before, after = minutes);
        view! { <p class="muted small num">{words}</p> }
    };
    let exercise = |exercise: ExerciseDifference| view! { <ExerciseRow exercise /> };
    let activity = |activity: ActivityDifference| view! { <ActivityRow activity /> };
    view! {
        <li class="stack">
            <p>
                <Tag tone=tone_of(change)>{move || change_name(i18n.get_locale(), change, is_moved)}</Tag> " "
                <span class="muted">{module_title} " ›"</span> " " <b>{title}</b>
            </p>
            <Before title=title_before />
            {minutes_before.map(minutes)}
            <Pieces pieces=unit.text />
            <ul>{unit.exercises.into_iter().map(exercise).collect_view()}</ul>
            <ul>{unit.activities.into_iter().map(activity).collect_view()}</ul>
        </li>
    }
}

#[component]
fn ExerciseRow(exercise: ExerciseDifference) -> impl IntoView {
    let i18n = use_i18n();
    let ExerciseDifference { change, number, is_moved, text } = exercise;
    view! {
        <li class="stack">
            <p>
                <Tag tone=tone_of(change)>{move || change_name(i18n.get_locale(), change, is_moved)}</Tag> " "
                {t!(i18n, learning.difference_exercise, number = number)}
            </p>
            <Pieces pieces=text />
        </li>
    }
}

#[component]
fn ActivityRow(activity: ActivityDifference) -> impl IntoView {
    let i18n = use_i18n();
    let ActivityDifference { change, kind, number, is_moved, is_required, text } = activity;
    let name = move || match kind {
        ActivityKind::Assignment => t_string!(i18n, learning.difference_assignment, number = number),
        ActivityKind::Discussion => t_string!(i18n, learning.prompts).to_owned(),
        ActivityKind::OfflineLesson => t_string!(i18n, learning.offline_lessons).to_owned(),
        ActivityKind::External => t_string!(i18n, learning.external).to_owned(),
    };
    let requirement = move |is_required: bool| match is_required {
        true => t_string!(i18n, learning.difference_required),
        false => t_string!(i18n, learning.difference_optional),
    };
    view! {
        <li class="stack">
            <p>
                <Tag tone=tone_of(change)>{move || change_name(i18n.get_locale(), change, is_moved)}</Tag> " "
                {name} " "
                {is_required.map(|is_required| view! {
                    <span class="muted">{move || requirement(is_required)}</span>
                })}
            </p>
            <Pieces pieces=text />
        </li>
    }
}

/// A text with what came and what went.
#[component]
fn Pieces(pieces: Vec<Piece>) -> impl IntoView {
    let last = pieces.len().saturating_sub(1);
    let piece = move |(at, Piece { change, text }): (usize, Piece)| match change {
        Change::Added => view! { <ins>{text}</ins> }.into_any(),
        Change::Removed => view! { <del>{text}</del> }.into_any(),
        Change::Same | Change::Changed => shortened(&text, at > 0, at < last).into_any(),
    };
    (!pieces.is_empty()).then(|| {
        view! { <p class="as-written">{pieces.into_iter().enumerate().map(piece).collect_view()}</p> }
    })
}

/// The ends of a stretch that stayed, where something changed before or after it.
fn shortened(text: &str, has_before: bool, has_after: bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (first, last) = (if has_before { AROUND } else { 0 }, if has_after { AROUND } else { 0 });
    if letters.len() <= first + last + 1 {
        return text.to_owned();
    }
    let head = letters.iter().take(first);
    let tail = letters.iter().skip(letters.len() - last);
    head.chain(&['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stayed_is_shown_around_what_changed() {
        let long = "字".repeat(200);
        assert_eq!(shortened("短", true, true), "短");
        assert_eq!(shortened(&long, true, false).chars().count(), AROUND + 1);
        assert_eq!(shortened(&long, true, true).chars().count(), 2 * AROUND + 1);
        assert_eq!(shortened(&long, false, true).chars().next(), Some('…'));
    }
}
