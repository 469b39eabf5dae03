//! The rooms of a teaching point, and the way to enter one that is missing.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        creation::CreationKey,
        deed::Deed,
    },
    ui::{Button, DeedFailure, Field, Select, TextInput, focus_first_wrong},
};
use leptos::prelude::*;
use shared::{
    ids::TeachingPointId,
    teaching::{RoomEntry, RoomView},
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
    let actor = expect_context::<Actor>();
    point.map(|point| {
        let rooms: LocalResource<Outcome<Vec<RoomView>>> = LocalResource::new(move || async move {
            client::get(actor, &format!("/rooms?teaching_point_id={point}")).await
        });
        let options = Signal::derive(move || {
            let rooms = rooms.get().and_then(Result::ok).unwrap_or_default();
            rooms.into_iter().map(|room| (room.id.to_string(), room.name)).collect::<Vec<_>>()
        });
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
            <NewRoom point entered />
        }
    })
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
