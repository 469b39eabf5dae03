//! 学情: where each learner is, course by course, and why; who needs a word from the tutor comes first.

use super::{
    super::study_words::{StudyTag, state_name, why},
    remind::{RemindAll, RemindOne, Reminded, Sending},
    statements::Statements,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{exports::Export, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
        when,
    },
    ui::{AsyncView, Card, Choices, EmptyState, ProgressBar, with_count},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::ClassId,
    learning::{CourseStanding, HelpRules, LearnerCourse, LearnerStudy, StudyState, in_state},
};

/// The part of the page.
#[component]
pub(super) fn Progress(
    /// The class.
    class_id: ClassId,
    /// Whether the reader reminds its learners.
    may_address: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let study: LocalResource<Outcome<Vec<LearnerStudy>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}/study")).await });
    let state = RwSignal::new(String::new());
    let export = move |()| {
        let filter = query(&[("state", Some(state.get_untracked()))]);
        format!("/classes/{class_id}/study/exports?{filter}")
    };
    let sending = may_address.then(|| Sending::to(class_id, Callback::new(move |()| study.refetch())));
    let HelpRules { away_days, stuck_tries, stuck_days } = HelpRules::USUAL;
    view! {
        <Card title=words(|locale| td_string!(locale, classes.progress))>
            <p class="muted small">
                {t!(i18n, classes.progress_about, away = away_days, tries = stuck_tries, days = stuck_days)}
            </p>
            <Export name=words(|locale| td_string!(locale, exports.list_class_study)) path=export />
            <AsyncView
                resource=study
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, classes.no_members))
                let:learners
            >
                {sending.map(|sending| view! { <RemindAll learners=learners.clone() sending /> })}
                <Learners learners=learners.clone() state sending />
                <Statements class_id learners />
            </AsyncView>
            <p class="no-print"><A href=format!("/classes/{class_id}/calls")>{t!(i18n, classes.calls)}</A></p>
        </Card>
    }
}

/// The learners in the state that is chosen.
#[component]
fn Learners(learners: Vec<LearnerStudy>, state: RwSignal<String>, sending: Option<Sending>) -> impl IntoView {
    let i18n = use_i18n();
    let all = StoredValue::new(learners);
    let options = move || {
        let locale = i18n.get_locale();
        let option = |state: &StudyState| {
            let count = in_state(all.get_value(), Some(*state)).len();
            (state.as_str().to_owned(), with_count(state_name(locale, *state), u64::try_from(count).ok()))
        };
        let everybody = (String::new(), t_string!(i18n, common.all).to_owned());
        std::iter::once(everybody).chain(StudyState::ALL.iter().map(option)).collect::<Vec<_>>()
    };
    let nobody = words(|locale| td_string!(locale, classes.study_none));
    let shown = Memo::new(move |_| in_state(all.get_value(), StudyState::parse(&state.get())));
    view! {
        <Choices
            legend=words(|locale| td_string!(locale, classes.state))
            value=state
            options=Signal::derive(options)
            on_choose=move |chosen| state.set(chosen)
        />
        <Show
            when=move || shown.with(|shown| !shown.is_empty())
            fallback=move || view! { <EmptyState text=nobody /> }
        >
            <ul class="rows">
                {move || shown.get().into_iter().map(|learner| view! { <Learner learner sending /> }).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn Learner(learner: LearnerStudy, sending: Option<Sending>) -> impl IntoView {
    let (name, last, courses) = (learner.display_name.clone(), learner.last_reminder.clone(), learner.courses.clone());
    view! {
        <li>
            <div>
                <b>{name}</b>
                {last.map(|last| view! { <Reminded last /> })}
                {sending.map(|sending| view! { <RemindOne learner sending /> })}
            </div>
            <div class="hours">{courses.into_iter().map(|course| view! { <Line course /> }).collect_view()}</div>
        </li>
    }
}

/// Where one learner is in one course.
#[component]
fn Line(course: LearnerCourse) -> impl IntoView {
    let i18n = use_i18n();
    let LearnerCourse { course_title, standing, last_at, state, reason, .. } = course;
    let CourseStanding { task_points, completed, studied_minutes, .. } = standing;
    let percent = u8::try_from(u32::from(completed) * 100 / u32::from(task_points.max(1))).unwrap_or(100).min(100);
    let label = course_title.clone();
    let last = move || match last_at {
        Some(at) => t_string!(i18n, classes.last_studied, day = when::date(i18n.get_locale(), at)),
        None => t_string!(i18n, classes.never_studied).to_owned(),
    };
    view! {
        <div class="hours-line study">
            <span class="small">{course_title} " " <StudyTag state /></span>
            <span class="small num">
                {move || t_string!(i18n, learning.task_points, completed = completed, all = task_points)}
                " · "
                {move || t_string!(i18n, learning.studied_minutes, minutes = studied_minutes)}
                " · "
                {last}
            </span>
            <span class="small muted">{move || why(i18n.get_locale(), &reason)}</span>
            <ProgressBar percent label=Signal::stored(label) />
        </div>
    }
}
