//! When the class meets: a week at a time, with the way to enter more.

use super::{
    super::week::{Lesson, Week, WeekBar, in_week, monday_of, week_query},
    meeting_form::MeetingDialog,
    place_of,
};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::{
        exports::Export,
        organisation::{may, words::words},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        clock,
    },
    ui::{AsyncView, Button, Card, Look},
};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::ClassId,
    learning::{ClassPlan, ClassState},
    page::Page,
    rights::Right,
    teaching::{Holiday, MeetingView},
};

/// What a week shows.
type OneWeek = (Date, Vec<Lesson>, Vec<Holiday>);

async fn week(actor: Actor, class: ClassId, monday: Date) -> Outcome<OneWeek> {
    let path = format!("/classes/{class}/meetings?limit=200&{}", week_query(monday));
    let years = format!("/holidays?year={}", monday.year());
    let (meetings, holidays) =
        futures::join!(client::get::<Page<MeetingView>>(actor, &path), client::get::<Vec<Holiday>>(actor, &years));
    let lesson = |meeting| Lesson { meeting, attendance: None, has_page: true, names_class: false };
    // Without the holidays the week still says when it meets.
    let holidays = holidays.unwrap_or_default();
    Ok((monday, meetings?.items.into_iter().map(lesson).collect(), in_week(monday, holidays)))
}

/// The part of the page.
#[component]
pub(super) fn Timetable(plan: ClassPlan) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = plan.class.id;
    let is_over = matches!(plan.class.state, ClassState::Finished | ClassState::Archived);
    let may_enter = !is_over && may(actor, Right::KeepTimetable, &place_of(&plan.class));
    let monday = RwSignal::new(monday_of(clock::now().date_in_china()));
    let shown = LocalResource::new(move || week(actor, id, monday.get()));
    let is_open = RwSignal::new(false);
    // The week of what was entered comes in sight.
    let entered = Callback::new(move |day: Date| {
        monday.set(monday_of(day));
        shown.refetch();
    });
    view! {
        <Card title=words(|locale| td_string!(locale, classes.timetable))>
            <div class="row spread">
                <WeekBar monday />
                {may_enter.then(|| view! {
                    <Button look=Look::Primary on_press=move |()| is_open.set(true)>
                        {t!(i18n, classes.add_meeting)}
                    </Button>
                    <MeetingDialog plan is_open entered />
                })}
            </div>
            <Export
                name=words(|locale| td_string!(locale, exports.list_meetings))
                path=move |()| format!("/classes/{id}/meetings/exports")
            />
            <AsyncView resource=shown let:week>
                <Week monday=week.0 lessons=week.1 holidays=week.2 />
            </AsyncView>
            <p class="small"><A href="/holidays">{t!(i18n, classes.holidays)}</A></p>
        </Card>
    }
}
