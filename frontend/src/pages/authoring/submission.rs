//! A draft on its way: submitted, in review, taken back, or back with remarks.

use super::{
    draft::{Draft, Place},
    saving::Saving,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{Button, ButtonLink, ConfirmDialog, DeedFailure, Look, Notice, Toasts, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::{CourseId, UnitId},
    learning::{CourseDraft, CourseReview, ReviewState, UnitRemark, validate_publication},
    problem::FieldError,
};

/// Who submitted a draft, and when.
fn submitted(locale: Locale, review: &CourseReview) -> String {
    let (name, time) = (review.submitted_by_name.clone(), when::date_time(locale, review.submitted_at));
    td_string!(locale, learning.review_waiting, name = name, time = time)
}

/// A draft that nobody changes now.
#[component]
pub(super) fn InReview(
    /// The course.
    id: CourseId,
    /// Its submission.
    review: CourseReview,
    /// Whether the reader has written it.
    is_own: bool,
    /// Fetches the draft again.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let look = if is_own { Look::Plain } else { Look::Primary };
    let words_of =
        move || if is_own { t_string!(i18n, learning.review_look) } else { t_string!(i18n, learning.review_begin) };
    let take_back = move |()| {
        let path = format!("/courses/{id}/take_back");
        deed.run(async move { client::ask::<CourseDraft>(actor, &path).await }, move |_| {
            toasts.done(t_string!(i18n, learning.review_taken_back));
            reload.run(());
        });
    };
    view! {
        <Notice tone=Tone::Wait>
            <p>{move || submitted(i18n.get_locale(), &review)}</p>
            <p>{t!(i18n, learning.review_locked)}</p>
        </Notice>
        <div class="row">
            <ButtonLink href=format!("/courses/{id}/review") look>{words_of}</ButtonLink>
            <Button is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {t!(i18n, learning.review_take_back)}
            </Button>
        </div>
        <DeedFailure deed />
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, learning.review_take_back_ask))
            text=words(|locale| td_string!(locale, learning.review_take_back_about))
            confirm=words(|locale| td_string!(locale, learning.review_take_back))
            on_confirm=take_back
        />
    }
}

/// What a reviewer said of the draft that came back; each remark leads to its unit.
#[component]
pub(super) fn Remarks(draft: Draft, chosen: RwSignal<Option<Place>>, review: CourseReview) -> impl IntoView {
    let i18n = use_i18n();
    if review.state != ReviewState::Returned {
        return ().into_any();
    }
    let (name, note) = (review.decided_by_name.unwrap_or_default(), review.note);
    let remark = move |remark: UnitRemark| {
        let id = remark.unit_id;
        let title = draft.place_of(id).and_then(|place| draft.unit(place)).map(|unit| unit.title);
        view! { <RemarkRow draft chosen id title text=remark.text /> }
    };
    view! {
        <Notice tone=Tone::Stop>
            <p><b>{move || t_string!(i18n, learning.review_returned_by, name = name.clone())}</b></p>
            <p class="as-written">{note}</p>
            <ul>{review.remarks.into_iter().map(remark).collect_view()}</ul>
        </Notice>
    }
    .into_any()
}

#[component]
fn RemarkRow(
    draft: Draft,
    chosen: RwSignal<Option<Place>>,
    id: UnitId,
    title: Option<String>,
    text: String,
) -> impl IntoView {
    let show = move |()| chosen.set(draft.place_of(id));
    view! {
        <li>
            {title.map(|title| view! { <Button look=Look::Quiet on_press=show>{title}</Button> })}
            <span class="as-written">{text}</span>
        </li>
    }
}

/// Submits what is saved; names what is missing.
#[component]
pub(super) fn Submit(draft: Draft, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let missing = RwSignal::new(Vec::<FieldError>::new());
    let submit = move |()| {
        let path = format!("/courses/{}/submit", draft.id());
        missing.set(draft.content.with_untracked(validate_publication));
        if missing.with_untracked(|missing| !missing.is_empty()) {
            return;
        }
        // The server takes what it has; the button waits until that is what the page shows.
        if draft.saving.get_untracked() != Saving::Saved {
            return;
        }
        let (version, nothing) = (draft.version(), serde_json::json!({}));
        let sent = async move { client::post_over::<_, CourseDraft>(actor, &path, &version, &nothing).await };
        deed.run(sent, move |_| {
            toasts.done(t_string!(i18n, learning.review_submitted));
            reload.run(());
        });
    };
    let is_waiting = Signal::derive(move || deed.is_busy().get() || draft.saving.get() != Saving::Saved);
    let place = move |error: FieldError| view! { <li>{place_words(draft, &error.pointer)}</li> };
    view! {
        <div class="row">
            <Button look=Look::Primary is_busy=is_waiting on_press=move |()| is_asking.set(true)>
                {t!(i18n, learning.review_submit)}
            </Button>
        </div>
        <DeedFailure deed />
        <Show when=move || missing.with(|missing| !missing.is_empty())>
            <Notice tone=Tone::Stop>
                <p>{t!(i18n, learning.author_fix)}</p>
                <ul>{move || missing.get().into_iter().map(place).collect_view()}</ul>
            </Notice>
        </Show>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, learning.review_submit_ask))
            text=words(|locale| td_string!(locale, learning.review_submit_about))
            confirm=words(|locale| td_string!(locale, learning.review_submit))
            on_confirm=submit
        />
    }
}

/// The titles on the way to a JSON pointer, then what it names: `模块 › 单元 › body`.
fn place_words(draft: Draft, pointer: &str) -> String {
    let parts: Vec<_> = pointer.split('/').skip(1).collect();
    let at = |nth: usize| parts.get(nth).and_then(|part| part.parse::<usize>().ok());
    draft.content.with_untracked(|content| {
        let module = at(1).and_then(|at| content.modules.get(at));
        let unit = module.zip(at(3)).and_then(|(module, at)| module.units.get(at));
        let titles = [module.map(|module| module.title.clone()), unit.map(|unit| unit.title.clone())];
        let last = parts.last().map(|last| (*last).to_owned());
        titles.into_iter().flatten().chain(last).collect::<Vec<_>>().join(" › ")
    })
}
