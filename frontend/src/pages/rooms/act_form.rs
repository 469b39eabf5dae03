//! Does something at one seat, or for the whole room.

use super::words::act_name;
use crate::{
    i18n::{t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, creation::CreationKey},
    ui::{Field, Look, Select, TextArea, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    delivery::{NewRoomAct, RoomActKind, WatchedRoom},
    problem::FieldError,
};

/// The names of a form's fields on its page.
#[derive(Clone, Copy)]
pub(super) struct FieldIds {
    kind: &'static str,
    text: &'static str,
    minutes: &'static str,
    seat: &'static str,
}

impl FieldIds {
    /// Finds where the form begins.
    pub(super) fn first(self) -> String {
        format!("#{}", self.kind)
    }
}

/// Of the form of a seat,
pub(super) const OF_SEAT: FieldIds =
    FieldIds { kind: "seat_kind", text: "seat_text", minutes: "seat_minutes", seat: "seat_number" };
/// and of the room's.
pub(super) const OF_ROOM: FieldIds =
    FieldIds { kind: "room_kind", text: "room_text", minutes: "room_minutes", seat: "room_seat" };

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<String>,
    text: RwSignal<String>,
    minutes: RwSignal<String>,
    seat: RwSignal<String>,
    ticket: StoredValue<Option<String>>,
}

impl Draft {
    fn kind(self) -> Option<RoomActKind> {
        RoomActKind::parse(&self.kind.get())
    }

    fn stated_as(self, kind: RoomActKind) -> NewRoomAct {
        NewRoomAct {
            kind,
            ticket_number: self.ticket.get_value(),
            text: Some(self.text.get()).filter(|text| !text.trim().is_empty()),
            minutes: self.minutes.get().trim().parse().ok(),
            seat: self.seat.get().trim().parse().ok(),
            document_matches: None,
            photo_matches: None,
        }
    }

    fn wrong(self) -> Vec<FieldError> {
        match self.kind() {
            None => vec![FieldError::new("/kind", "required")],
            Some(kind) => self.stated_as(kind).checked().err().unwrap_or_default(),
        }
    }

    fn clear(self) {
        for field in [self.kind, self.text, self.minutes, self.seat] {
            field.set(String::new());
        }
    }
}

/// The form.
#[component]
pub(super) fn ActForm(
    /// The path of the room.
    path: String,
    /// Whose seat it is; none for the whole room.
    ticket: Option<String>,
    /// What can be done.
    kinds: Signal<Vec<RoomActKind>>,
    /// The names of its fields.
    ids: FieldIds,
    /// Happens when it is done, with the room as it is then.
    on_done: Callback<WatchedRoom>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let empty = || RwSignal::new(String::new());
    let ticket = StoredValue::new(ticket);
    let draft = Draft { kind: empty(), text: empty(), minutes: empty(), seat: empty(), ticket };
    let key = CreationKey::new();
    let checked = Checked::new(move || draft.wrong());
    let options = move || {
        let locale = i18n.get_locale();
        let option = |kind: &RoomActKind| (kind.as_str().to_owned(), act_name(locale, *kind).to_owned());
        kinds.with(|kinds| kinds.iter().map(option).collect::<Vec<_>>())
    };
    let path = format!("{path}/acts");
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| Some(draft.stated_as(draft.kind()?))) else { return };
        let path = path.clone();
        let acting = key.create(move |key| async move { client::create(actor, &path, &key, &stated).await });
        checked.deed.run(acting, move |room: WatchedRoom| {
            draft.clear();
            toasts.done(t_string!(i18n, rooms.done));
            on_done.run(room);
        });
    });
    let gives_time = Memo::new(move |_| draft.kind() == Some(RoomActKind::ReturnTime));
    let changes_seat = Memo::new(move |_| draft.kind() == Some(RoomActKind::ChangeSeat));
    view! {
        <CheckedForm
            checked
            look=Look::Plain
            verb=Signal::derive(move || match draft.kind() {
                Some(kind) => act_name(i18n.get_locale(), kind).to_owned(),
                None => t_string!(i18n, rooms.act).to_owned(),
            })
            send
        >
            <Field id=ids.kind label=words(|locale| td_string!(locale, rooms.act)) error=checked.error("/kind")>
                <Select value=draft.kind options=Signal::derive(options) />
            </Field>
            <p class="muted small" role="status">{move || explained(draft.kind()?, i18n.get_locale())}</p>
            <Show when=move || gives_time.get()>
                <Field
                    id=ids.minutes
                    label=words(|locale| td_string!(locale, rooms.minutes_field))
                    hint=words(|locale| td_string!(locale, rooms.minutes_hint))
                    error=checked.error("/minutes")
                >
                    <TextInput value=draft.minutes keyboard="numeric" />
                </Field>
            </Show>
            <Show when=move || changes_seat.get()>
                <Field
                    id=ids.seat
                    label=words(|locale| td_string!(locale, rooms.seat_field))
                    error=checked.error("/seat")
                >
                    <TextInput value=draft.seat keyboard="numeric" />
                </Field>
            </Show>
            <Field id=ids.text label=words(|locale| td_string!(locale, rooms.reason)) error=checked.error("/text")>
                <TextArea value=draft.text rows=2 />
            </Field>
        </CheckedForm>
    }
}

/// What an act does, where that is not plain.
fn explained(kind: RoomActKind, locale: crate::i18n::Locale) -> Option<&'static str> {
    match kind {
        RoomActKind::Pause | RoomActKind::Resume => Some(td_string!(locale, rooms.paused_text)),
        RoomActKind::ProposeSubmit | RoomActKind::ForceSubmit => Some(td_string!(locale, rooms.force_text)),
        RoomActKind::HandOutPaper => Some(td_string!(locale, rooms.paper_text)),
        RoomActKind::ChangeSeat => Some(td_string!(locale, rooms.change_seat_text)),
        RoomActKind::ConsentTakeOver => Some(td_string!(locale, rooms.consent_text)),
        RoomActKind::WaiveSafeBrowser => Some(td_string!(locale, rooms.waive_text)),
        RoomActKind::AdmitLate => Some(td_string!(locale, rooms.admit_late_text)),
        _ => None,
    }
}
