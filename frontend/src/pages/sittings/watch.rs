//! The tests that are sat at the reader's place today.

use super::state::PhaseTag;
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, ButtonLink, Card, PageHeading},
};
use leptos::prelude::*;
use shared::{
    rights::{Right, carries},
    sittings::WatchedExamSession,
};

lazy_page! {
    /// The page.
    WatchPage = Watch in office;
}

#[component]
fn Watch() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let watched: LocalResource<Outcome<Vec<WatchedExamSession>>> =
        LocalResource::new(move || client::get(actor, "/watched_exam_sessions"));
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, sittings.watch_title)) />
            <p class="muted">{t!(i18n, sittings.watch_lead)}</p>
            <AsyncView
                resource=watched
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, sittings.watch_none))
                let:watched
            >
                {watched.into_iter().map(|watched| view! { <One watched /> }).collect_view()}
            </AsyncView>
        </main>
    }
}

#[component]
fn One(watched: WatchedExamSession) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_list = actor.roles().iter().any(|role| carries(*role, Right::ReadSignIn));
    let may_record = actor.roles().iter().any(|role| carries(*role, Right::RecordIncident));
    let path = format!("/watch/{}", watched.exam_session_id);
    let recording = format!("{path}/incident");
    let rooms = format!("{path}/rooms");
    let incidents = format!("/incidents?exam_session_id={}", watched.exam_session_id);
    let title = watched.exam_session_title.clone();
    let list = may_list.then(|| {
        view! { <ButtonLink href=path>{t!(i18n, sittings.watch_list)}</ButtonLink> }
    });
    let record = may_record.then(|| {
        view! { <ButtonLink href=recording>{t!(i18n, sittings.incident_record)}</ButtonLink> }
    });
    view! {
        <Card title=Signal::stored(title)>
            <Numbers watched />
            <div class="row">
                <ButtonLink href=rooms>{t!(i18n, rooms.to_rooms)}</ButtonLink> {list} {record}
                <ButtonLink href=incidents>{t!(i18n, sittings.incidents)}</ButtonLink>
            </div>
        </Card>
    }
}

/// When it is, where it stands, and how many are there.
#[component]
pub(super) fn Numbers(
    /// The test.
    watched: WatchedExamSession,
) -> impl IntoView {
    let i18n = use_i18n();
    let (starts_at, ends_at) = (watched.starts_at, watched.ends_at);
    let times = move || {
        let locale = i18n.get_locale();
        format!("{} – {}", when::date_time(locale, starts_at), when::date_time(locale, ends_at))
    };
    let absent = watched.expected.saturating_sub(watched.started);
    view! {
        <p>{watched.course_title} " · " <span class="num">{times}</span></p>
        <p class="row"><PhaseTag state=watched.state starts_at /></p>
        <dl class="facts">
            <div><dt>{t!(i18n, sittings.watch_expected)}</dt><dd class="num">{watched.expected}</dd></div>
            <div><dt>{t!(i18n, sittings.watch_started)}</dt><dd class="num">{watched.started}</dd></div>
            <div><dt>{t!(i18n, sittings.watch_absent)}</dt><dd class="num">{absent}</dd></div>
            <div><dt>{t!(i18n, sittings.watch_closed)}</dt><dd class="num">{watched.closed}</dd></div>
        </dl>
    }
}
