//! What was handed in of an assignment, as its learner and its teachers see it.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::when,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    learning::{Criterion, HandInMarkView, HandInState},
    points::Points,
};

/// Where a hand-in stands.
#[component]
pub(in crate::pages) fn HandInTag(
    /// The state.
    state: HandInState,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        HandInState::Waiting => Tone::Wait,
        HandInState::Returned => Tone::Stop,
        HandInState::Marked => Tone::Ok,
    };
    let words = move || match state {
        HandInState::Waiting => t_string!(i18n, classes.hand_in_waiting),
        HandInState::Returned => t_string!(i18n, classes.hand_in_returned),
        HandInState::Marked => t_string!(i18n, classes.hand_in_marked),
    };
    view! { <Tag tone>{words}</Tag> }
}

/// The criteria, each with the points that it gave, if somebody has marked.
#[component]
pub(in crate::pages) fn RubricList(
    /// The criteria, in order.
    rubric: Vec<Criterion>,
    /// The points of each; none before it is marked.
    points: Vec<Points>,
) -> impl IntoView {
    let i18n = use_i18n();
    let given = points.into_iter().map(Some).chain(std::iter::repeat(None));
    let line = move |(criterion, given): (Criterion, Option<Points>)| {
        let Criterion { title, points, description } = criterion;
        let words = move || match given {
            Some(given) => {
                t_string!(i18n, learning.assignment_score, points = given.to_string(), most = points.to_string())
            }
            None => t_string!(i18n, learning.assignment_most, points = points.to_string()),
        };
        view! {
            <li>
                <div>
                    <p>{title}</p>
                    {(!description.is_empty()).then(|| view! { <p class="muted small own-words">{description}</p> })}
                </div>
                <span class="num">{words}</span>
            </li>
        }
    };
    view! { <ul class="rows">{rubric.into_iter().zip(given).map(line).collect_view()}</ul> }
}

/// What a teacher decided: the remark, the points of each criterion and their sum.
#[component]
pub(in crate::pages) fn MarkShown(
    /// The decision.
    mark: HandInMarkView,
    /// The criteria, in order.
    rubric: Vec<Criterion>,
) -> impl IntoView {
    let i18n = use_i18n();
    let HandInMarkView { is_returned, points, remark, by_name, at } = mark;
    let (sum, most): (Points, Points) =
        (points.iter().copied().sum(), rubric.iter().map(|criterion| criterion.points).sum());
    let by_whom = move || {
        let at = when::date_time(i18n.get_locale(), at);
        t_string!(i18n, learning.assignment_marked_by, name = by_name.clone(), at = at)
    };
    view! {
        <div class="teacher-answer stack">
            {(!remark.is_empty()).then(|| view! { <p class="own-words">{remark}</p> })}
            {(!is_returned).then(|| view! {
                <p class="num">
                    <b>
                        {move || {
                            t_string!(i18n, learning.assignment_score, points = sum.to_string(), most = most.to_string())
                        }}
                    </b>
                </p>
                <RubricList rubric points />
            })}
            <p class="muted small num">{by_whom}</p>
        </div>
    }
}

/// When it was handed in.
#[component]
pub(in crate::pages) fn HandedInAt(
    /// The moment.
    at: shared::time::Timestamp,
) -> impl IntoView {
    let i18n = use_i18n();
    let moment = move || when::date_time(i18n.get_locale(), at);
    view! { <p class="muted small num">{t!(i18n, learning.assignment_handed_in_at, at = moment)}</p> }
}
