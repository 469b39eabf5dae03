//! Lets a candidate in: by the code on the ticket, or its number; with what document and photo showed.

use super::{line::RoomLine, scan::Scan, ticket_check::TicketCheck};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, creation::CreationKey, deed::Deed, file::Shown},
    ui::{Button, Card, DeedFailure, Field, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    delivery::{NewRoomAct, RoomActKind, ShowPortrait, WatchedRoom},
    sittings::is_ticket_number,
};

/// What was found.
#[derive(Clone, Copy)]
struct Draft {
    ticket: RwSignal<String>,
    document: RwSignal<bool>,
    photo: RwSignal<bool>,
    note: RwSignal<String>,
}

impl Draft {
    fn stated(self) -> NewRoomAct {
        NewRoomAct {
            kind: RoomActKind::Admit,
            ticket_number: Some(self.ticket.get()),
            text: Some(self.note.get()).filter(|note| !note.trim().is_empty()),
            minutes: None,
            seat: None,
            document_matches: Some(self.document.get()),
            photo_matches: Some(self.photo.get()),
        }
    }
}

/// The form.
#[component]
pub(super) fn Admit(
    /// The path of the room.
    path: String,
    /// The room.
    line: RoomLine,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (ticket, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let draft = Draft { ticket, document: RwSignal::new(true), photo: RwSignal::new(true), note };
    let key = CreationKey::new();
    let checked = Checked::new(move || draft.stated().checked().err().unwrap_or_default());
    let needs_note = Memo::new(move |_| draft.stated().needs_text());
    let named = move || {
        let ticket = draft.ticket.get();
        line.room.with(|room| {
            let seat = room.as_ref()?.seats.iter().find(|seat| seat.ticket_number == ticket.trim())?;
            Some((seat.candidate_name.clone(), seat.seat))
        })
    };
    let found = move || {
        let (name, seat) = named()?;
        Some(format!("{name} · {}", td_string!(i18n.get_locale(), rooms.seat_number, number = seat)))
    };
    let portrait = format!("{path}/portrait");
    let send = Callback::new(move |()| {
        let (stated, name) = untrack(|| (draft.stated(), named().map(|(name, _)| name).unwrap_or_default()));
        let path = format!("{path}/acts");
        let admitting = key.create(move |key| async move { client::create(actor, &path, &key, &stated).await });
        checked.deed.run(admitting, move |room: WatchedRoom| {
            draft.ticket.set(String::new());
            draft.note.set(String::new());
            draft.document.set(true);
            draft.photo.set(true);
            line.room.set(Some(room));
            toasts.done(td_string!(i18n.get_locale_untracked(), rooms.admitted_done, name = name));
        });
    });
    view! {
        <Card title=words(|locale| td_string!(locale, rooms.admit_title))>
            <Scan on_found=move |said: String| draft.ticket.set(said) />
            <CheckedForm checked verb=words(|locale| td_string!(locale, rooms.admit)) send>
                <Field
                    id="ticket_number"
                    label=words(|locale| td_string!(locale, rooms.ticket))
                    hint=words(|locale| td_string!(locale, rooms.admit_hint))
                    error=checked.error("/ticket_number")
                >
                    <TextInput value=draft.ticket keyboard="numeric" />
                </Field>
                <TicketCheck ticket=draft.ticket line />
                <p role="status"><b>{found}</b></p>
                <Portrait path=portrait ticket=draft.ticket />
                <div class="row">
                    <Found is_right=draft.document><span>{t!(i18n, rooms.document_matches)}</span></Found>
                    <Found is_right=draft.photo><span>{t!(i18n, rooms.photo_matches)}</span></Found>
                </div>
                <Show when=move || needs_note.get()>
                    <Field
                        id="admit_note"
                        label=words(|locale| td_string!(locale, rooms.admit_note))
                        error=checked.error("/text")
                    >
                        <TextInput value=draft.note />
                    </Field>
                </Show>
            </CheckedForm>
        </Card>
    }
}

/// Whether something was found right.
#[component]
fn Found(is_right: RwSignal<bool>, children: Children) -> impl IntoView {
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=is_right
                on:change:target=move |event| is_right.set(event.target().checked())
            />
            {children()}
        </label>
    }
}

/// The portrait of who comes, once it is asked for: each look is noted.
#[component]
fn Portrait(path: String, ticket: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let shown = RwSignal::new(None::<(String, Shown)>);
    let look = move |()| {
        let (path, ticket_number) = (path.clone(), ticket.get_untracked());
        let wanted = ShowPortrait { ticket_number: ticket_number.clone() };
        let looking = async move { client::post_for_bytes(actor, &path, &wanted).await };
        deed.run(looking, move |bytes: Vec<u8>| {
            shown.set(Some((ticket_number, Shown::new(&bytes, "image/jpeg"))));
        });
    };
    // It is of the one whose number stands there, and of nobody else.
    let photo = move || {
        let (of, photo) = shown.get()?;
        let is_theirs = ticket.with(|ticket| *ticket == of);
        is_theirs.then(|| {
            view! {
                <img class="portrait" src=photo.address() alt=move || t_string!(i18n, rooms.portrait) />
            }
        })
    };
    view! {
        <Show when=move || ticket.with(|ticket| is_ticket_number(ticket.trim()))>
            <div class="row">
                <Button is_busy=deed.is_busy() on_press=look.clone()>{t!(i18n, rooms.portrait_show)}</Button>
            </div>
            <DeedFailure deed />
            {photo}
        </Show>
    }
}
