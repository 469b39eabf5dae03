//! One response, and the points that it gets.

use super::points::parse_points;
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{Button, DeedFailure, Field, Look, TextInput, focus_first_wrong},
};
use leptos::prelude::*;
use shared::{
    marking::{MarkingTask, NewMark},
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

async fn mark(actor: Actor, id: Uuid, points: Points) -> Outcome<Marked> {
    match client::send(actor, &format!("/marking_tasks/{id}/mark"), &NewMark { points }).await {
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
    let MarkingTask { id, stem_html, rubric_html, response, max_points } = task;
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
                <h2>{t!(i18n, marking.stem)}</h2>
                <div class="prose" inner_html=stem_html></div>
                {rubric}
            </div>
            <div class="card stack">
                <h2>{t!(i18n, marking.response)}</h2>
                <blockquote class="response">{response}</blockquote>
                <PointsForm id max_points on_marked />
            </div>
        </article>
    }
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
            Some(points) => deed.run(mark(actor, id, points), move |marked| on_marked.run(marked)),
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
