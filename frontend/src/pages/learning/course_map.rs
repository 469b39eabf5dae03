//! The map of one course in the version that the learner studies: its modules and units, and which task points are
//! complete.

use super::{
    offline::{Keeping, ModuleKeeping, Offer, Opened, Outbox, StudyStanding, open_map},
    standing::{not_yet_sentence, percent_complete, standing_sentence},
    unit_facts::facts,
    ways::BesideLessons,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::teaching::own_hours::OwnCourseHours,
    platform::{actor::Actor, client::Outcome},
    ui::{AsyncView, ButtonLink, Icon, Look, Notice, PageHeading, ProgressRing, Symbol, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::learning::{ModuleProgress, MyCourse, MyCourseMap, NotYet, StudyRules, UnitProgress, not_yet};

lazy_page! {
    /// Shows the map; loaded when somebody goes there.
    CourseMapPage = CourseMap in study;
}

#[component]
fn CourseMap() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let (outbox, keeping) = (Outbox::begin(actor), Keeping::begin(actor));
    let map: LocalResource<Outcome<Opened<MyCourseMap>>> = LocalResource::new(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        open_map(actor, id)
    });
    // What was handed in changes where the learner stands.
    Effect::watch(move || outbox.taken(), move |_, _, _| map.refetch(), false);
    let title = move || match map.get() {
        Some(Ok(map)) => map.value.course.course.title,
        _ => t_string!(i18n, learning.course).to_owned(),
    };
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=Signal::derive(title) />
            <StudyStanding outbox />
            <Show when=move || keeping.has_vanished.get()>
                <Notice tone=Tone::Stop>{t!(i18n, learning.offline_vanished)}</Notice>
            </Show>
            <AsyncView resource=map let:map>
                {map.is_from_phone.then(|| view! { <Notice>{t!(i18n, learning.offline_from_phone)}</Notice> })}
                <Overview course=map.value.course.clone() is_from_phone=map.is_from_phone />
                <Modules map keeping />
            </AsyncView>
        </main>
    }
}

/// Where the learner stands, and the way on.
#[component]
fn Overview(course: MyCourse, is_from_phone: bool) -> impl IntoView {
    let i18n = use_i18n();
    let MyCourse { standing, version, next_unit, class_name, mistakes, answers, to_correct, course, .. } = course;
    let newest = course.published_version.unwrap_or(version);
    let reason = not_yet(&standing, next_unit.as_ref(), &StudyRules::zhejiang_2022());
    let (percent, minutes) = (percent_complete(&standing), standing.studied_minutes);
    let (completed, all) = (standing.completed, standing.task_points);
    let why = reason.clone();
    let sentence = move || match &why {
        Some(reason) => not_yet_sentence(i18n.get_locale(), reason),
        None => standing_sentence(i18n.get_locale(), &standing),
    };
    view! {
        <section class="card stack">
            <div class="row overview">
                <ProgressRing
                    percent
                    label=Signal::derive(move || t_string!(i18n, learning.course_progress).to_owned())
                />
                <div>
                    <p><b>{sentence}</b></p>
                    <p class="muted small num">
                        {t!(i18n, learning.task_points, completed = completed, all = all)} " · "
                        {t!(i18n, learning.studied_minutes, minutes = minutes)} " · " {class_name}
                    </p>
                    {(!is_from_phone).then(|| view! { <OwnCourseHours course_id=course.id /> })}
                </div>
            </div>
            {(newest > version && reason.is_some()).then(|| view! {
                <Notice tone=Tone::Wait>{t!(i18n, learning.version_waits)}</Notice>
            })}
            <WayOn reason />
            {(!is_from_phone).then(|| view! {
                <BesideLessons
                    mistakes=u32::from(mistakes)
                    answers=u32::from(answers)
                    to_correct
                    course=course.id
                />
            })}
            <p class="muted small">{t!(i18n, learning.task_point_help)}</p>
        </section>
    }
}

/// To the test if it is open, else to what comes first.
#[component]
fn WayOn(reason: Option<NotYet>) -> impl IntoView {
    let i18n = use_i18n();
    let (unit, verb): (UnitProgress, fn(Locale) -> &'static str) = match reason {
        None => {
            return view! { <ButtonLink href="/exams" look=Look::Primary>{t!(i18n, learning.register)}</ButtonLink> }
                .into_any();
        }
        Some(NotYet::Unprepared) => {
            return view! { <ButtonLink href="/learn">{t!(i18n, learning.other_course)}</ButtonLink> }.into_any();
        }
        Some(NotYet::Begin { unit, .. }) => (unit, |locale| td_string!(locale, learning.begin)),
        Some(NotYet::Read { unit, .. }) => (unit, |locale| td_string!(locale, learning.go_on)),
        Some(NotYet::Exercise { unit, .. }) => (unit, |locale| td_string!(locale, learning.to_exercises)),
        Some(NotYet::Activity { unit, .. }) => (unit, |locale| td_string!(locale, learning.to_activities)),
    };
    view! {
        <ButtonLink href=format!("/learn/units/{}", unit.id) look=Look::Primary>
            {move || verb(i18n.get_locale())}
            <span class="visually-hidden">" " {unit.title}</span>
        </ButtonLink>
    }
    .into_any()
}

/// The modules in order.
#[component]
fn Modules(map: Opened<MyCourseMap>, keeping: Keeping) -> impl IntoView {
    let i18n = use_i18n();
    let Opened { value: MyCourseMap { course, modules }, is_from_phone } = map;
    let version = course.version;
    let next = course.next_unit.map(|unit| unit.id);
    let course_id = course.course.id;
    let offer = move |position: usize, module: &ModuleProgress| Offer {
        course_id,
        index: u16::try_from(position).unwrap_or(u16::MAX),
        title: module.title.clone(),
        version,
        bytes: module.bytes,
        units: module.units.iter().map(|unit| unit.id).collect(),
        is_reachable: !is_from_phone,
    };
    let module = move |(position, module): (usize, ModuleProgress)| {
        let offer = offer(position, &module);
        let id = format!("module-{}", position + 1);
        let labelled_by = id.clone();
        let completed = module.units.iter().filter(|unit| unit.is_complete).count();
        let all = module.units.len();
        view! {
            <section class="card stack" aria-labelledby=labelled_by>
                <div class="row spread">
                    <h2 id=id>{module.title}</h2>
                    <span class="muted small num">{t!(i18n, learning.task_points, completed = completed, all = all)}</span>
                </div>
                <ol class="unit-list">
                    {module
                        .units
                        .into_iter()
                        .map(|unit| {
                            let is_next = next == Some(unit.id);
                            view! { <UnitRow unit is_next /> }
                        })
                        .collect_view()}
                </ol>
                <ModuleKeeping keeping offer />
            </section>
        }
    };
    modules.into_iter().enumerate().map(module).collect_view()
}

/// One unit; the whole row leads to it.
#[component]
fn UnitRow(unit: UnitProgress, is_next: bool) -> impl IntoView {
    let i18n = use_i18n();
    let (is_complete, is_begun) = (unit.is_complete, unit.is_begun());
    let (href, title) = (format!("/learn/units/{}", unit.id), unit.title.clone());
    view! {
        <li class="unit-row" class:is-done=is_complete aria-current=is_next.then_some("step")>
            <span class="mark">{is_complete.then(|| view! { <Icon symbol=Symbol::Check /> })}</span>
            <div>
                <A href attr:class="row-link">{title}</A>
                <p class="muted small num">{move || facts(i18n.get_locale(), &unit)}</p>
            </div>
            {if is_complete {
                view! { <Tag tone=Tone::Ok>{t!(i18n, learning.state_done)}</Tag> }.into_any()
            } else if is_begun {
                view! { <Tag tone=Tone::Wait>{t!(i18n, learning.state_studying)}</Tag> }.into_any()
            } else {
                ().into_any()
            }}
        </li>
    }
}
