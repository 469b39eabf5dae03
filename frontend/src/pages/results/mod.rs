//! A learner's released results, and rechecks of them.

mod my_recheck;
pub(crate) mod recheck;
pub(crate) mod rechecks;

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::sittings::my_incidents::BarredResults,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, ButtonLink, PageHeading, Tag, Tone},
};
use leptos::prelude::*;
use my_recheck::MyRecheckPart;
use shared::results::{Grade, MyRecheck, MyResult};

lazy_page! {
    /// The page.
    ResultsPage = Results in study;
}

/// A grade in words, with its letter.
pub(crate) fn grade_name(locale: Locale, grade: Grade) -> String {
    let (letter, words) = match grade {
        Grade::A => ("A", td_string!(locale, results.a)),
        Grade::B => ("B", td_string!(locale, results.b)),
        Grade::C => ("C", td_string!(locale, results.c)),
        Grade::D => ("D", td_string!(locale, results.d)),
    };
    format!("{letter} {words}")
}

#[component]
fn Results() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let results = LocalResource::new(move || client::get::<Vec<MyResult>>(actor, "/me/results"));
    let rechecks = LocalResource::new(move || client::get::<Vec<MyRecheck>>(actor, "/me/rechecks"));
    view! {
        <main class="page stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, results.title).to_owned()) />
            <AsyncView
                resource=results
                is_empty=Vec::is_empty
                empty=Signal::derive(move || t_string!(i18n, results.none).to_owned())
                let:results
            >
                {with_next(results)
                    .into_iter()
                    .map(|(result, next)| view! { <ResultCard result next rechecks /> })
                    .collect_view()}
            </AsyncView>
            <BarredResults />
            <div class="row">
                <ButtonLink href="/exams">{t!(i18n, results.to_exams)}</ButtonLink>
                <ButtonLink href="/progress">{t!(i18n, results.to_progress)}</ButtonLink>
            </div>
        </main>
    }
}

/// What comes after a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// The certificate.
    Certificate,
    /// Another test.
    Resit,
    /// Nothing: another test of the course was passed.
    PassedElsewhere,
    /// Nothing: it was for practice.
    Practice,
}

/// Each result with what comes after it; the best test of a course counts.
fn with_next(results: Vec<MyResult>) -> Vec<(MyResult, Next)> {
    let passed: Vec<_> = results.iter().filter(|result| result.has_passed).map(|result| result.course_id).collect();
    let next = |result: &MyResult| match result.has_passed {
        _ if !result.kind.counts() => Next::Practice,
        true => Next::Certificate,
        false if passed.contains(&result.course_id) => Next::PassedElsewhere,
        false => Next::Resit,
    };
    results.into_iter().map(|result| (result.clone(), next(&result))).collect()
}

#[component]
fn ResultCard(result: MyResult, next: Next, rechecks: LocalResource<Outcome<Vec<MyRecheck>>>) -> impl IntoView {
    let i18n = use_i18n();
    let (sitting_id, course) = (result.sitting_id, result.course_title.clone());
    let again = Callback::new(move |()| rechecks.refetch());
    let recheck = move || {
        let known = rechecks.get()?.ok()?.into_iter().find(|known| known.sitting_id == sitting_id)?;
        Some(view! { <MyRecheckPart recheck=known course=course.clone() again /> })
    };
    let heading = format!("result-{}", result.sitting_id);
    let labelled_by = heading.clone();
    let (grade, released_at, max) = (result.grade, result.released_at, result.max_score.to_string());
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="row spread">
                <h2 id=heading>{result.course_title}</h2>
                {if next == Next::Practice {
                    view! { <Tag tone=Tone::Credit>{t!(i18n, results.practice)}</Tag> }.into_any()
                } else if result.has_passed {
                    view! { <Tag tone=Tone::Ok>{t!(i18n, results.passed)}</Tag> }.into_any()
                } else {
                    view! { <Tag tone=Tone::Stop>{t!(i18n, results.not_passed)}</Tag> }.into_any()
                }}
            </div>
            <p class="muted small">{result.title}</p>
            <dl class="facts">
                <div>
                    <dt>{t!(i18n, results.score)}</dt>
                    <dd class="num">
                        <b>{result.score.to_string()}</b> " "
                        <span class="small muted">{move || t_string!(i18n, results.of, max = max.clone())}</span>
                    </dd>
                </div>
                <div><dt>{t!(i18n, results.grade)}</dt><dd>{move || grade_name(i18n.get_locale(), grade)}</dd></div>
                <div>
                    <dt>{t!(i18n, results.released)}</dt>
                    <dd class="num">{move || when::date(i18n.get_locale(), released_at)}</dd>
                </div>
            </dl>
            <p>
                {match next {
                    Next::Certificate => t!(i18n, results.next_passed).into_any(),
                    Next::Resit => t!(i18n, results.next_failed).into_any(),
                    Next::Practice => t!(i18n, results.next_practice).into_any(),
                    Next::PassedElsewhere => t!(i18n, results.passed_elsewhere).into_any(),
                }}
            </p>
            {recheck}
        </section>
    }
}
