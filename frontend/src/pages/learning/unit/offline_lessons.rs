//! 线下课: what of a unit is done face to face. When that is, the learner's own timetable says.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    ui::Card,
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::learning::ActivityView;

/// All lessons face to face of a unit, if there are any.
#[component]
pub(super) fn OfflineLessons(
    /// What is done in the unit beside its text.
    activities: Vec<ActivityView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let lessons: Vec<_> = activities.into_iter().filter_map(lesson).collect();
    let one = move |(title, about, hours): (String, String, u8)| {
        view! {
            <h3>{title} " " <span class="muted small num">{t!(i18n, learning.offline_lesson_hours, hours = hours)}</span></h3>
            <p class="own-words">{about}</p>
        }
    };
    (!lessons.is_empty()).then(|| {
        view! {
            <Card title=words(|locale| td_string!(locale, learning.offline_lessons))>
                {lessons.into_iter().map(one).collect_view()}
                <p class="lone"><A href="/timetable">{t!(i18n, learning.offline_lessons_when)}</A></p>
            </Card>
        }
    })
}

/// Title, words and class hours of a lesson; `None` if the activity is none.
fn lesson(activity: ActivityView) -> Option<(String, String, u8)> {
    let (about, hours) = activity.body.offline_lesson()?;
    let about = about.to_owned();
    Some((activity.title, about, hours))
}
