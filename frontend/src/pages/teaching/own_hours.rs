//! The class hours that a learner has, course by course.

use super::class::CourseLine;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::Card,
};
use leptos::prelude::*;
use shared::{
    ids::CourseId,
    learning::{HoursNotYet, RecordedCourse, RecordedHours, hours_not_yet},
    teaching::CourseHours,
};

/// What is known of each course.
#[derive(Clone)]
struct Hours {
    /// Hours of meetings.
    met: Vec<CourseHours>,
    /// All hours.
    recorded: Vec<RecordedCourse>,
}

impl Hours {
    /// All hours of a course, against its rule.
    fn all_of(&self, course_id: CourseId) -> Option<RecordedHours> {
        self.recorded.iter().find(|course| course.course_id == course_id).map(|course| course.hours)
    }
}

async fn fetch(actor: Actor) -> Outcome<Hours> {
    let (met, recorded) = futures::join!(
        client::get(actor, "/me/class_hours"),
        client::get::<Vec<RecordedCourse>>(actor, "/me/recorded_hours")
    );
    // Without what is asked for in all, those of meetings are told still.
    Ok(Hours { met: met?, recorded: recorded.unwrap_or_default() })
}

/// The card; nothing for who is in no class.
#[component]
pub(in crate::pages) fn OwnHours() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let hours = LocalResource::new(move || fetch(actor));
    move || {
        // The page is about the diploma; without the hours it says a little less.
        let hours = hours.get()?.ok().filter(|hours| !hours.met.is_empty())?;
        let courses: Vec<_> = hours.met.iter().map(|course| (course.clone(), hours.all_of(course.course_id))).collect();
        let line = |(course, all): (CourseHours, Option<RecordedHours>)| {
            view! {
                <div>
                    <CourseLine course />
                    {all.map(|hours| view! { <AllHours hours /> })}
                </div>
            }
        };
        Some(view! {
            <Card title=words(|locale| td_string!(locale, classes.own_hours))>
                <div class="hours">{courses.into_iter().map(line).collect_view()}</div>
            </Card>
        })
    }
}

/// The class hours of one course in a line, those of lessons online apart, and all of them against its rule; nothing for
/// a course without any.
#[component]
pub(in crate::pages) fn OwnCourseHours(course_id: CourseId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let hours = LocalResource::new(move || fetch(actor));
    move || {
        // The page is about the units; without the hours it says a little less.
        let hours = hours.get()?.ok()?;
        let of_course = hours.met.iter().find(|hours| hours.course_id == course_id)?;
        let CourseHours { class_hours, online_class_hours, needed, .. } = *of_course;
        let met = (needed > 0 || online_class_hours > 0).then(|| {
            view! {
                <p class="muted small num">
                    {(needed > 0)
                        .then(|| view! {
                            <span>{t!(i18n, classes.face_to_face, hours = class_hours, needed = needed)}</span>
                        })}
                    " "
                    {(online_class_hours > 0)
                        .then(|| view! {
                            <span>{t!(i18n, classes.hours_online, hours = online_class_hours)}</span>
                        })}
                </p>
            }
        });
        let all = hours.all_of(course_id).map(|hours| view! { <AllHours hours /> });
        Some(view! { {met} {all} })
    }
}

/// All class hours of a course against its rule, and why they are not enough yet; nothing where none are asked for.
#[component]
fn AllHours(hours: RecordedHours) -> impl IntoView {
    let i18n = use_i18n();
    let (total, needed) = (hours.total(), hours.needed);
    (needed > 0).then(|| {
        let why = hours_not_yet(&hours).map(|reason| {
            view! { <p class="muted small num">{move || hours_sentence(i18n.get_locale(), reason)}</p> }
        });
        view! {
            <p class="muted small num">{t!(i18n, classes.hours_all, hours = total, needed = needed)}</p>
            {why}
        }
    })
}

/// Why the hours are not enough yet.
fn hours_sentence(locale: Locale, reason: HoursNotYet) -> String {
    let HoursNotYet { missing, face_to_face } = reason;
    match face_to_face {
        0 => td_string!(locale, classes.hours_missing, missing = missing),
        face if face == missing => td_string!(locale, classes.hours_missing_face, face = face),
        face => td_string!(locale, classes.hours_missing_both, missing = missing, face = face),
    }
}
