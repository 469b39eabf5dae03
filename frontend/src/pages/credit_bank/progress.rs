//! The learner's way to the diploma.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::{actor::Actor, client},
    ui::{AsyncView, ButtonLink, PageHeading, ProgressRing, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use shared::{
    credit_bank::{CertificateState, CertificateView, CourseTowardsDiploma, GraduationProgress},
    learning::{CourseRole, Gate},
    points::Points,
};

/// The page.
pub(crate) struct ProgressPage;

#[lazy_route]
impl LazyRoute for ProgressPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Progress /> }.into_any()
    }
}

#[component]
fn Progress() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let progress = LocalResource::new(move || client::get::<GraduationProgress>(actor, "/me/graduation"));
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, credit_bank.progress_title).to_owned()) />
            <AsyncView resource=progress let:progress>
                <Overview counted=progress.counted needed=progress.needed />
                {progress.courses.into_iter().map(|course| view! { <Course course /> }).collect_view()}
            </AsyncView>
        </main>
    }
}

#[component]
fn Overview(counted: u16, needed: u16) -> impl IntoView {
    let i18n = use_i18n();
    let percent = u8::try_from(u32::from(counted) * 100 / u32::from(needed.max(1))).unwrap_or(100).min(100);
    view! {
        <section class="card row">
            <ProgressRing
                percent
                label=Signal::derive(move || t_string!(i18n, credit_bank.counted_label).to_owned())
            />
            <p>{t!(i18n, credit_bank.counted, counted = counted, needed = needed)}</p>
        </section>
    }
}

fn role_name(locale: Locale, role: CourseRole) -> &'static str {
    match role {
        CourseRole::Required => td_string!(locale, credit_bank.role_required),
        CourseRole::ChooseOne => td_string!(locale, credit_bank.role_choose_one),
        CourseRole::Elective => td_string!(locale, credit_bank.role_elective),
    }
}

/// How far a course has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    NotEnrolled,
    Studying { missing: u16 },
    MayRegister,
    NotPassed(Points),
    WaitsForIssue(Points),
    Certified(Box<CertificateView>),
}

fn stage(course: &CourseTowardsDiploma) -> Stage {
    let gate = course.standing.as_ref().map(|standing| standing.gate);
    match (&course.certificate, course.best_score, gate) {
        (Some(certificate), ..) => Stage::Certified(Box::new(certificate.clone())),
        (None, Some(score), _) if course.has_passed => Stage::WaitsForIssue(score),
        (None, Some(score), _) => Stage::NotPassed(score),
        (None, None, Some(Gate::Open)) => Stage::MayRegister,
        (None, None, Some(Gate::TaskPointsMissing { missing })) => Stage::Studying { missing },
        (None, None, None) => Stage::NotEnrolled,
    }
}

fn sentence(locale: Locale, stage: &Stage) -> String {
    match stage {
        Stage::NotEnrolled => td_string!(locale, credit_bank.not_enrolled).to_owned(),
        Stage::Studying { missing } => td_string!(locale, credit_bank.studying, missing = *missing),
        Stage::MayRegister => td_string!(locale, credit_bank.may_register).to_owned(),
        Stage::NotPassed(score) => td_string!(locale, credit_bank.not_passed, score = score.to_string()),
        Stage::WaitsForIssue(score) => td_string!(locale, credit_bank.waits_issue, score = score.to_string()),
        Stage::Certified(certificate) => match certificate.state {
            CertificateState::Issued => td_string!(locale, credit_bank.issued).to_owned(),
            CertificateState::Submitted => td_string!(locale, credit_bank.submitted).to_owned(),
            CertificateState::Approved => td_string!(locale, credit_bank.approved).to_owned(),
            CertificateState::Returned => {
                td_string!(locale, credit_bank.returned, reason = certificate.reason.clone())
            }
            CertificateState::Revoked => td_string!(locale, credit_bank.revoked, reason = certificate.reason.clone()),
        },
    }
}

#[component]
fn Course(course: CourseTowardsDiploma) -> impl IntoView {
    let i18n = use_i18n();
    let heading = format!("course-{}", course.course_id);
    let labelled_by = heading.clone();
    let (stage, role) = (stage(&course), course.role);
    let tone = if course.is_counted { Tone::Ok } else { Tone::Plain };
    let words = {
        let stage = stage.clone();
        move || sentence(i18n.get_locale(), &stage)
    };
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h2 id=heading>{course.course_title}</h2>
                <Tag tone>{move || role_name(i18n.get_locale(), role)}</Tag>
            </div>
            <p>{words}</p>
            {match stage {
                Stage::NotEnrolled => ().into_any(),
                Stage::Studying { .. } => {
                    let href = format!("/learn/courses/{}", course.course_id);
                    view! { <ButtonLink href>{t!(i18n, credit_bank.to_study)}</ButtonLink> }.into_any()
                }
                Stage::MayRegister | Stage::NotPassed(_) => {
                    view! { <ButtonLink href="/exams">{t!(i18n, credit_bank.to_register)}</ButtonLink> }.into_any()
                }
                Stage::WaitsForIssue(_) => {
                    view! { <ButtonLink href="/results">{t!(i18n, credit_bank.to_result)}</ButtonLink> }.into_any()
                }
                Stage::Certified(certificate) => {
                    let href = format!("/me/certificates/{}", certificate.id);
                    view! { <ButtonLink href>{t!(i18n, credit_bank.to_certificate)}</ButtonLink> }.into_any()
                }
            }}
        </section>
    }
}
