//! The day of a whole test, for the office that runs it: sites, readiness, starts and ends, acts, time given back.

use super::{
    extend::Extend,
    list::RoomNumbers,
    receipts::Receipts,
    waiting_extensions::WaitingExtensions,
    words::{act_name, hour},
};
use crate::{
    i18n::{t, td_string, use_i18n},
    lazy::lazy_page,
    pages::{organisation::words::words, upload_answers::UploadAnswers},
    platform::{
        actor::Actor,
        client::{self, ApiError},
        timing::sleep,
    },
    ui::{ButtonLink, Card, Column, FailureNotice, PageHeading, ProgressBar, Table},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    delivery::{ExamProgress, MinuteCount, RoomActLine, RoomHead, SiteProgress},
    ids::ExamSiteId,
};
use std::time::Duration;

/// So often it is asked for again.
const REFRESH: Duration = Duration::from_secs(5);

lazy_page! {
    /// The page.
    ExamDayPage = ExamDay in office;
}

#[component]
fn ExamDay() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")));
    move || id.get().map(|id| view! { <Day id /> })
}

/// What is known of a day.
#[derive(Clone, Copy)]
struct Known {
    progress: RwSignal<Option<ExamProgress>>,
    failure: RwSignal<Option<ApiError>>,
    tag: StoredValue<String>,
}

impl Known {
    async fn ask(self, actor: Actor, path: &str) {
        let tag = self.tag.try_get_value().unwrap_or_default();
        match client::get_unless::<ExamProgress>(actor, path, &tag).await {
            Ok(found) => {
                if let Some(found) = found {
                    self.tag.try_set_value(found.version);
                    self.progress.try_set(Some(found.value));
                }
                self.failure.try_set(None);
            }
            Err(failure) => _ = self.failure.try_set(Some(failure)),
        }
    }
}

#[component]
fn Day(id: String) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let known =
        Known { progress: RwSignal::new(None), failure: RwSignal::new(None), tag: StoredValue::new(String::new()) };
    let path = format!("/exam_sessions/{id}");
    let asked = format!("{path}/progress");
    let again = asked.clone();
    spawn_local(async move {
        while !known.progress.is_disposed() {
            known.ask(actor, &asked).await;
            sleep(REFRESH).await;
        }
    });
    let reload = Callback::new(move |()| {
        let path = again.clone();
        spawn_local(async move { known.ask(actor, &path).await });
    });
    let title =
        move || known.progress.with(|known| known.as_ref().map(|known| known.title.clone()).unwrap_or_default());
    let (back, files) = (path.clone(), format!("{path}/answer_files"));
    let exam_session_id = StoredValue::new(id);
    let is_known = Memo::new(move |_| known.progress.with(Option::is_some));
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href=back>{t!(i18n, rooms.day_back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, rooms.day)) />
            <p><b>{title}</b></p>
            <p class="muted">{t!(i18n, rooms.day_lead)}</p>
            {move || known.failure.get().map(|failure| view! { <FailureNotice failure /> })}
            <Show when=move || is_known.get()>
                <Shown progress=known.progress.into() exam_session_id=exam_session_id.get_value() />
            </Show>
            <WaitingExtensions path=path.clone() progress=known.progress.into() on_done=reload />
            <UploadAnswers path=files />
            <Extend path=path.clone() progress=known.progress.into() on_done=reload />
            <Receipts path />
        </main>
    }
}

/// One part of what is known. It is drawn anew when it has changed itself: who reads or stands in another is left alone.
fn part<T>(
    progress: Signal<Option<ExamProgress>>,
    of: impl Fn(&ExamProgress) -> T + Send + Sync + 'static,
) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| progress.with(|known| known.as_ref().map(&of)))
}

#[component]
fn Shown(progress: Signal<Option<ExamProgress>>, exam_session_id: String) -> impl IntoView {
    let i18n = use_i18n();
    let count = move |of: fn(&ExamProgress) -> u32| {
        let count = part(progress, of);
        move || count.get().unwrap_or_default()
    };
    let (ready, all) = (count(|known| known.ready), count(|known| known.candidates));
    let percent = move || u8::try_from(u64::from(ready()) * 100 / u64::from(all().max(1))).unwrap_or(100);
    let gauge = Signal::derive(move || td_string!(i18n.get_locale(), rooms.gauge, ready = ready(), all = all()));
    let incidents = format!("/incidents?exam_session_id={exam_session_id}");
    let papers = format!("/exam_sessions/{exam_session_id}/paper_answers");
    let curve = part(progress, |known| known.curve.clone());
    let acts = part(progress, |known| known.acts.clone());
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, rooms.expected)}</dt><dd class="num">{all}</dd></div>
            <div><dt>{t!(i18n, rooms.ready)}</dt><dd class="num">{ready}</dd></div>
            <div><dt>{t!(i18n, rooms.offline)}</dt><dd class="num">{count(|known| known.offline)}</dd></div>
            <div>
                <dt>{t!(i18n, rooms.with_late_answers)}</dt>
                <dd class="num">{count(|known| known.with_late_answers)}</dd>
            </div>
            <div>
                <dt>{t!(i18n, rooms.incidents_open)}</dt>
                <dd class="num">{count(|known| known.open_incidents)}</dd>
            </div>
        </dl>
        <p>{move || gauge.get()}</p>
        <ProgressBar percent=Signal::derive(percent) label=gauge />
        <div class="row">
            <ButtonLink href=incidents>{t!(i18n, rooms.incidents_open)}</ButtonLink>
            <ButtonLink href=papers>{t!(i18n, rooms.papers)}</ButtonLink>
        </div>
        <Sites progress exam_session_id />
        {move || curve.get().map(|curve| view! { <Curve curve /> })}
        {move || acts.get().map(|acts| view! { <Acts acts /> })}
    }
}

/// The sites.
#[component]
fn Sites(progress: Signal<Option<ExamProgress>>, exam_session_id: String) -> impl IntoView {
    let named = |site: &SiteProgress| (site.exam_site_id, site.name.clone());
    let sites = part(progress, move |known| known.sites.iter().map(named).collect::<Vec<_>>());
    let exam_session_id = StoredValue::new(exam_session_id);
    view! {
        <For each=move || sites.get().unwrap_or_default() key=|site| (site.0, site.1.clone()) let:site>
            <Site id=site.0 name=site.1 progress exam_session_id=exam_session_id.get_value() />
        </For>
    }
}

/// One site with its rooms.
#[component]
fn Site(
    id: ExamSiteId,
    name: String,
    progress: Signal<Option<ExamProgress>>,
    exam_session_id: String,
) -> impl IntoView {
    let rooms = part(progress, move |known| {
        let site = known.sites.iter().find(|site| site.exam_site_id == id);
        site.map(|site| site.rooms.clone()).unwrap_or_default()
    });
    let ready = part(progress, move |known| {
        let site = known.sites.iter().find(|site| site.exam_site_id == id);
        site.map(|site| (site.ready, site.expected)).unwrap_or_default()
    });
    let exam_session_id = StoredValue::new(exam_session_id);
    view! {
        <Card title=Signal::stored(name)>
            <SiteGauge ready />
            <div class="room-wall">
                <For
                    each=move || rooms.get().unwrap_or_default()
                    key=|room| (room.exam_room_id, room.number, room.name.clone())
                    let:head
                >
                    <Room head rooms exam_session_id=exam_session_id.get_value() />
                </For>
            </div>
        </Card>
    }
}

/// Of how many candidates of a site a device has the sealed paper, of how many.
#[component]
fn SiteGauge(ready: Memo<Option<(u32, u32)>>) -> impl IntoView {
    let i18n = use_i18n();
    let counts = move || ready.get().unwrap_or_default();
    let percent = move || {
        let (ready, all) = counts();
        u8::try_from(u64::from(ready) * 100 / u64::from(all.max(1))).unwrap_or(100)
    };
    let said = Signal::derive(move || {
        let (ready, all) = counts();
        td_string!(i18n.get_locale(), rooms.site_gauge, ready = ready, all = all)
    });
    view! {
        <p class="muted small">{move || said.get()}</p>
        <ProgressBar percent=Signal::derive(percent) label=said />
    }
}

/// One room; the link to it stays while its numbers change.
#[component]
fn Room(head: RoomHead, rooms: Memo<Option<Vec<RoomHead>>>, exam_session_id: String) -> impl IntoView {
    let i18n = use_i18n();
    let (id, number) = (head.exam_room_id, head.number);
    let href = format!("/watch/{exam_session_id}/rooms/{id}");
    let known =
        Memo::new(move |_| rooms.with(|rooms| rooms.as_ref()?.iter().find(|room| room.exam_room_id == id).cloned()));
    view! {
        <section class="stack">
            <h3>
                <A href=href>{move || td_string!(i18n.get_locale(), rooms.room, number = number)} " " {head.name}</A>
            </h3>
            {move || known.get().map(|room| view! { <RoomNumbers room /> })}
        </section>
    }
}

/// How many began and ended in each minute: as a picture, and as a table for who does not see it.
#[component]
fn Curve(curve: Vec<MinuteCount>) -> impl IntoView {
    let i18n = use_i18n();
    let most = curve.iter().map(|minute| minute.started.max(minute.closed)).max().unwrap_or_default().max(1);
    let bars = curve.iter().enumerate().map(|(nth, minute)| {
        let height = |count: u32| (u64::from(count) * 40 / u64::from(most)).to_string();
        let (x, started, closed) = (nth * 6, height(minute.started), height(minute.closed));
        view! {
            <rect class="started" x=x.to_string() y="0" width="2" height=started />
            <rect class="closed" x=(x + 3).to_string() y="0" width="2" height=closed />
        }
    });
    let bars = bars.collect_view();
    let width = curve.len() * 6;
    let picture = (!curve.is_empty()).then(|| {
        view! {
            <svg class="day-curve" viewBox=format!("0 0 {width} 40") aria-hidden="true" focusable="false">{bars}</svg>
            <p class="day-curve-key muted small" aria-hidden="true">
                <span class="started"></span> " " {t!(i18n, rooms.curve_started)} " "
                <span class="closed"></span> " " {t!(i18n, rooms.curve_closed)}
            </p>
        }
    });
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, rooms.curve_minute))),
        Column::text(words(|locale| td_string!(locale, rooms.curve_started))),
        Column::text(words(|locale| td_string!(locale, rooms.curve_closed))),
    ];
    view! {
        <h2>{t!(i18n, rooms.curve)}</h2>
        {picture}
        <Table
            caption=words(|locale| td_string!(locale, rooms.curve))
            columns
            rows=Signal::stored(curve)
            key=|minute| minute.minute
            row=minute_row
            empty=words(|locale| td_string!(locale, rooms.curve_none))
        />
    }
}

fn minute_row(minute: MinuteCount) -> impl IntoView {
    view! {
        <th scope="row" class="num">{hour(minute.minute)}</th>
        <td class="num">{minute.started}</td>
        <td class="num">{minute.closed}</td>
    }
}

/// The last acts that touched working time or ended a sitting.
#[component]
fn Acts(acts: Vec<RoomActLine>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, rooms.at))),
        Column::text(words(|locale| td_string!(locale, rooms.act))),
        Column::text(words(|locale| td_string!(locale, rooms.ticket))),
        Column::text(words(|locale| td_string!(locale, rooms.by))),
        Column::text(words(|locale| td_string!(locale, rooms.reason))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, rooms.acts_latest))
            columns
            rows=Signal::stored(acts)
            key=|line| (line.acted_at, line.ticket_number.clone())
            row=act_row
            empty=words(|locale| td_string!(locale, rooms.acts_none))
        />
    }
}

fn act_row(line: RoomActLine) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, minutes) = (line.kind, line.minutes);
    let given = move || {
        let minutes = minutes.map(|minutes| td_string!(i18n.get_locale(), rooms.minutes, minutes = minutes));
        minutes.unwrap_or_default()
    };
    view! {
        <th scope="row" class="num">{hour(line.acted_at)}</th>
        <td>{move || act_name(i18n.get_locale(), kind)}</td>
        <td class="num">{line.ticket_number.unwrap_or_default()}</td>
        <td>{line.by_name}</td>
        <td>{given} " " {line.text.unwrap_or_default()}</td>
    }
}
