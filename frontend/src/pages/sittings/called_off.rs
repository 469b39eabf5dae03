//! Tests that a learner is registered for and that were called off or put off: told until they are over, or would have been.

use super::postpone::MyPutOff;
use crate::{
    i18n::{t, use_i18n},
    platform::{actor::Actor, client, clock},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    sittings::{ExamSessionState, MyExam},
    time::Timestamp,
};

/// Those of these tests that the learner must hear of at `now`.
fn called_off(exams: Vec<MyExam>, now: Timestamp) -> Vec<MyExam> {
    let is_off = |exam: &MyExam| exam.state == ExamSessionState::Cancelled || exam.postponed.is_some();
    let is_news = |exam: &MyExam| is_off(exam) && exam.is_registered && now < exam.ends_at;
    exams.into_iter().filter(is_news).collect()
}

/// A notice for each; nothing for who has none.
#[component]
pub(in crate::pages) fn CalledOff() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let exams = LocalResource::new(move || client::get::<Vec<MyExam>>(actor, "/me/exams"));
    move || {
        // The page is about the courses; without the tests it says a little less.
        let news = called_off(exams.get()?.ok()?, clock::now());
        Some(news.into_iter().map(|exam| view! { <News exam /> }).collect_view())
    }
}

#[component]
fn News(exam: MyExam) -> impl IntoView {
    let i18n = use_i18n();
    let title = exam.title;
    if let (None, Some(postponed)) = (&exam.cancelled_because, exam.postponed) {
        return view! {
            <p><A href="/exams">{title}</A></p>
            <MyPutOff postponed />
        }
        .into_any();
    }
    let reason = exam.cancelled_because.unwrap_or_default();
    view! {
        <Notice tone=Tone::Stop>
            <p><A href="/exams">{title}</A></p>
            <p>{t!(i18n, sittings.my_cancelled, reason = reason)}</p>
        </Notice>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::ExamSessionId,
        learning::Gate,
        sittings::{ExamKind, ExamRules, Postponed},
    };

    fn exam(state: ExamSessionState, is_registered: bool) -> MyExam {
        MyExam {
            id: ExamSessionId(uuid::Uuid::nil()),
            title: String::new(),
            kind: ExamKind::Unified,
            own_time_min: None,
            course_title: String::new(),
            starts_at: Timestamp(1_000),
            ends_at: Timestamp(2_000),
            rules: ExamRules::lenient(),
            state,
            postponed: None,
            cancelled_because: None,
            withdrawn_because: None,
            registration: None,
            gate: Gate::Open,
            is_registered,
            review: None,
            review_reason: None,
            sitting: None,
        }
    }

    #[test]
    fn who_is_registered_hears_of_it_until_it_would_be_over() {
        let off = exam(ExamSessionState::Cancelled, true);
        let because = Postponed { was_at: Timestamp(500), because: String::new() };
        let put_off = MyExam { postponed: Some(because), ..exam(ExamSessionState::Arranged, true) };
        let others = [exam(ExamSessionState::Registering, true), exam(ExamSessionState::Cancelled, false)];
        let exams: Vec<_> = others.into_iter().chain([off.clone(), put_off.clone()]).collect();
        assert_eq!(called_off(exams.clone(), Timestamp(1_999)), [off, put_off]);
        assert_eq!(called_off(exams, Timestamp(2_000)), []);
    }
}
