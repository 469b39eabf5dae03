//! What was handed in of an assignment, as its learner and its teachers see it.

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        file::save_bytes,
        when,
    },
    ui::{Button, DeedFailure, Look, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::HandInId,
    learning::{Criterion, HandInFile, HandInMarkView, HandInState},
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

/// Who fetches a file.
#[derive(Clone, Copy)]
pub(in crate::pages) enum FileFrom {
    /// The learner who sent it.
    Own,
    /// Who marks this hand-in; each look is audited.
    HandIn(HandInId),
}

async fn fetched(actor: Actor, file: HandInFile, from: FileFrom) -> Outcome<Vec<u8>> {
    match from {
        FileFrom::Own => client::get_bytes(actor, &format!("/me/assignment_photos/{}", file.id)).await,
        FileFrom::HandIn(of) => {
            let path = format!("/hand_ins/{of}/photos/{}/look", file.id);
            client::post_for_bytes(actor, &path, &serde_json::json!({})).await
        }
    }
}

/// What a file is called; its number is from 1.
pub(in crate::pages) fn file_name(file: HandInFile, number: usize) -> Signal<String> {
    let i18n = use_i18n();
    let kind = file.kind.as_str();
    Signal::derive(move || t_string!(i18n, learning.assignment_file_nth, number = number, kind = kind))
}

/// A file, saved on the device when somebody asks for it.
#[component]
pub(in crate::pages) fn FileToSave(
    /// The file.
    file: HandInFile,
    /// Its number, from 1.
    number: usize,
    /// Who asks.
    from: FileFrom,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, name) = (expect_context::<Actor>(), Deed::new(), file_name(file, number));
    let save = move |()| {
        deed.run(fetched(actor, file, from), move |bytes| {
            let saved_as = format!("hand-in-{number}.{}", file.kind);
            save_bytes(&saved_as, file.kind.media_type(), &bytes);
        });
    };
    view! {
        <div class="stack">
            <Button look=Look::Quiet is_busy=deed.is_busy() on_press=save>
                {t!(i18n, learning.assignment_file_take)} " " {move || name.get()}
            </Button>
            <DeedFailure deed />
        </div>
    }
}

/// The files of a hand-in; nothing if there are none.
#[component]
pub(in crate::pages) fn FileList(
    /// The files, in order.
    files: Vec<HandInFile>,
    /// Who asks.
    from: FileFrom,
) -> impl IntoView {
    let one = move |(at, file): (usize, HandInFile)| view! { <li><FileToSave file number={at + 1} from /></li> };
    (!files.is_empty())
        .then(|| view! { <ul class="stack">{files.into_iter().enumerate().map(one).collect_view()}</ul> })
}
