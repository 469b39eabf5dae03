//! The class hours of each learner, course by course.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{exports::Export, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Card, ProgressBar},
};
use leptos::prelude::*;
use shared::{
    ids::ClassId,
    teaching::{CourseHours, LearnerHours},
};

/// The part of the page.
#[component]
pub(super) fn Hours(class_id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let hours: LocalResource<Outcome<Vec<LearnerHours>>> =
        LocalResource::new(
            move || async move { client::get(actor, &format!("/classes/{class_id}/class_hours")).await },
        );
    view! {
        <Card title=words(|locale| td_string!(locale, classes.class_hours))>
            <p class="muted small">{t!(i18n, classes.hours_about)}</p>
            <Export
                name=words(|locale| td_string!(locale, exports.list_class_hours))
                path=move |()| format!("/classes/{class_id}/class_hours/exports")
            />
            <Export
                name=words(|locale| td_string!(locale, exports.list_attendance))
                path=move |()| format!("/classes/{class_id}/attendance/exports")
                verb=words(|locale| td_string!(locale, exports.take_attendance))
            />
            <AsyncView
                resource=hours
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, classes.no_members))
                let:rows
            >
                <ul class="rows">{rows.into_iter().map(|learner| view! { <Learner learner /> }).collect_view()}</ul>
            </AsyncView>
        </Card>
    }
}

#[component]
fn Learner(learner: LearnerHours) -> impl IntoView {
    view! {
        <li>
            <b>{learner.display_name}</b>
            <div class="hours">
                {learner.courses.into_iter().map(|course| view! { <CourseLine course /> }).collect_view()}
            </div>
        </li>
    }
}

/// The hours face to face in one course, and how many the rule asks for; those online, if there are some; and the sum of
/// both, where the rule lets hours online stand for some face to face.
#[component]
pub(in crate::pages::teaching) fn CourseLine(course: CourseHours) -> impl IntoView {
    let i18n = use_i18n();
    let CourseHours { course_title, class_hours, online_class_hours, needed, needed_together, .. } = course;
    let together = (needed < needed_together).then(|| class_hours + online_class_hours);
    let percent = u8::try_from(u64::from(class_hours) * 100 / u64::from(needed.max(1))).unwrap_or(100).min(100);
    let label = course_title.clone();
    let sum = move || match needed {
        0 => t_string!(i18n, classes.hours_sum, hours = class_hours),
        needed => t_string!(i18n, classes.hours_of, hours = class_hours, needed = needed),
    };
    view! {
        <div class="hours-line">
            <span class="small">{course_title}</span>
            <span class="small num">{sum}</span>
            {(online_class_hours > 0)
                .then(|| {
                    let hours = online_class_hours;
                    view! { <span class="muted small num">{t!(i18n, classes.hours_online, hours = hours)}</span> }
                })}
            {together.map(|hours| view! {
                <span class="muted small num">
                    {t!(i18n, classes.hours_together, hours = hours, needed = needed_together)}
                </span>
            })}
            {(needed > 0).then(|| view! { <ProgressBar percent label=Signal::stored(label.clone()) /> })}
        </div>
    }
}
