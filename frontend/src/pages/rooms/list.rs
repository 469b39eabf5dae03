//! The rooms of a test that the reader may see: the wall of a site, and where invigilators are told their room.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{ButtonLink, Card, DeedForm, EmptyState, FailureNotice, Look, PageHeading, Toasts},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    delivery::{AssignInvigilators, InvigilatorView, RoomHead},
    ids::AccountId,
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
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let known = RwSignal::new(None::<Outcome<Vec<RoomHead>>>);
    let ask = move || {
        let path = format!("/exam_sessions/{}/rooms", id.get_untracked());
        spawn_local(async move {
            let fresh = client::get(actor, &path).await;
            // What is as it was is not drawn again.
            if !known.is_disposed() && known.with_untracked(|known| known.as_ref() != Some(&fresh)) {
                known.set(Some(fresh));
            }
        });
    };
    ask();
    // Whoever is choosing is not interrupted.
    let is_choosing = RwSignal::new(false);
    let refresh = move || {
        if !document().hidden() && !is_choosing.get_untracked() {
            ask();
        }
    };
    if let Ok(timer) = set_interval_with_handle(refresh, REFRESH) {
        on_cleanup(move || timer.clear());
    }
    let reload = Callback::new(move |()| ask());
    let wall = move |rooms: Vec<RoomHead>| {
        let one = move |room| view! { <One exam_session_id=id.get_untracked() room is_choosing reload /> };
        view! { <div class="room-wall">{rooms.into_iter().map(one).collect_view()}</div> }
    };
    let shown = move || match known.get() {
        None => view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
        Some(Ok(rooms)) => wall(rooms).into_any(),
        Some(Err(failure)) if failure.code() == Some(ProblemCode::NotFound) => {
            view! { <EmptyState text=words(|locale| td_string!(locale, rooms.none)) /> }.into_any()
        }
        Some(Err(failure)) => view! { <FailureNotice failure /> }.into_any(),
    };
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/watch">{t!(i18n, rooms.back)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, rooms.title)) />
            <p class="muted">{t!(i18n, rooms.lead)}</p>
            {shown}
        </main>
    }
}

#[component]
fn One(exam_session_id: String, room: RoomHead, is_choosing: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let number = room.number;
    let title = move || td_string!(i18n.get_locale(), rooms.room, number = number);
    let path = format!("/watch/{exam_session_id}/rooms/{}", room.exam_room_id);
    let api = format!("/exam_sessions/{exam_session_id}/rooms/{}/invigilators", room.exam_room_id);
    let names: Vec<String> = room.invigilators.iter().map(|person| person.name.clone()).collect();
    let watched = move || match names.is_empty() {
        true => t_string!(i18n, rooms.no_invigilators).to_owned(),
        false => names.join(" · "),
    };
    let missing = missing_invigilators(room.invigilators.len());
    let chosen: BTreeSet<AccountId> = room.invigilators.iter().map(|person| person.account_id).collect();
    let may_assign = !room.available.is_empty();
    let available = room.available.clone();
    let too_few = (may_assign && missing > 0)
        .then(|| view! { <p class="muted small">{t!(i18n, rooms.missing_invigilators, missing = missing)}</p> });
    let assign = may_assign.then(|| view! { <Assign api available chosen is_choosing reload /> });
    view! {
        <Card title=Signal::derive(title)>
            <p class="muted">{room.site_name.clone()} " · " {room.name.clone()}</p>
            <RoomNumbers room />
            <p>{t!(i18n, rooms.invigilators)} ": " {watched}</p>
            {too_few}
            <div class="row"><ButtonLink href=path>{t!(i18n, rooms.open)}</ButtonLink></div>
            {assign}
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
fn Assign(
    api: String,
    available: Vec<InvigilatorView>,
    chosen: BTreeSet<AccountId>,
    is_choosing: RwSignal<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, chosen) = (Deed::new(), RwSignal::new(chosen));
    let send = move |()| {
        let (path, account_ids) = (api.clone(), chosen.get_untracked().into_iter().collect());
        let assigning =
            async move { client::post::<_, Vec<RoomHead>>(actor, &path, &AssignInvigilators { account_ids }).await };
        deed.run(assigning, move |_| {
            is_choosing.set(false);
            toasts.done(t_string!(i18n, rooms.assigned));
            reload.run(());
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
            <summary on:click=move |_| is_choosing.update(|is_choosing| *is_choosing = !*is_choosing)>
                {t!(i18n, rooms.assign)}
            </summary>
            <p class="muted small">{t!(i18n, rooms.assign_hint)}</p>
            <DeedForm deed verb=words(|locale| td_string!(locale, rooms.assign_save)) look=Look::Plain send>
                <fieldset class="stack">
                    <legend class="visually-hidden">{t!(i18n, rooms.invigilators)}</legend>
                    {available.into_iter().map(one).collect_view()}
                </fieldset>
            </DeedForm>
        </details>
    }
}
