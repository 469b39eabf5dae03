//! One's own week: the lessons of a learner's classes, and those that a teacher gives.

use super::{
    meeting_notices::MeetingNotices,
    week::{Lesson, Week, WeekBar, in_week, monday_of, week_query},
};
use crate::{
    i18n::td_string,
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock,
    },
    ui::{AsyncView, Card, PageHeading},
};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::teaching::{Holiday, MeetingPart, MyMeeting};

lazy_page! {
    /// The page.
    TimetablePage = OwnTimetable in study;
}

/// What a week shows.
type OneWeek = (Date, Vec<Lesson>, Vec<Holiday>);

async fn week(actor: Actor, monday: Date) -> Outcome<OneWeek> {
    let path = format!("/me/meetings?{}", week_query(monday));
    let years = format!("/holidays?year={}", monday.year());
    let (meetings, holidays) =
        futures::join!(client::get::<Vec<MyMeeting>>(actor, &path), client::get::<Vec<Holiday>>(actor, &years));
    let lesson = |MyMeeting { meeting, part, attendance }| {
        let has_page = part == MeetingPart::Teacher;
        Lesson { meeting, attendance, has_page, names_class: true }
    };
    Ok((monday, meetings?.into_iter().map(lesson).collect(), in_week(monday, holidays.unwrap_or_default())))
}

#[component]
fn OwnTimetable() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let monday = RwSignal::new(monday_of(clock::now().date_in_china()));
    let shown = LocalResource::new(move || week(actor, monday.get()));
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, classes.own_timetable)) />
            <MeetingNotices has_read=true />
            <Card title=words(|locale| td_string!(locale, classes.timetable))>
                <WeekBar monday />
                <AsyncView resource=shown let:week>
                    <Week monday=week.0 lessons=week.1 holidays=week.2 />
                </AsyncView>
            </Card>
        </main>
    }
}
