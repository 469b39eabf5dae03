//! The rooms of an exam site, and the form to enter or change one.

use super::{
    entry_form::{Entering, EntryForm, Line},
    may,
    words::{StateTag, words},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Button, Card, Choices, Column, Field, PageHeading, Table, TextInput, Toasts, focus_on},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::ExamSiteId,
    organisation::{ExamRoomEntry, ExamRoomView, ExamSiteView, OpenState},
    rights::Right,
};

lazy_page! {
    /// The page.
    ExamRoomsPage = ExamRooms in school;
}

/// The word for a room in which candidates with extra time may sit.
const LONGER: &str = "longer";
/// The word for any other.
const USUAL: &str = "usual";

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    may_edit: bool,
    /// The room that the form is about; none for a new one.
    chosen: RwSignal<Option<ExamRoomView>>,
    is_open: RwSignal<bool>,
}

impl Around {
    /// Opens the form. What was typed into it stays, if it is about that room already.
    fn ask(self, chosen: Option<ExamRoomView>) {
        let is_asked = self.is_open.get_untracked() && self.chosen.with_untracked(|before| *before == chosen);
        if !is_asked {
            self.chosen.set(chosen);
            self.is_open.set(true);
        }
        focus_on("#room_number");
    }
}

#[component]
fn ExamRooms() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let there = format!("/exam_sites/{id}");
    let path = there.clone();
    let known: LocalResource<Outcome<(ExamSiteView, Vec<ExamRoomView>)>> = LocalResource::new(move || {
        let path = path.clone();
        async move {
            let site = client::get::<ExamSiteView>(actor, &path).await?;
            let rooms = client::get::<Vec<ExamRoomView>>(actor, &format!("{path}/rooms")).await?;
            Ok((site, rooms))
        }
    });
    let reload = Callback::new(move |()| known.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href=there>{t!(i18n, organisation.exam_site)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, organisation.exam_rooms)) />
            <AsyncView resource=known let:known>
                <Known site=known.0 rooms=known.1 reload />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(site: ExamSiteView, rooms: Vec<ExamRoomView>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let may_edit = may(actor, Right::EditExamSite, &site.division.place());
    let around = Around { may_edit, chosen: RwSignal::new(None), is_open: RwSignal::new(false) };
    let site_id = site.id;
    let form = move || {
        let before = around.chosen.get();
        around.is_open.get().then(|| view! { <Form site_id before around reload /> })
    };
    view! {
        <Card title=Signal::stored(site.name)>
            <Provider value=around><Rooms rows=rooms /></Provider>
            {may_edit.then(|| view! {
                <p class="row">
                    <Button on_press=move |()| around.ask(None)>{t!(i18n, organisation.new_exam_room)}</Button>
                </p>
            })}
        </Card>
        {form}
    }
}

#[component]
fn Rooms(rows: Vec<ExamRoomView>) -> impl IntoView {
    let around = expect_context::<Around>();
    let mut columns = vec![
        Column::number(words(|locale| td_string!(locale, organisation.room_number))),
        Column::text(words(|locale| td_string!(locale, organisation.room_name))),
        Column::text(words(|locale| td_string!(locale, organisation.seat_grid))),
        Column::number(words(|locale| td_string!(locale, organisation.capacity))),
        Column::number(words(|locale| td_string!(locale, organisation.room_devices))),
        Column::text(words(|locale| td_string!(locale, organisation.accessible_seats))),
        Column::text(words(|locale| td_string!(locale, organisation.extra_time))),
        Column::text(words(|locale| td_string!(locale, organisation.state))),
    ];
    if around.may_edit {
        columns.push(Column::text(words(|locale| td_string!(locale, people.act))));
    }
    view! {
        <Table
            caption=words(|locale| td_string!(locale, organisation.exam_rooms))
            columns
            rows=Signal::stored(rows)
            key=|room| (room.id, room.version)
            row
            empty=words(|locale| td_string!(locale, organisation.no_exam_rooms))
        />
    }
}

fn row(room: ExamRoomView) -> impl IntoView {
    let i18n = use_i18n();
    let around = expect_context::<Around>();
    let (asked, number, has_extra_time) = (room.clone(), room.number, room.has_extra_time);
    let grid = format!("{} × {}", room.rows, room.columns);
    let extra_time = move || extra_time_name(i18n.get_locale(), has_extra_time);
    view! {
        <th scope="row" class="n">{number}</th>
        <td>{room.name}</td>
        <td class="num">{grid}</td>
        <td class="n">{room.capacity}</td>
        <td class="n">{counted(room.devices)}</td>
        <td class="num">{numbers(&room.accessible_seats)}</td>
        <td>{extra_time}</td>
        <td><StateTag state=room.state /></td>
        {around.may_edit.then(|| view! {
            <td>
                <Button on_press=move |()| around.ask(Some(asked.clone()))>
                    {t!(i18n, organisation.change)}
                    <span class="visually-hidden">" " {number}</span>
                </Button>
            </td>
        })}
    }
}

/// Whether candidates with extra time may sit there.
fn extra_time_name(locale: Locale, has_extra_time: bool) -> &'static str {
    match has_extra_time {
        true => td_string!(locale, organisation.extra_time_yes),
        false => td_string!(locale, organisation.extra_time_no),
    }
}

/// What was counted as one types it; empty if nobody has.
fn counted(number: Option<u8>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// What somebody typed who may not have counted; none if it is no number.
fn typed_count(text: &str) -> Option<Option<u8>> {
    if text.trim().is_empty() { Some(None) } else { small(text).map(Some) }
}

/// Numbers of seats as one types them.
fn numbers(seats: &[u8]) -> String {
    seats.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}

/// The numbers of seats that somebody typed, with whatever between them; none if one of them is no seat's.
fn typed_numbers(text: &str) -> Option<Vec<u8>> {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().ok()).collect()
}

/// The whole number that somebody typed.
fn whole(text: &str) -> Option<u16> {
    text.trim().parse().ok()
}

/// The same where a room has no more than a hundred of it: what is larger stays too large, and the server says so.
fn small(text: &str) -> Option<u8> {
    whole(text).map(|number| u8::try_from(number).unwrap_or(u8::MAX))
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    number: RwSignal<String>,
    name: RwSignal<String>,
    rows: RwSignal<String>,
    columns: RwSignal<String>,
    capacity: RwSignal<String>,
    devices: RwSignal<String>,
    accessible_seats: RwSignal<String>,
    extra_time: RwSignal<String>,
}

impl Draft {
    fn of(before: Option<&ExamRoomView>) -> Self {
        let text = |field: fn(&ExamRoomView) -> String| RwSignal::new(before.map(field).unwrap_or_default());
        let has_extra_time = before.is_some_and(|room| room.has_extra_time);
        Self {
            number: text(|room| room.number.to_string()),
            name: text(|room| room.name.clone()),
            rows: text(|room| room.rows.to_string()),
            columns: text(|room| room.columns.to_string()),
            capacity: text(|room| room.capacity.to_string()),
            devices: text(|room| counted(room.devices)),
            accessible_seats: text(|room| numbers(&room.accessible_seats)),
            extra_time: RwSignal::new(if has_extra_time { LONGER } else { USUAL }.to_owned()),
        }
    }

    /// The entry, if it can be read; the server judges the rest.
    fn entry(self, state: OpenState) -> Option<ExamRoomEntry> {
        Some(ExamRoomEntry {
            number: whole(&self.number.get_untracked())?,
            name: Some(self.name.get_untracked()).filter(|name| !name.trim().is_empty())?,
            rows: small(&self.rows.get_untracked())?,
            columns: small(&self.columns.get_untracked())?,
            capacity: small(&self.capacity.get_untracked())?,
            devices: typed_count(&self.devices.get_untracked())?,
            accessible_seats: typed_numbers(&self.accessible_seats.get_untracked())?,
            has_extra_time: self.extra_time.get_untracked() == LONGER,
            state,
        })
    }
}

/// Enters or changes a room.
#[component]
fn Form(site_id: ExamSiteId, before: Option<ExamRoomView>, around: Around, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::of(before.as_ref());
    let entering = match &before {
        Some(room) => Entering::change(actor, format!("/exam_rooms/{}", room.id), room.version, room.state),
        None => Entering::new(actor, &format!("/exam_sites/{site_id}/rooms")),
    };
    let title = match before {
        Some(_) => words(|locale| td_string!(locale, organisation.change)),
        None => words(|locale| td_string!(locale, organisation.new_exam_room)),
    };
    let save = Callback::new(move |state: OpenState| {
        let said = t_string!(i18n, common.done);
        entering.send(draft.entry(state), move |_: ExamRoomView| {
            toasts.done(said);
            // The form goes away, and the focus must not go with it.
            focus_on("h1");
            around.is_open.set(false);
            reload.run(());
        });
    });
    let seats_said = entering.deed.field("/accessible_seats");
    let seats_error = Signal::derive(move || {
        let are_unreadable = draft.accessible_seats.with(|typed| typed_numbers(typed).is_none());
        let is_shown = entering.was_sent.get() && are_unreadable;
        if is_shown { t_string!(i18n, organisation.bad_seats).to_owned() } else { seats_said.get() }
    });
    let devices_said = entering.deed.field("/devices");
    let devices_error = Signal::derive(move || {
        let is_unreadable = draft.devices.with(|typed| typed_count(typed).is_none());
        let is_shown = entering.was_sent.get() && is_unreadable;
        if is_shown { t_string!(i18n, organisation.bad_capacity).to_owned() } else { devices_said.get() }
    });
    let extra_time = move || {
        let option = |word: &str, is: bool| (word.to_owned(), extra_time_name(i18n.get_locale(), is).to_owned());
        vec![option(USUAL, false), option(LONGER, true)]
    };
    view! {
        <h2>{move || title.get()}</h2>
        <EntryForm entering save>
            <Number
                id="room_number"
                pointer="/number"
                label=|locale| td_string!(locale, organisation.room_number)
                value=draft.number
                entering
            />
            <Line
                id="room_name"
                pointer="/name"
                label=|locale| td_string!(locale, organisation.room_name)
                value=draft.name
                entering
            />
            <Number
                id="seat_rows"
                pointer="/rows"
                label=|locale| td_string!(locale, organisation.seat_rows)
                value=draft.rows
                entering
            />
            <Number
                id="seat_columns"
                pointer="/columns"
                label=|locale| td_string!(locale, organisation.seat_columns)
                value=draft.columns
                entering
            />
            <Number
                id="room_capacity"
                pointer="/capacity"
                label=|locale| td_string!(locale, organisation.capacity)
                value=draft.capacity
                entering
            />
            <Field
                id="room_devices"
                label=words(|locale| td_string!(locale, organisation.room_devices))
                hint=words(|locale| td_string!(locale, organisation.room_devices_hint))
                error=devices_error
            >
                <TextInput value=draft.devices keyboard="numeric" />
            </Field>
            <Field
                id="accessible_seats"
                label=words(|locale| td_string!(locale, organisation.accessible_seats))
                hint=words(|locale| td_string!(locale, organisation.accessible_seats_hint))
                error=seats_error
            >
                <TextInput value=draft.accessible_seats keyboard="numeric" />
            </Field>
            <Choices
                legend=words(|locale| td_string!(locale, organisation.extra_time))
                value=draft.extra_time
                options=Signal::derive(extra_time)
                on_choose=move |chosen| draft.extra_time.set(chosen)
            />
        </EntryForm>
    }
}

/// A field for a whole number. It is wrong if the server says so, or if it cannot be read and was sent.
#[component]
fn Number(
    id: &'static str,
    pointer: &'static str,
    label: fn(Locale) -> &'static str,
    value: RwSignal<String>,
    entering: Entering,
) -> impl IntoView {
    let i18n = use_i18n();
    let said = entering.deed.field(pointer);
    let error = Signal::derive(move || {
        let is_unreadable = value.with(|typed| whole(typed).is_none());
        let is_shown = entering.was_sent.get() && is_unreadable;
        if is_shown { t_string!(i18n, organisation.bad_capacity).to_owned() } else { said.get() }
    });
    view! {
        <Field id label=words(label) error>
            <TextInput value keyboard="numeric" />
        </Field>
    }
}
