//! Today's lessons that have begun, and of which nothing was noted.

use super::words::{hours, place_name};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, ButtonLink, Column, PageHeading, Table},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::teaching::MeetingView;

lazy_page! {
    /// The page.
    WithoutRollPage = WithoutRoll in school;
}

#[component]
fn WithoutRoll() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let lessons: LocalResource<Outcome<Vec<MeetingView>>> =
        LocalResource::new(move || client::get(actor, "/me/meetings_without_roll"));
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, classes.meeting))),
        Column::text(words(|locale| td_string!(locale, classes.time))),
        Column::text(words(|locale| td_string!(locale, classes.class))),
        Column::text(words(|locale| td_string!(locale, classes.teacher))),
        Column::text(words(|locale| td_string!(locale, classes.place))),
        Column::text(words(|locale| td_string!(locale, people.act))),
    ]);
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, classes.without_roll)) />
            <p class="muted">{t!(i18n, classes.without_roll_about)}</p>
            <AsyncView resource=lessons let:rows>
                <Table
                    caption=words(|locale| td_string!(locale, classes.without_roll))
                    columns=columns.get_value()
                    rows=Signal::stored(rows)
                    key=|meeting| (meeting.id, meeting.version)
                    row
                    empty=words(|locale| td_string!(locale, classes.all_rolls_called))
                />
            </AsyncView>
            <p><A href="/desk">{t!(i18n, common.desk)}</A></p>
        </main>
    }
}

fn row(meeting: MeetingView) -> impl IntoView {
    let i18n = use_i18n();
    let MeetingView { id, starts_at, ends_at, course_title, class_name, teacher_name, place, .. } = meeting;
    let teacher =
        move || teacher_name.clone().unwrap_or_else(|| td_string!(i18n.get_locale(), classes.no_teacher).to_owned());
    let (named, place) = (class_name.clone(), move || place_name(i18n.get_locale(), place.as_ref()));
    view! {
        <th scope="row">{course_title}</th>
        <td class="num">{hours(starts_at, ends_at)}</td>
        <td>{class_name}</td>
        <td>{teacher}</td>
        <td>{place}</td>
        <td>
            <ButtonLink href=format!("/meetings/{id}")>
                {t!(i18n, classes.roll)}
                <span class="visually-hidden">" " {named}</span>
            </ButtonLink>
        </td>
    }
}
