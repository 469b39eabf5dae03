//! The rooms of a test that the reader may see: the wall of a site, and where invigilators are told their room.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        deed::Deed,
    },
    ui::{ButtonLink, Card, DeedForm, EmptyState, FailureNotice, Look, PageHeading, Toasts},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    delivery::{AssignInvigilators, InvigilatorView, RoomHead},
    ids::{AccountId, ExamRoomId},
    problem::ProblemCode,
    sittings::missing_invigilators,
};
use std::{collections::BTreeSet, time::Duration};

/// So often the numbers are fetched again.
const REFRESH: Duration = Duration::from_secs(5);

lazy_page! {
    /// The page.
    RoomsPage = Rooms in office;
}

#[component]
fn Rooms() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    move || view! { <Wall exam_session_id=id.get() /> }
}

/// What is known of the rooms.
#[derive(Clone, Copy)]
struct Known {
    rooms: RwSignal<Option<Vec<RoomHead>>>,
    failure: RwSignal<Option<ApiError>>,
}

impl Known {
    /// The page may be gone by now.
    fn learn(self, told: Outcome<Vec<RoomHead>>) {
        match told {
            Ok(rooms) => {
                self.rooms.try_set(Some(rooms));
                self.failure.try_set(None);
            }
            Err(failure) => _ = self.failure.try_set(Some(failure)),
        }
    }

    /// One part of a room. It is drawn anew when it has changed itself: who stands in another is left alone.
    fn part<T>(self, id: ExamRoomId, of: impl Fn(&RoomHead) -> T + Send + Sync + 'static) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.rooms.with(|rooms| rooms.as_ref()?.iter().find(|room| room.exam_room_id == id).map(&of))
        })
    }
}

#[component]
fn Wall(exam_session_id: String) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let known = Known { rooms: RwSignal::new(None), failure: RwSignal::new(None) };
    let path = format!("/exam_sessions/{exam_session_id}/rooms");
    let ask = move || {
        let path = path.clone();
        spawn_local(async move { known.learn(client::get(actor, &path).await) });
    };
    ask();
    let refresh = move || {
        if !document().hidden() {
            ask();
        }
    };
    if let Ok(timer) = set_interval_with_handle(refresh, REFRESH) {
        on_cleanup(move || timer.clear());
    }
    let heads = Memo::new(move |_| {
        let head = |room: &RoomHead| (room.exam_room_id, room.number, room.site_name.clone(), room.name.clone());
        known.rooms.with(|rooms| rooms.as_ref().map(|rooms| rooms.iter().map(head).collect::<Vec<_>>()))
    });
    let is_waiting = move || known.rooms.with(Option::is_none) && known.failure.with(Option::is_none);
    let failed = move || {
        known.failure.get().map(|failure| match failure.code() {
            Some(ProblemCode::NotFound) => {
                view! { <EmptyState text=words(|locale| td_string!(locale, rooms.none)) /> }.into_any()
            }
            _ => view! { <FailureNotice failure /> }.into_any(),
        })
    };
    let exam_session_id = StoredValue::new(exam_session_id);
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/watch">{t!(i18n, rooms.back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, rooms.title)) />
            <p class="muted">{t!(i18n, rooms.lead)}</p>
            <Show when=is_waiting>
                <p class="loading" role="status">{t!(i18n, common.loading)}</p>
            </Show>
            {failed}
            <div class="room-wall">
                <For
                    each=move || heads.get().unwrap_or_default()
                    key=|head| (head.0, head.1, head.2.clone(), head.3.clone())
                    let:head
                >
                    <One head known exam_session_id=exam_session_id.get_value() />
                </For>
            </div>
        </main>
    }
}

/// Which room it is: its id, its number, its site, and where to find it.
type Head = (ExamRoomId, u16, String, String);

/// One room; it stays where it is while its numbers change.
#[component]
fn One(head: Head, known: Known, exam_session_id: String) -> impl IntoView {
    let i18n = use_i18n();
    let (id, number, site_name, name) = head;
    let path = format!("/watch/{exam_session_id}/rooms/{id}");
    let api = format!("/exam_sessions/{exam_session_id}/rooms/{id}/invigilators");
    let room = known.part(id, RoomHead::clone);
    let watching = known.part(id, |room| room.invigilators.clone());
    let may_assign = known.part(id, |room| !room.available.is_empty());
    let watched = move || {
        let names: Vec<String> = watching.get().unwrap_or_default().into_iter().map(|person| person.name).collect();
        if names.is_empty() { t_string!(i18n, rooms.no_invigilators).to_owned() } else { names.join(" · ") }
    };
    let too_few = move || {
        let missing = missing_invigilators(watching.with(|watching| watching.as_ref().map_or(0, Vec::len)));
        (may_assign.get() == Some(true) && missing > 0)
            .then(|| view! { <p class="muted small">{t!(i18n, rooms.missing_invigilators, missing = missing)}</p> })
    };
    let api = StoredValue::new(api);
    view! {
        <Card title=Signal::derive(move || td_string!(i18n.get_locale(), rooms.room, number = number))>
            <p class="muted">{site_name} " · " {name}</p>
            {move || room.get().map(|room| view! { <RoomNumbers room /> })}
            <p>{t!(i18n, rooms.invigilators)} ": " {watched}</p>
            {too_few}
            <div class="row"><ButtonLink href=path>{t!(i18n, rooms.open)}</ButtonLink></div>
            <Show when=move || may_assign.get() == Some(true)>
                <Assign id known api=api.get_value() />
            </Show>
        </Card>
    }
}

/// How many are there.
#[component]
pub(super) fn RoomNumbers(
    /// The room.
    room: RoomHead,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, rooms.expected)}</dt><dd class="num">{room.expected}</dd></div>
            <div><dt>{t!(i18n, rooms.admitted)}</dt><dd class="num">{room.admitted}</dd></div>
            <div><dt>{t!(i18n, rooms.started)}</dt><dd class="num">{room.started}</dd></div>
            <div><dt>{t!(i18n, rooms.over)}</dt><dd class="num">{room.closed}</dd></div>
            {room.offline.map(|offline| view! {
                <div><dt>{t!(i18n, rooms.offline)}</dt><dd class="num">{offline}</dd></div>
            })}
        </dl>
    }
}

/// Chooses who watches a room.
#[component]
fn Assign(id: ExamRoomId, known: Known, api: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let available = known.part(id, |room| room.available.clone());
    let watching =
        known.part(id, |room| room.invigilators.iter().map(|person| person.account_id).collect::<BTreeSet<_>>());
    let (deed, chosen) = (Deed::new(), RwSignal::new(BTreeSet::<AccountId>::new()));
    let send = move |()| {
        let (path, account_ids) = (api.clone(), chosen.get_untracked().into_iter().collect());
        let assigning =
            async move { client::post::<_, Vec<RoomHead>>(actor, &path, &AssignInvigilators { account_ids }).await };
        deed.run(assigning, move |rooms| {
            toasts.done(t_string!(i18n, rooms.assigned));
            known.learn(Ok(rooms));
        });
    };
    let one = move |person: InvigilatorView| {
        let id = person.account_id;
        let choose = move |is_wanted: bool| {
            chosen.update(|chosen| _ = if is_wanted { chosen.insert(id) } else { chosen.remove(&id) });
        };
        view! {
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
                    on:change:target=move |event| choose(event.target().checked())
                />
                <span>{person.name}</span>
            </label>
        }
    };
    view! {
        <details>
            // What is chosen begins with who watches now; what others say meanwhile does not change it.
            <summary on:click=move |_| chosen.set(watching.get_untracked().unwrap_or_default())>
                {t!(i18n, rooms.assign)}
            </summary>
            <p class="muted small">{t!(i18n, rooms.assign_hint)}</p>
            <DeedForm deed verb=words(|locale| td_string!(locale, rooms.assign_save)) look=Look::Plain send>
                <fieldset class="stack">
                    <legend class="visually-hidden">{t!(i18n, rooms.invigilators)}</legend>
                    <For
                        each=move || available.get().unwrap_or_default()
                        key=|person| (person.account_id, person.name.clone())
                        children=one
                    />
                </fieldset>
            </DeedForm>
        </details>
    }
}
