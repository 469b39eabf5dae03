//! The rooms of a teaching point, and the ways to enter one that is missing and to put one right.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        creation::CreationKey,
        deed::Deed,
    },
    ui::{Button, DeedFailure, Field, Select, TextInput, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use shared::{
    ids::TeachingPointId,
    organisation::OpenState,
    teaching::{ReplaceRoom, RoomEntry, RoomView},
};

/// Seats that a room usually has.
const USUAL_SEATS: &str = "40";

/// Chooses a room; nothing chosen is a lesson online.
#[component]
pub(in crate::pages::teaching) fn RoomField(
    /// Where the rooms are.
    point: Option<TeachingPointId>,
    /// Id of the chosen one.
    value: RwSignal<String>,
    /// What is wrong; empty if nothing is.
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    point.map(|point| {
        let rooms: LocalResource<Outcome<Vec<RoomView>>> = LocalResource::new(move || async move {
            client::get(actor, &format!("/rooms?teaching_point_id={point}")).await
        });
        let known = Memo::new(move |_| rooms.get().and_then(Result::ok).unwrap_or_default());
        let options = Signal::derive(move || {
            let option = |room: RoomView| (room.id.to_string(), room_name(i18n.get_locale(), &room));
            known.get().into_iter().map(option).collect::<Vec<_>>()
        });
        let chosen =
            Memo::new(move |_| known.get().into_iter().find(|room| value.with(|id| *id == room.id.to_string())));
        let changed = Callback::new(move |()| rooms.refetch());
        let entered = Callback::new(move |room: RoomView| {
            rooms.refetch();
            value.set(room.id.to_string());
        });
        view! {
            <Field
                id="room"
                label=words(|locale| td_string!(locale, classes.room))
                hint=words(|locale| td_string!(locale, classes.room_hint))
                error
            >
                <Select value options />
            </Field>
            {move || chosen.get().map(|room| view! { <ChangeRoom room changed /> })}
            <NewRoom point entered />
        }
    })
}

/// What a room is called, and that it is closed.
fn room_name(locale: Locale, room: &RoomView) -> String {
    match room.state {
        OpenState::Open => room.name.clone(),
        OpenState::Closed => td_string!(locale, classes.room_closed, name = room.name.clone()),
    }
}

/// Gives the chosen room its right name and seats, closes it, or opens it again.
#[component]
fn ChangeRoom(room: RoomView, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, toasts) = (expect_context::<Actor>(), Deed::new(), expect_context::<Toasts>());
    let (name, seats) = (RwSignal::new(room.name.clone()), RwSignal::new(room.seats.to_string()));
    let state = room.state;
    let send = Callback::new(move |state: OpenState| {
        let seats = seats.get_untracked().trim().parse().unwrap_or_default();
        let change = ReplaceRoom { name: name.get_untracked(), seats, state };
        let (path, version) = (format!("/rooms/{}", room.id), format!("\"{}\"", room.version));
        let changing = async move { client::replace(actor, &path, &version, &change).await };
        deed.run(changing, move |_: RoomView| {
            toasts.done(t_string!(i18n, common.done));
            changed.run(());
        });
    });
    let other = match state {
        OpenState::Open => OpenState::Closed,
        OpenState::Closed => OpenState::Open,
    };
    let other_name = move || match other {
        OpenState::Open => t_string!(i18n, classes.open_room),
        OpenState::Closed => t_string!(i18n, classes.close_room),
    };
    view! {
        <details class="more stack">
            <summary>{t!(i18n, classes.change_room)}</summary>
            <Field
                id="changed_room_name"
                label=words(|locale| td_string!(locale, classes.room_name))
                error=deed.field("/name")
            >
                <TextInput value=name />
            </Field>
            <Field
                id="changed_room_seats"
                label=words(|locale| td_string!(locale, classes.seats))
                error=deed.field("/seats")
            >
                <TextInput value=seats keyboard="numeric" />
            </Field>
            <DeedFailure deed />
            <div class="row">
                <Button is_busy=deed.is_busy() on_press=move |()| send.run(state)>{t!(i18n, classes.save_room)}</Button>
                <Button is_busy=deed.is_busy() on_press=move |()| send.run(other)>{other_name}</Button>
            </div>
        </details>
    }
}

/// Enters a room.
#[component]
fn NewRoom(point: TeachingPointId, entered: Callback<RoomView>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let (name, seats) = (RwSignal::new(String::new()), RwSignal::new(USUAL_SEATS.to_owned()));
    let (was_sent, key) = (RwSignal::new(false), CreationKey::new());
    let said = deed.field("/name");
    let name_error = Signal::derive(move || {
        let is_missing = was_sent.get() && name.with(|name| name.trim().is_empty());
        if is_missing { t_string!(i18n, common.required).to_owned() } else { said.get() }
    });
    let add = move |()| {
        was_sent.set(true);
        let room = name.get_untracked().trim().to_owned();
        if room.is_empty() {
            return focus_first_wrong();
        }
        let seats = seats.get_untracked().trim().parse().unwrap_or_default();
        let entry = RoomEntry { teaching_point_id: point, name: room, seats };
        let entering = key.create(move |key| async move { client::create(actor, "/rooms", &key, &entry).await });
        deed.run(entering, move |room: RoomView| {
            name.set(String::new());
            was_sent.set(false);
            entered.run(room);
        });
    };
    view! {
        <details class="more stack">
            <summary>{t!(i18n, classes.add_room)}</summary>
            <Field id="room_name" label=words(|locale| td_string!(locale, classes.room_name)) error=name_error>
                <TextInput value=name />
            </Field>
            <Field id="room_seats" label=words(|locale| td_string!(locale, classes.seats)) error=deed.field("/seats")>
                <TextInput value=seats keyboard="numeric" />
            </Field>
            <DeedFailure deed />
            <Button is_busy=deed.is_busy() on_press=add>{t!(i18n, classes.add_room)}</Button>
        </details>
    }
}
