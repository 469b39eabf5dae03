//! The console of one exam room, made for a phone: who comes, how every seat is, and what is done.

use super::{
    act_form::{ActForm, OF_ROOM},
    admit::Admit,
    line::{How, RoomLine},
    seats::Seats,
    spoken_keys::SpokenKeys,
    words::hour,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{organisation::words::words, upload_answers::UploadAnswers},
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{Button, ButtonLink, Card, DeedFailure, FailureNotice, Look, PageHeading, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    delivery::{RoomActKind, RoomCounts, WatchedRoom, spoken_entry_code},
    ids::ExamRoomId,
    rights::{Right, carries},
};

lazy_page! {
    /// The page.
    RoomPage = AnyRoom in office;
}

/// What is done for a whole room.
const OF_ALL: [RoomActKind; 4] =
    [RoomActKind::Announce, RoomActKind::Pause, RoomActKind::Resume, RoomActKind::ReturnTime];

#[component]
fn AnyRoom() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(|params| Some((params.get("id")?, params.get("room")?))));
    move || ids.get().map(|(id, room)| view! { <Room id room /> })
}

#[component]
fn Room(id: String, room: String) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let path = format!("/exam_sessions/{id}/rooms/{room}");
    let line = RoomLine::start(actor, path.clone());
    let may = move |right| actor.roles().iter().any(|role| carries(*role, right));
    let (may_keep, may_read_out) = (may(Right::KeepExamRoom), may(Right::RunExamDay));
    let exam_room_id: Option<ExamRoomId> = room.parse().ok();
    let title = move || match line.room.with(|room| room.as_ref().map(|room| room.number)) {
        Some(number) => td_string!(i18n.get_locale(), rooms.room, number = number),
        None => t_string!(i18n, rooms.title).to_owned(),
    };
    let is_known = Memo::new(move |_| line.room.with(Option::is_some));
    let (back, incident) = (format!("/watch/{id}/rooms"), format!("/watch/{id}/incident"));
    let paths = StoredValue::new((path, incident, id));
    let known = move || {
        let (path, incident, id) = paths.get_value();
        view! {
            <Numbers line />
            <EntryCode line />
            {may_keep.then(|| view! { <Admit path=path.clone() line /> })}
            <Seats path=path.clone() line />
            {may_keep.then(|| view! { <ForAll path=path.clone() line incident /> })}
            {may_keep.then(|| view! { <UploadAnswers path=format!("{path}/answer_files") /> })}
            <Said line />
            {exam_room_id.filter(|_| may_read_out).map(|exam_room_id| view! {
                <SpokenKeys exam_session_id=id exam_room_id />
            })}
        }
    };
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href=back>{t!(i18n, rooms.to_rooms)}</A></p>
            <PageHeading text=Signal::derive(title) />
            {move || line.failure.get().map(|failure| view! { <FailureNotice failure /> })}
            <Show when=move || is_known.get()>{known()}</Show>
        </main>
    }
}

/// The test, how many are how, and whether what is shown is of now.
#[component]
fn Numbers(line: RoomLine) -> impl IntoView {
    let i18n = use_i18n();
    let head = Memo::new(move |_| {
        let words = |room: &WatchedRoom| {
            let time = format!("{} – {}", hour(room.starts_at), hour(room.ends_at));
            (room.title.clone(), format!("{} · {}", room.site_name, room.name), time)
        };
        line.room.with(|room| room.as_ref().map(words).unwrap_or_default())
    });
    let counts = Memo::new(move |_| line.room.with(|room| room.as_ref().map(|room| room.counts).unwrap_or_default()));
    let count = move |of: fn(&RoomCounts) -> u32| move || counts.with(of).to_string();
    let how = move || match line.how.get() {
        How::Told => view! { <Tag tone=Tone::Ok>{t!(i18n, rooms.live)}</Tag> },
        How::Asked => view! { <Tag tone=Tone::Wait>{t!(i18n, rooms.polling)}</Tag> },
        How::Away => view! { <Tag tone=Tone::Stop>{t!(i18n, rooms.away)}</Tag> },
    };
    view! {
        <p>{move || head.get().0} " · " <span class="num">{move || head.get().2}</span></p>
        <p class="muted">{move || head.get().1}</p>
        <p role="status">{how}</p>
        <dl class="facts">
            <div><dt>{t!(i18n, rooms.expected)}</dt><dd class="num">{count(|of| of.expected)}</dd></div>
            <div><dt>{t!(i18n, rooms.admitted)}</dt><dd class="num">{count(|of| of.admitted)}</dd></div>
            <div><dt>{t!(i18n, rooms.working)}</dt><dd class="num">{count(|of| of.working)}</dd></div>
            <div><dt>{t!(i18n, rooms.offline)}</dt><dd class="num">{count(|of| of.offline)}</dd></div>
            <div><dt>{t!(i18n, rooms.over)}</dt><dd class="num">{count(|of| of.over)}</dd></div>
            <div><dt>{t!(i18n, rooms.unsent)}</dt><dd class="num">{count(|of| of.unsent)}</dd></div>
        </dl>
    }
}

/// The code that is read out, where the test asks for one.
#[component]
fn EntryCode(line: RoomLine) -> impl IntoView {
    let i18n = use_i18n();
    let code = Memo::new(move |_| line.room.with(|room| room.as_ref()?.entry_code.clone()));
    move || {
        code.get().map(|code| {
            view! {
                <Card title=words(|locale| td_string!(locale, rooms.entry_code))>
                    <p class="entry-code num">{spoken_entry_code(&code)}</p>
                    <p class="muted small">{t!(i18n, rooms.entry_code_note)}</p>
                </Card>
            }
        })
    }
}

/// What is done for the whole room, and what leads elsewhere.
#[component]
fn ForAll(path: String, line: RoomLine, incident: String) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let done = Callback::new(move |room: WatchedRoom| line.room.set(Some(room)));
    let (deed, report) = (Deed::new(), format!("{path}/report"));
    let print = move |()| {
        let report = report.clone();
        let name = t_string!(i18n, rooms.report_title).to_owned();
        let printing = async move { client::post_for_bytes(actor, &report, &serde_json::json!({})).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&format!("{name}.pdf"), "application/pdf", &bytes));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, rooms.acts))>
            <ActForm path ticket=None kinds=Signal::stored(OF_ALL.to_vec()) ids=OF_ROOM on_done=done />
            <div class="row">
                <ButtonLink href=incident>{t!(i18n, rooms.incident)}</ButtonLink>
                <Button look=Look::Plain is_busy=deed.is_busy() on_press=print>{t!(i18n, rooms.report)}</Button>
            </div>
            <DeedFailure deed />
        </Card>
    }
}

/// What was said to the candidates.
#[component]
fn Said(line: RoomLine) -> impl IntoView {
    let said = Memo::new(move |_| line.room.with(|room| room.as_ref().map(|room| room.announcements.clone())));
    let has_any = Memo::new(move |_| said.with(|said| said.as_ref().is_some_and(|said| !said.is_empty())));
    view! {
        <Show when=move || has_any.get()>
            <Card title=words(|locale| td_string!(locale, rooms.announcements))>
                <ul class="stack">
                    {move || {
                        let said = said.get().unwrap_or_default().into_iter();
                        said.map(|said| view! {
                            <li><span class="num muted">{hour(said.announced_at)}</span> " " {said.text}</li>
                        })
                        .collect_view()
                    }}
                </ul>
            </Card>
        </Show>
    }
}
