//! The map of one course: its modules and units, and which task points are complete.

use super::{
    standing::{percent_complete, standing_sentence},
    unit_facts::{facts, is_begun},
    ways::BesideLessons,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::teaching::own_hours::OwnCourseHours,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, ButtonLink, Icon, Look, PageHeading, ProgressRing, Symbol, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::UnitId,
    learning::{Gate, ModuleProgress, MyCourse, MyCourseMap, UnitProgress},
};

lazy_page! {
    /// Shows the map; loaded when somebody goes there.
    CourseMapPage = CourseMap in study;
}

#[component]
fn CourseMap() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let map: LocalResource<Outcome<MyCourseMap>> = LocalResource::new(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client::get(actor, &format!("/me/courses/{id}")).await }
    });
    let title = move || match map.get() {
        Some(Ok(map)) => map.course.course.title,
        _ => t_string!(i18n, learning.course).to_owned(),
    };
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/learn">{t!(i18n, learning.all_my_courses)}</A></p>
            <PageHeading text=Signal::derive(title) />
            <AsyncView resource=map let:map>
                <Overview course=map.course.clone() />
                <Modules modules=map.modules next=map.course.next_unit.map(|unit| unit.id) />
            </AsyncView>
        </main>
    }
}

/// Where the learner stands, and the way on.
#[component]
fn Overview(course: MyCourse) -> impl IntoView {
    let i18n = use_i18n();
    let MyCourse { standing, next_unit, class_name, mistakes, answers, course, .. } = course;
    let (percent, minutes, is_open) =
        (percent_complete(&standing), standing.studied_minutes, standing.gate == Gate::Open);
    let (completed, all) = (standing.completed, standing.task_points);
    view! {
        <section class="card stack">
            <div class="row overview">
                <ProgressRing
                    percent
                    label=Signal::derive(move || t_string!(i18n, learning.course_progress).to_owned())
                />
                <div>
                    <p><b>{move || standing_sentence(i18n.get_locale(), &standing)}</b></p>
                    <p class="muted small num">
                        {t!(i18n, learning.task_points, completed = completed, all = all)} " · "
                        {t!(i18n, learning.studied_minutes, minutes = minutes)} " · " {class_name}
                    </p>
                    <OwnCourseHours course_id=course.id />
                </div>
            </div>
            <WayOn is_open next_unit />
            <BesideLessons mistakes=u32::from(mistakes) answers=u32::from(answers) course=course.id />
            <p class="muted small">{t!(i18n, learning.task_point_help)}</p>
        </section>
    }
}

/// To the test if it is open, else to the next unit.
#[component]
fn WayOn(is_open: bool, next_unit: Option<UnitProgress>) -> impl IntoView {
    let i18n = use_i18n();
    if is_open {
        return view! {
            <ButtonLink href="/exams" look=Look::Primary>{t!(i18n, learning.register)}</ButtonLink>
        }
        .into_any();
    }
    let Some(unit) = next_unit else { return ().into_any() };
    let is_begun = is_begun(&unit);
    let words = move || if is_begun { t_string!(i18n, learning.go_on) } else { t_string!(i18n, learning.begin) };
    view! {
        <ButtonLink href=format!("/learn/units/{}", unit.id) look=Look::Primary>
            {words}
            <span class="visually-hidden">" " {unit.title}</span>
        </ButtonLink>
    }
    .into_any()
}

/// The modules in order.
#[component]
fn Modules(modules: Vec<ModuleProgress>, next: Option<UnitId>) -> impl IntoView {
    let i18n = use_i18n();
    let module = move |(position, module): (usize, ModuleProgress)| {
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
            </section>
        }
    };
    modules.into_iter().enumerate().map(module).collect_view()
}

/// One unit; the whole row leads to it.
#[component]
fn UnitRow(unit: UnitProgress, is_next: bool) -> impl IntoView {
    let i18n = use_i18n();
    let (is_complete, is_begun) = (unit.is_complete, is_begun(&unit));
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
