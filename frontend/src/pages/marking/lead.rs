//! The head of the marking: how far it is, and what was marked, without a word of whose it is.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        deed::Deed,
        when,
    },
    ui::{
        AsyncView, Button, Card, Column, DeedFailure, DeedForm, Dialog, Field, Look, PageHeading, Paged, PagedView,
        Select, Table, TextInput, Toasts,
    },
};
use leptos::{context::Provider, prelude::*};
use shared::{
    ids::ExamSessionId,
    marking::{MarkedResponse, MarkerProgress, MarkingDimension, MarkingProgress, ReopenResponse, RubricView},
    page::Page,
    points::Points,
    sittings::{ExamSessionState, ExamSessionView},
};
use uuid::Uuid;

lazy_page! {
    /// The page.
    MarkingProgressPage = MarkingLead in office;
}

/// The exam sessions that are being marked.
async fn in_marking(actor: Actor) -> Outcome<Vec<ExamSessionView>> {
    let known: Page<ExamSessionView> = client::get(actor, "/exam_sessions?limit=200").await?;
    Ok(known.items.into_iter().filter(|known| known.state == ExamSessionState::Marking).collect())
}

#[component]
fn MarkingLead() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let known = LocalResource::new(move || in_marking(actor));
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, marking.lead_title)) />
            <p class="muted">{t!(i18n, marking.lead_lead)}</p>
            <AsyncView
                resource=known
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, marking.lead_none))
                let:known
            >
                <Choose known />
            </AsyncView>
        </main>
    }
}

/// Chooses among the exam sessions, the first at first.
#[component]
fn Choose(known: Vec<ExamSessionView>) -> impl IntoView {
    let first = known.first().map(|known| known.id.to_string()).unwrap_or_default();
    let value = RwSignal::new(first);
    let options: Vec<_> = known.into_iter().map(|known| (known.id.to_string(), known.title)).collect();
    view! {
        <Field id="exam_session" label=words(|locale| td_string!(locale, marking.choose))>
            <Select value options=RwSignal::new(options) />
        </Field>
        {move || value.with(|id| id.parse::<ExamSessionId>().ok()).map(|id| view! { <Lead id /> })}
    }
}

#[component]
fn Lead(id: ExamSessionId) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let progress: LocalResource<Outcome<MarkingProgress>> = LocalResource::new(move || async move {
        client::get(actor, &format!("/exam_sessions/{id}/marking_progress")).await
    });
    let responses = Paged::new(move |cursor: Option<String>| {
        let asked = query(&[("cursor", cursor)]);
        async move {
            client::get::<Page<MarkedResponse>>(actor, &format!("/exam_sessions/{id}/marked_responses?{asked}")).await
        }
    });
    let reopened = Callback::new(move |id: Uuid| {
        responses.amend(|rows| rows.retain(|shown| shown.task.id != id));
        progress.refetch();
    });
    view! {
        <AsyncView resource=progress let:progress>
            <Progress progress />
        </AsyncView>
        <Provider value=Reopened(reopened)>
            <Responses responses />
        </Provider>
    }
}

/// Says that a response waits for a marker again.
#[derive(Clone, Copy)]
struct Reopened(Callback<Uuid>);

#[component]
fn Progress(progress: MarkingProgress) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, marking.lead_markers))),
        Column::number(words(|locale| td_string!(locale, marking.lead_marked))),
        Column::number(words(|locale| td_string!(locale, marking.lead_held))),
    ];
    view! {
        <Card title=words(|locale| td_string!(locale, marking.lead_title))>
            <dl class="facts">
                <div><dt>{t!(i18n, marking.lead_waits)}</dt><dd class="num">{progress.left}</dd></div>
                <div><dt>{t!(i18n, marking.lead_marked)}</dt><dd class="num">{progress.marked}</dd></div>
                <div><dt>{t!(i18n, marking.lead_reopened)}</dt><dd class="num">{progress.reopened}</dd></div>
            </dl>
            <Table
                caption=words(|locale| td_string!(locale, marking.lead_markers))
                columns
                rows=Signal::stored(progress.markers)
                key=|marker| marker.marker_name.clone()
                row=marker_row
                empty=words(|locale| td_string!(locale, marking.lead_no_markers))
            />
        </Card>
    }
}

fn marker_row(marker: MarkerProgress) -> impl IntoView {
    view! {
        <th scope="row">{marker.marker_name}</th>
        <td class="n">{marker.marked}</td>
        <td class="n">{marker.held}</td>
    }
}

#[component]
fn Responses(responses: Paged<MarkedResponse>) -> impl IntoView {
    view! {
        <Card title=words(|locale| td_string!(locale, marking.lead_responses))>
            <PagedView paged=responses empty=words(|locale| td_string!(locale, marking.lead_no_responses))>
                <For each=move || responses.rows().get() key=|marked| marked.task.id let:marked>
                    <Marked marked />
                </For>
            </PagedView>
        </Card>
    }
}

/// One response with its points, and the way to have it marked again.
#[component]
fn Marked(marked: MarkedResponse) -> impl IntoView {
    let i18n = use_i18n();
    let MarkedResponse { task, points, dimension_points, marker_name, marked_at } = marked;
    let (id, max) = (task.id, task.max_points);
    let has_material = !task.material_html.trim().is_empty();
    let worth = move || t_string!(i18n, marking.lead_of, points = points.to_string(), max = max.to_string());
    let part = |(dimension, points): (MarkingDimension, Points)| {
        format!("{} {points} / {}", dimension.name, dimension.max_points)
    };
    let parts: Vec<String> = task.dimensions.into_iter().zip(dimension_points).map(part).collect();
    let by = move || t_string!(i18n, marking.lead_by, name = marker_name.clone());
    let response = match task.response.trim() {
        "" => t!(i18n, marking.empty_response).into_any(),
        _ => task.response.into_any(),
    };
    view! {
        <article class="stack" aria-label=move || t_string!(i18n, marking.response)>
            {has_material.then(|| view! { <div class="prose" inner_html=task.material_html></div> })}
            <div class="prose" inner_html=task.stem_html></div>
            <Rubric id />
            <blockquote class="response">{response}</blockquote>
            {(!parts.is_empty()).then(|| view! { <p class="small muted num">{parts.join(" · ")}</p> })}
            <div class="row spread">
                <p>
                    <b class="num">{worth}</b> " · " {by} " · "
                    <span class="num">{move || when::date_time(i18n.get_locale(), marked_at)}</span>
                </p>
                <Reopen id />
            </div>
        </article>
    }
}

/// What the markers look for, once it is asked for: the look is recorded.
#[component]
fn Rubric(id: Uuid) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, seen) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(None::<RubricView>));
    let look = move |()| {
        let looking = async move {
            client::post(actor, &format!("/marking_tasks/{id}/rubric_views"), &serde_json::json!({})).await
        };
        deed.run(looking, move |rubric| seen.set(Some(rubric)));
    };
    view! {
        {move || match seen.get() {
            Some(RubricView { rubric_html }) => {
                view! { <div class="prose muted" inner_html=rubric_html></div> }.into_any()
            }
            None => view! {
                <Button is_busy=deed.is_busy() on_press=look>{t!(i18n, marking.rubric_look)}</Button>
            }
            .into_any(),
        }}
        <DeedFailure deed />
    }
}

#[component]
fn Reopen(id: Uuid) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let Reopened(reopened) = expect_context::<Reopened>();
    let (is_open, reason) = (RwSignal::new(false), RwSignal::new(String::new()));
    let send = Callback::new(move |()| {
        let (path, body) = (format!("/marking_tasks/{id}/reopen"), ReopenResponse { reason: reason.get_untracked() });
        deed.run(async move { client::send(actor, &path, &body).await }, move |()| {
            is_open.set(false);
            toasts.done(t_string!(i18n, marking.reopen_done));
            reopened.run(id);
        });
    });
    view! {
        <Button on_press=move |()| is_open.set(true)>{t!(i18n, marking.reopen)}</Button>
        <Dialog is_open title=words(|locale| td_string!(locale, marking.reopen_title))>
            <p>{t!(i18n, marking.reopen_text)}</p>
            <DeedForm deed look=Look::Danger verb=words(|locale| td_string!(locale, marking.reopen)) send>
                <Field
                    id="reason"
                    label=words(|locale| td_string!(locale, marking.reopen_reason))
                    hint=words(|locale| td_string!(locale, marking.reopen_hint))
                    error=deed.field("/reason")
                >
                    <TextInput value=reason />
                </Field>
            </DeedForm>
        </Dialog>
    }
}
