//! The sheet that learners sign at a lesson, on paper: it is photographed afterwards, and the roll is called by it.

use super::words::place_name;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Button, Column, Icon, PageHeading, Symbol, Table},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::teaching::{MeetingRoll, MeetingView};

lazy_page! {
    /// The page.
    SheetPage = SignSheet in school;
}

#[component]
fn SignSheet() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let roll: LocalResource<Outcome<MeetingRoll>> = LocalResource::new(move || {
        let path = format!("/meetings/{}/roll", id.get());
        async move { client::get(actor, &path).await }
    });
    let back = move || format!("/meetings/{}", id.get());
    view! {
        <main class="page wide stack sign-sheet">
            <p class="way-back no-print"><A href=back>{t!(i18n, classes.meeting)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, classes.sheet)) />
            <p class="muted small no-print">{t!(i18n, classes.sheet_about)}</p>
            <AsyncView resource=roll let:roll>
                <Sheet roll />
            </AsyncView>
        </main>
    }
}

#[component]
fn Sheet(roll: MeetingRoll) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, classes.sheet_number))),
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, classes.sheet_signature))),
        Column::text(words(|locale| td_string!(locale, classes.sheet_remark))),
    ];
    let names: Vec<(u32, String)> = (1..).zip(roll.rows.into_iter().map(|row| row.display_name)).collect();
    view! {
        <div class="row no-print">
            <Button on_press=move |()| drop(window().print())>
                <Icon symbol=Symbol::Print />
                {t!(i18n, classes.sheet_print)}
            </Button>
        </div>
        <Lesson meeting=roll.meeting />
        <Table
            caption=words(|locale| td_string!(locale, classes.sheet))
            columns
            rows=Signal::stored(names)
            key=|(number, _)| *number
            row=line
            empty=words(|locale| td_string!(locale, classes.no_members))
        />
        <p class="sheet-foot">{t!(i18n, classes.sheet_foot)}</p>
    }
}

/// Which lesson it is.
#[component]
fn Lesson(meeting: MeetingView) -> impl IntoView {
    let i18n = use_i18n();
    let MeetingView { starts_at, ends_at, class_name, course_title, topic, place, teacher_name, .. } = meeting;
    let time = move || {
        let locale = i18n.get_locale();
        format!("{} – {}", when::date_time(locale, starts_at), when::date_time(locale, ends_at))
    };
    let place = move || place_name(i18n.get_locale(), place.as_ref());
    let teacher = move || teacher_name.clone().unwrap_or_else(|| t_string!(i18n, classes.no_teacher).to_owned());
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, classes.class)}</dt><dd>{class_name}</dd></div>
            <div><dt>{t!(i18n, classes.course)}</dt><dd>{course_title} " " {topic}</dd></div>
            <div><dt>{t!(i18n, classes.time)}</dt><dd class="num">{time}</dd></div>
            <div><dt>{t!(i18n, classes.place)}</dt><dd>{place}</dd></div>
            <div><dt>{t!(i18n, classes.teacher)}</dt><dd>{teacher}</dd></div>
        </dl>
    }
}

fn line((number, name): (u32, String)) -> impl IntoView {
    view! {
        <th scope="row" class="num">{number}</th>
        <td>{name}</td>
        <td></td>
        <td></td>
    }
}
