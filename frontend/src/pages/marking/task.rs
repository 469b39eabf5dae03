//! One response, and the points that it gets.

use super::points::parse_points;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    items::bounds_text,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{Button, DeedFailure, Field, Look, TextInput, focus_first_wrong},
};
use leptos::prelude::*;
use shared::{
    item_bank::essay_length,
    marking::{MarkingDimension, MarkingTask, NewMark},
    points::Points,
    problem::ProblemCode,
};
use uuid::Uuid;

/// What became of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marked {
    /// It has these points now.
    Now,
    /// Another marker has it by now, or the results are out.
    ByAnother,
}

async fn mark(actor: Actor, id: Uuid, new: NewMark) -> Outcome<Marked> {
    match client::send(actor, &format!("/marking_tasks/{id}/mark"), &new).await {
        Ok(()) => Ok(Marked::Now),
        Err(refused) => match refused.code() {
            Some(ProblemCode::WrongState | ProblemCode::NotClaimed) => Ok(Marked::ByAnother),
            _ => Err(refused),
        },
    }
}

/// The item, what to look for, what the candidate wrote, and the points.
#[component]
pub(super) fn Task(
    /// The response.
    task: MarkingTask,
    /// Goes on to the next one.
    on_marked: Callback<Marked>,
) -> impl IntoView {
    let i18n = use_i18n();
    let MarkingTask { id, material_html, stem_html, rubric_html, response, max_points, dimensions, length } = task;
    let count = essay_length(&response);
    let is_essay = !dimensions.is_empty();
    let long = move || {
        let locale = i18n.get_locale();
        td_string!(locale, marking.length, count = count) + &bounds_text(locale, length, count)
    };
    let rubric = (!rubric_html.trim().is_empty()).then(|| {
        view! {
            <h2>{t!(i18n, marking.rubric)}</h2>
            <div class="prose" inner_html=rubric_html></div>
        }
    });
    let response = match response.trim() {
        "" => t!(i18n, marking.empty_response).into_any(),
        _ => response.into_any(),
    };
    view! {
        <article class="marking" aria-label=move || t_string!(i18n, marking.task)>
            <div class="card stack">
                <Material html=material_html />
                <h2>{t!(i18n, marking.stem)}</h2>
                <div class="prose" inner_html=stem_html></div>
                {rubric}
            </div>
            <div class="card stack">
                <h2>{t!(i18n, marking.response)}</h2>
                <blockquote class="response">{response}</blockquote>
                {is_essay.then(|| view! { <p class="small muted num">{long}</p> })}
                {if is_essay {
                    view! { <DimensionsForm id max_points dimensions on_marked /> }.into_any()
                } else {
                    view! { <PointsForm id max_points on_marked /> }.into_any()
                }}
            </div>
        </article>
    }
}

/// What the question is about, if it is one on a material.
#[component]
fn Material(
    /// The material.
    html: String,
) -> impl IntoView {
    let i18n = use_i18n();
    (!html.trim().is_empty()).then(|| {
        view! {
            <h2>{t!(i18n, marking.material)}</h2>
            <div class="prose" inner_html=html></div>
        }
    })
}

/// Takes the points; Enter sends them.
#[component]
fn PointsForm(id: Uuid, max_points: Points, on_marked: Callback<Marked>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (typed, is_wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let given = parse_points(&typed.get_untracked()).filter(|given| *given <= max_points);
        is_wrong.set(given.is_none());
        match given {
            Some(points) => {
                let new = NewMark { points, dimensions: Vec::new() };
                deed.run(mark(actor, id, new), move |marked| on_marked.run(marked));
            }
            None => focus_first_wrong(),
        }
    };
    let hint = move || t_string!(i18n, marking.points_hint, max = max_points.to_string());
    let error = move || {
        if is_wrong.get() {
            t_string!(i18n, marking.bad_points, max = max_points.to_string())
        } else {
            deed.field("/points").get()
        }
    };
    view! {
        <form class="stack" novalidate on:submit=submit>
            <Field
                id="points"
                label=Signal::derive(move || t_string!(i18n, marking.points).to_owned())
                hint=Signal::derive(hint)
                error=Signal::derive(error)
            >
                <TextInput value=typed keyboard="decimal" />
            </Field>
            <DeedFailure deed />
            <Button look=Look::Primary is_submit=true is_wide=true is_busy=deed.is_busy()>
                {t!(i18n, marking.submit)}
            </Button>
        </form>
    }
}

/// Names the fields of an essay's dimensions; the page turns to the first.
const FIELDS: [&str; 8] =
    ["points", "points-2", "points-3", "points-4", "points-5", "points-6", "points-7", "points-8"];

/// A dimension, and what was typed for it.
#[derive(Clone)]
struct Given {
    name: String,
    max: Points,
    typed: RwSignal<String>,
}

impl Given {
    fn of(dimension: MarkingDimension) -> Self {
        let MarkingDimension { name, max_points } = dimension;
        Self { name, max: max_points, typed: RwSignal::new(String::new()) }
    }

    /// Its points; `None` as long as they cannot be so many.
    fn points(&self) -> Option<Points> {
        self.typed.with(|typed| parse_points(typed)).filter(|given| *given <= self.max)
    }
}

/// Takes the points of each dimension, and says their sum; Enter sends them.
#[component]
fn DimensionsForm(
    id: Uuid,
    max_points: Points,
    dimensions: Vec<MarkingDimension>,
    on_marked: Callback<Marked>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, is_tried) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(false));
    let all: Vec<Given> = dimensions.into_iter().map(Given::of).collect();
    let given = StoredValue::new(all.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        is_tried.set(true);
        let points = untrack(|| given.with_value(|given| given.iter().map(Given::points).collect::<Option<Vec<_>>>()));
        match points {
            Some(dimensions) => {
                let new = NewMark { points: dimensions.iter().copied().sum(), dimensions };
                deed.run(mark(actor, id, new), move |marked| on_marked.run(marked));
            }
            None => focus_first_wrong(),
        }
    };
    let sum = move || {
        let sum: Points = given.with_value(|given| given.iter().filter_map(Given::points).sum());
        t_string!(i18n, marking.sum, points = sum.to_string(), max = max_points.to_string())
    };
    let field = move |(field, given): (&'static str, Given)| {
        let (name, max, typed) = (given.name.clone(), given.max.to_string(), given.typed);
        let most = max.clone();
        let hint = move || t_string!(i18n, marking.dimension_hint, max = most.clone());
        let error = move || {
            let is_wrong = is_tried.get() && given.points().is_none();
            if is_wrong { t_string!(i18n, marking.bad_points, max = max.clone()) } else { String::new() }
        };
        view! {
            <Field id=field label=Signal::stored(name) hint=Signal::derive(hint) error=Signal::derive(error)>
                <TextInput value=typed keyboard="decimal" />
            </Field>
        }
    };
    view! {
        <form class="stack" novalidate on:submit=submit>
            {FIELDS.into_iter().zip(all).map(field).collect_view()}
            <p class="num" role="status">{sum}</p>
            <DeedFailure deed />
            <Button look=Look::Primary is_submit=true is_wide=true is_busy=deed.is_busy()>
                {t!(i18n, marking.submit)}
            </Button>
        </form>
    }
}
