//! One hand-in on the teacher's desk: the task, what was handed in, and the marking; then the next one.

mod marking;
mod photo;

use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        hand_ins::{FileFrom, FileList, HandInTag, HandedInAt, MarkShown},
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, ButtonLink, Card, Notice, PageHeading},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use marking::Marking;
use photo::HandInPhoto;
use shared::{
    ids::{AssignmentPhotoId, HandInId},
    learning::{HandInRow, HandInSheet, HandInState, HandInView},
};

lazy_page! {
    /// The page.
    HandInPage = HandIn in school;
}

#[component]
fn HandIn() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let sheet: LocalResource<Outcome<HandInSheet>> = LocalResource::new(move || {
        let path = format!("/hand_ins/{}", id.get());
        async move { client::get(actor, &path).await }
    });
    let again = Callback::new(move |()| sheet.refetch());
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/hand_ins">{t!(i18n, classes.hand_ins)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, classes.hand_in_open)) />
            <AsyncView resource=sheet let:sheet>
                <Sheet sheet again />
            </AsyncView>
        </main>
    }
}

#[component]
fn Sheet(sheet: HandInSheet, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let HandInSheet { row, task_html, hand_in, earlier, is_own, may_return, next } = sheet;
    let (id, state) = (row.id, row.state);
    let may_mark = state == HandInState::Waiting && !is_own;
    let rubric = hand_in.rubric.clone();
    view! {
        <Head row />
        <Card title=words(|locale| td_string!(locale, classes.hand_in_task))>
            <div class="prose" inner_html=task_html></div>
        </Card>
        <Card title=words(|locale| td_string!(locale, classes.hand_in_work))>
            <Work of=id hand_in />
        </Card>
        {(!earlier.is_empty()).then(|| view! {
            <Card title=words(|locale| td_string!(locale, classes.hand_in_earlier))>
                {earlier
                    .into_iter()
                    .map(|hand_in| view! { <Work of=hand_in.id hand_in /> })
                    .collect_view()}
            </Card>
        })}
        {is_own.then(|| view! { <Notice>{t!(i18n, classes.hand_in_own)}</Notice> })}
        {may_mark.then(|| view! { <Marking id rubric may_return again /> })}
        <Onward next />
    }
}

/// Whose it is, and of what.
#[component]
fn Head(row: HandInRow) -> impl IntoView {
    let HandInRow { class_id, class_name, learner_name, course_title, unit_title, title, state, .. } = row;
    view! {
        <Card title=Signal::stored(title)>
            <p><b>{learner_name}</b> " " <HandInTag state /></p>
            <p class="muted small">
                <A href=format!("/classes/{class_id}?part=hand_ins")>{class_name}</A>
                " · " {course_title} " · " {unit_title}
            </p>
        </Card>
    }
}

/// Something that was handed in, with what was decided of it.
#[component]
fn Work(of: HandInId, hand_in: HandInView) -> impl IntoView {
    let HandInView { handed_in_at, text, photos, files, rubric, mark, .. } = hand_in;
    let photo = move |(at, id): (usize, AssignmentPhotoId)| view! { <li><HandInPhoto of id number={at + 1} /></li> };
    view! {
        <div class="stack">
            <HandedInAt at=handed_in_at />
            {(!text.is_empty()).then(|| view! { <p class="own-words">{text}</p> })}
            {(!photos.is_empty()).then(|| view! {
                <ul class="stack">{photos.into_iter().enumerate().map(photo).collect_view()}</ul>
            })}
            <FileList files from=FileFrom::HandIn(of) />
            {mark.map(|mark| view! { <MarkShown mark rubric /> })}
        </div>
    }
}

/// The way to the hand-in that waits next.
#[component]
fn Onward(next: Option<HandInId>) -> impl IntoView {
    let i18n = use_i18n();
    match next {
        Some(next) => view! {
            <p><ButtonLink href=format!("/hand_ins/{next}")>{t!(i18n, classes.hand_in_next)}</ButtonLink></p>
        }
        .into_any(),
        None => view! { <p class="muted">{t!(i18n, classes.hand_in_no_next)}</p> }.into_any(),
    }
}
