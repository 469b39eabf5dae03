//! 任务点完成情况: unit by unit, how many of the class have completed it, and who has not.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Card},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    learning::{ClassUnitStudy, Classmate, CourseUnits, ModuleUnits, UnitStudy},
};

/// The part of the page.
#[component]
pub(super) fn Units(
    /// The class.
    class_id: ClassId,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let units: LocalResource<Outcome<ClassUnitStudy>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}/unit_study")).await });
    view! {
        <Card title=words(|locale| td_string!(locale, classes.units))>
            <p class="muted small">{t!(i18n, classes.units_about)}</p>
            <AsyncView
                resource=units
                is_empty=is_empty
                empty=words(|locale| td_string!(locale, classes.no_members))
                let:units
            >
                {courses(units)}
            </AsyncView>
        </Card>
    }
}

/// Every course with its modules.
fn courses(units: ClassUnitStudy) -> impl IntoView {
    let learners = StoredValue::new(units.learners);
    let module = move |module: ModuleUnits| {
        let unit = move |study: UnitStudy| view! { <Unit study learners /> };
        view! {
            <h4>{module.title}</h4>
            <ul class="rows">{module.units.into_iter().map(unit).collect_view()}</ul>
        }
    };
    let course = move |course: CourseUnits| {
        view! {
            <h3>{course.course_title}</h3>
            {course.modules.into_iter().map(module).collect_view()}
        }
    };
    units.courses.into_iter().map(course).collect_view()
}

fn is_empty(units: &ClassUnitStudy) -> bool {
    units.learners.is_empty()
}

/// One unit; who has not completed it stands below when somebody asks.
#[component]
fn Unit(study: UnitStudy, learners: StoredValue<Vec<Classmate>>) -> impl IntoView {
    let i18n = use_i18n();
    let (completed, all) = (study.completed, study.of_all());
    let names = move |places: &[u16]| {
        let name = |place: &u16| {
            learners.with_value(|learners| learners.get(usize::from(*place)).map(|one| one.display_name.clone()))
        };
        let names: Vec<_> = places.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| names.join(" · "))
    };
    let (begun, untouched) = (names(&study.begun), names(&study.untouched));
    let is_done = begun.is_none() && untouched.is_none();
    let line = move || t_string!(i18n, classes.unit_completed, completed = completed, all = all);
    if is_done {
        return view! { <li><p>{study.title} " " <span class="muted small num">{line}</span></p></li> }.into_any();
    }
    view! {
        <li>
            <details>
                <summary>{study.title} " " <span class="muted small num">{line}</span></summary>
                {begun.map(|names| view! { <p><b>{t!(i18n, classes.unit_begun)}</b> " " {names}</p> })}
                {untouched.map(|names| view! { <p><b>{t!(i18n, classes.unit_untouched)}</b> " " {names}</p> })}
            </details>
        </li>
    }
    .into_any()
}
