//! Gives time back to one candidate, a room, a site, or everybody.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, creation::CreationKey},
    ui::{Card, Field, Look, Select, TextArea, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    delivery::{ExamProgress, ExtensionOutcome, NewExtension},
    problem::FieldError,
};

/// To whom.
const ALL: &str = "all";
const SITE: &str = "site";
const ROOM: &str = "room";
const TICKET: &str = "ticket";

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    to: RwSignal<String>,
    which: RwSignal<String>,
    ticket: RwSignal<String>,
    minutes: RwSignal<String>,
    reason: RwSignal<String>,
    is_beyond: RwSignal<bool>,
}

impl Draft {
    fn stated(self) -> NewExtension {
        let (to, which) = (self.to.get(), self.which.get());
        NewExtension {
            ticket_number: (to == TICKET).then(|| self.ticket.get()),
            exam_room_id: which.parse().ok().filter(|_| to == ROOM),
            exam_site_id: which.parse().ok().filter(|_| to == SITE),
            minutes: self.minutes.get().trim().parse().unwrap_or_default(),
            reason: self.reason.get(),
            is_beyond: self.is_beyond.get(),
        }
    }

    fn wrong(self) -> Vec<FieldError> {
        let to = self.to.get();
        let unnamed = |is_unnamed: bool, pointer: &str| is_unnamed.then(|| FieldError::new(pointer, "required"));
        let missing = [
            unnamed(to.is_empty(), "/to"),
            unnamed((to == ROOM || to == SITE) && self.which.get().is_empty(), "/which"),
            unnamed(to == TICKET && self.ticket.get().trim().is_empty(), "/ticket_number"),
        ];
        missing.into_iter().flatten().chain(self.stated().checked().err().unwrap_or_default()).collect()
    }
}

/// The form.
#[component]
pub(super) fn Extend(
    /// The path of the exam session.
    path: String,
    /// The test, with its sites and rooms.
    progress: Signal<Option<ExamProgress>>,
    /// Happens when time was given.
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let empty = || RwSignal::new(String::new());
    let draft = Draft {
        to: empty(),
        which: empty(),
        ticket: empty(),
        minutes: empty(),
        reason: empty(),
        is_beyond: RwSignal::new(false),
    };
    let key = CreationKey::new();
    let checked = Checked::new(move || draft.wrong());
    let path = format!("{path}/extensions");
    let send = Callback::new(move |()| {
        let (path, stated) = (path.clone(), untrack(|| draft.stated()));
        let giving = key.create(move |key| async move { client::create(actor, &path, &key, &stated).await });
        checked.deed.run(giving, move |outcome: ExtensionOutcome| {
            draft.reason.set(String::new());
            draft.is_beyond.set(false);
            toasts.done(what_came(i18n.get_locale_untracked(), outcome));
            on_done.run(());
        });
    });
    let whom = move || {
        let locale = i18n.get_locale();
        let named = [
            (ALL, td_string!(locale, rooms.extend_all)),
            (SITE, td_string!(locale, rooms.extend_site)),
            (ROOM, td_string!(locale, rooms.extend_room)),
            (TICKET, td_string!(locale, rooms.extend_ticket)),
        ];
        named.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec()
    };
    let which = move || {
        let to = draft.to.get();
        progress.with(|progress| progress.as_ref().map(|progress| places(progress, &to)).unwrap_or_default())
    };
    let is = move |wanted: &'static [&'static str]| draft.to.with(|to| wanted.contains(&to.as_str()));
    view! {
        <Card title=words(|locale| td_string!(locale, rooms.extend))>
            <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, rooms.extend)) send>
                <Field id="to" label=words(|locale| td_string!(locale, rooms.extend_to)) error=checked.error("/to")>
                    <Select value=draft.to options=Signal::derive(whom) />
                </Field>
                <Show when=move || is(&[SITE, ROOM])>
                    <Field
                        id="which"
                        label=words(|locale| td_string!(locale, rooms.extend_which))
                        error=checked.error("/which")
                    >
                        <Select value=draft.which options=Signal::derive(which) />
                    </Field>
                </Show>
                <Show when=move || is(&[TICKET])>
                    <Field
                        id="ticket_number"
                        label=words(|locale| td_string!(locale, rooms.ticket))
                        error=checked.error("/ticket_number")
                    >
                        <TextInput value=draft.ticket keyboard="numeric" />
                    </Field>
                </Show>
                <Field
                    id="minutes"
                    label=words(|locale| td_string!(locale, rooms.minutes_field))
                    hint=words(|locale| td_string!(locale, rooms.extend_hint))
                    error=checked.error("/minutes")
                >
                    <TextInput value=draft.minutes keyboard="numeric" />
                </Field>
                <Field
                    id="reason"
                    label=words(|locale| td_string!(locale, rooms.reason_field))
                    error=checked.error("/reason")
                >
                    <TextArea value=draft.reason rows=2 />
                </Field>
                <label class="pick">
                    <input
                        type="checkbox"
                        prop:checked=draft.is_beyond
                        on:change:target=move |event| draft.is_beyond.set(event.target().checked())
                    />
                    <span>{t!(i18n, rooms.extend_beyond)}</span>
                </label>
            </CheckedForm>
        </Card>
    }
}

/// What came of time that was given or proposed.
pub(super) fn what_came(locale: Locale, outcome: ExtensionOutcome) -> String {
    match outcome {
        ExtensionOutcome { is_waiting: true, .. } => td_string!(locale, rooms.extension_waits).to_owned(),
        ExtensionOutcome { extended, passed_over, .. } => {
            td_string!(locale, rooms.extended, extended = extended, passed = passed_over)
        }
    }
}

/// The sites or rooms of a test, to choose one.
fn places(progress: &ExamProgress, to: &str) -> Vec<(String, String)> {
    let site = |site: &shared::delivery::SiteProgress| (site.exam_site_id.to_string(), site.name.clone());
    if to == SITE {
        return progress.sites.iter().map(site).collect();
    }
    let rooms = progress.sites.iter().flat_map(|site| &site.rooms);
    rooms
        .map(|room| (room.exam_room_id.to_string(), format!("{} {} {}", room.site_name, room.number, room.name)))
        .collect()
}
