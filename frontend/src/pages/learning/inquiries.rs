//! 提问: what the learner asked teachers, and what was answered.

use super::own_list::own_list;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{AsyncView, Button, Card, DeedFailure, PageHeading, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::InquiryId,
    learning::{InquiryAnswer, InquiryState, InquiryView},
};

lazy_page! {
    /// The page; `?course=…` shows one course.
    MyInquiriesPage = MyInquiries in study;
}

#[component]
fn MyInquiries() -> impl IntoView {
    let i18n = use_i18n();
    let inquiries = own_list("/me/inquiries", |of: &InquiryView| of.course_id);
    let again = Callback::new(move |()| inquiries.refetch());
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, learning.inquiries)) />
            <p class="muted">{t!(i18n, learning.inquiries_about)}</p>
            <AsyncView
                resource=inquiries
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, learning.inquiries_none))
                let:inquiries
            >
                <Card>
                    <ul class="rows">
                        {inquiries.into_iter().map(|inquiry| view! { <AtItsUnit inquiry again /> }).collect_view()}
                    </ul>
                </Card>
            </AsyncView>
        </main>
    }
}

/// A question with the way to its unit.
#[component]
fn AtItsUnit(inquiry: InquiryView, again: Callback<()>) -> impl IntoView {
    let (href, title) = (format!("/learn/units/{}", inquiry.unit_id), inquiry.unit_title.clone());
    let course = inquiry.course_title.clone();
    view! {
        <li>
            <div class="stack">
                <p class="way-back"><A href>{title}</A> <span class="muted">{course}</span></p>
                <OwnInquiry inquiry again />
            </div>
        </li>
    }
}

/// One of the learner's own questions, with its answer and the way to end it.
#[component]
pub(super) fn OwnInquiry(
    /// The question.
    inquiry: InquiryView,
    /// Happens when it has been ended.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let InquiryView { id, text, state, asked_at, answer, is_public, .. } = inquiry;
    view! {
        <p class="own-words">{text}</p>
        <p class="muted small num">
            <InquiryTag state /> " · " {move || when::date_time(i18n.get_locale(), asked_at)}
        </p>
        {answer.map(|answer| view! { <AnswerShown answer /> })}
        {is_public.then(|| view! { <p class="muted small">{t!(i18n, learning.inquiry_is_public)}</p> })}
        {(state != InquiryState::Closed).then(|| view! { <End id state again /> })}
    }
}

#[component]
fn End(id: InquiryId, state: InquiryState, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let end = move |()| {
        let path = format!("/me/inquiries/{id}/close");
        let ending = async move { client::ask(actor, &path).await };
        deed.run(ending, move |_: InquiryView| again.run(()));
    };
    let words = move || match state {
        InquiryState::Answered => t_string!(i18n, learning.inquiry_read),
        InquiryState::Open | InquiryState::Closed => t_string!(i18n, learning.inquiry_unwanted),
    };
    view! {
        <div>
            <Button is_busy=deed.is_busy() on_press=end>{words}</Button>
            <DeedFailure deed />
        </div>
    }
}

/// Where a question stands.
#[component]
pub(in crate::pages) fn InquiryTag(
    /// The state.
    state: InquiryState,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        InquiryState::Open => Tone::Wait,
        InquiryState::Answered => Tone::Ok,
        InquiryState::Closed => Tone::Plain,
    };
    let words = move || match state {
        InquiryState::Open => t_string!(i18n, classes.inquiry_open),
        InquiryState::Answered => t_string!(i18n, classes.inquiry_answered),
        InquiryState::Closed => t_string!(i18n, classes.inquiry_closed),
    };
    view! { <Tag tone>{words}</Tag> }
}

/// What was answered, by whom and when.
#[component]
pub(in crate::pages) fn AnswerShown(
    /// The answer.
    answer: InquiryAnswer,
) -> impl IntoView {
    let i18n = use_i18n();
    let InquiryAnswer { text, by_name, at } = answer;
    view! {
        <div class="teacher-answer">
            <p class="own-words">{text}</p>
            <p class="muted small num">{by_name} " · " {move || when::date_time(i18n.get_locale(), at)}</p>
        </div>
    }
}
