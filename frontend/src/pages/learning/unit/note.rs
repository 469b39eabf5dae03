//! The learner's own note beside the unit: saved by itself a moment after the last letter. Without a network the phone
//! keeps it until the server has it.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        learning::offline::{HandedOver, KeptNote, NoteSent, NoteSheet, OpenedNote, Outbox, note_lock, open_note},
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{ApiError, Outcome},
        reconnect,
        tab_lock::{self, TabLock},
        timing::within,
    },
    ui::{AsyncView, Button, Card, FailureNotice, Field, Notice, TextArea, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::UnitId,
    learning::{KeptNoteFate, MAX_NOTE_CHARS, NoteText, UnitNote, both_notes},
};
use std::time::Duration;

/// How long the writer rests before a change is saved.
const REST: Duration = Duration::from_millis(1_500);
/// Another page that sends the note is ready by then; one in which it is written is not.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the note stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saving {
    /// The server has it.
    Saved,
    /// Changed since.
    Unsaved,
    /// On its way.
    Under,
    /// Another device has saved; ours stays on the page.
    Conflict,
    /// The server was not reached; it is asked again.
    Waiting,
    /// The server refused it.
    Refused,
}

/// The note of one opened unit.
#[derive(Clone, Copy)]
struct Draft {
    outbox: Outbox,
    unit: UnitId,
    /// The title of the unit.
    title: StoredValue<String>,
    text: RwSignal<String>,
    saving: RwSignal<Saving>,
    failure: RwSignal<Option<ApiError>>,
    /// What another device wrote, while there is a conflict.
    theirs: RwSignal<String>,
    /// Whether the phone has what the server does not have.
    is_kept: RwSignal<bool>,
    /// The `ETag` of what the server said last; absent until it was asked.
    version: StoredValue<Option<String>>,
    /// The text of that version.
    known: StoredValue<String>,
    /// Counts the changes: a save that began before the last one leaves more to do.
    changes: StoredValue<u32>,
}

impl Draft {
    fn new(outbox: Outbox, unit: UnitId, title: String, note: OpenedNote) -> Self {
        let OpenedNote { text, known, newest, version, fate } = note;
        let is_known = version.is_some();
        let saving = match fate {
            KeptNoteFate::There => Saving::Saved,
            KeptNoteFate::Send if is_known => Saving::Unsaved,
            KeptNoteFate::Send => Saving::Waiting,
            KeptNoteFate::Conflict => Saving::Conflict,
        };
        Self {
            outbox,
            unit,
            title: StoredValue::new(title),
            text: RwSignal::new(text),
            saving: RwSignal::new(saving),
            failure: RwSignal::new(None),
            theirs: RwSignal::new(newest),
            is_kept: RwSignal::new(fate != KeptNoteFate::There),
            version: StoredValue::new(version),
            known: StoredValue::new(known),
            changes: StoredValue::new(0),
        }
    }

    /// The text has changed: it is saved once the writer rests, or only kept while they have to decide.
    fn touch(self) {
        let is_known = self.text.with_untracked(|text| self.known.with_value(|known| known == text));
        let saving = self.saving.get_untracked();
        if is_known && saving == Saving::Saved {
            return;
        }
        self.changes.update_value(|changes| *changes += 1);
        match saving {
            Saving::Under => {}
            Saving::Conflict => self.after_rest(Self::keep),
            _ => {
                self.saving.set(Saving::Unsaved);
                self.after_rest(Self::save);
            }
        }
    }

    fn after_rest(self, then: fn(Self)) {
        let seen = self.changes.get_value();
        set_timeout(
            move || {
                if self.changes.try_get_value() == Some(seen) {
                    then(self);
                }
            },
            REST,
        );
    }

    /// What stands there, as the phone keeps it; nothing if it is no note.
    fn written(self) -> Option<KeptNote> {
        let note = NoteText { text: self.text.get_untracked() };
        note.check().ok()?;
        let has_conflict = self.saving.get_untracked() == Saving::Conflict;
        Some(KeptNote {
            unit_id: self.unit,
            title: self.title.get_value(),
            base: self.known.get_value(),
            text: note.text,
            theirs: has_conflict.then(|| self.theirs.get_untracked()),
            refusal: String::new(),
        })
    }

    /// What is to be sent, if anything is.
    fn unsent(self) -> Option<NoteSheet> {
        let is_done = matches!(self.saving.get_untracked(), Saving::Saved | Saving::Under | Saving::Conflict);
        if is_done {
            return None;
        }
        Some(NoteSheet { outbox: self.outbox, version: self.version.get_value(), note: self.written()? })
    }

    /// Saves what is not saved yet.
    fn save(self) {
        let Some(sheet) = self.unsent() else { return };
        self.saving.set(Saving::Under);
        let seen = self.changes.get_value();
        spawn_local(async move {
            let HandedOver { is_kept, sent } = sheet.hand_over().await;
            // The page may be gone by now.
            if let Some(changes) = self.changes.try_get_value() {
                self.is_kept.set(is_kept);
                self.hear(sent, changes == seen);
            }
        });
    }

    /// Keeps what stands there until somebody decides what is sent.
    fn keep(self) {
        let Some(note) = self.written() else { return };
        spawn_local(async move {
            let is_kept = self.outbox.keep_note(&note).await;
            self.is_kept.try_set(is_kept);
        });
    }

    /// The page goes away: what is not saved yet is kept and sent, and nobody is there any more who could be told what
    /// has become of it.
    fn leave(self) {
        match self.saving.get_untracked() {
            Saving::Saved => {}
            // What is under way may be older; what is kept is sent by the next page of study.
            Saving::Under | Saving::Conflict => self.keep(),
            _ => {
                if let Some(sheet) = self.unsent() {
                    spawn_local(async move { drop(sheet.hand_over().await) });
                }
            }
        }
    }

    /// Takes the server's word; `is_all` unless the text has changed meanwhile.
    fn hear(self, sent: Outcome<NoteSent>, is_all: bool) {
        self.failure.set(None);
        match sent {
            Ok(NoteSent::Saved(saved)) => {
                self.know(&saved);
                self.saving.set(Saving::Saved);
            }
            Ok(NoteSent::Conflict(theirs)) => {
                self.version.set_value(Some(tag(&theirs)));
                self.theirs.set(theirs.text);
                self.saving.set(Saving::Conflict);
                if !is_all {
                    self.after_rest(Self::keep);
                }
                return;
            }
            Err(ApiError::Network) => self.saving.set(Saving::Waiting),
            Err(error) => {
                self.failure.set(Some(error));
                self.saving.set(Saving::Refused);
            }
        }
        if !is_all {
            self.saving.set(Saving::Unsaved);
            self.after_rest(Self::save);
        }
    }

    fn know(self, note: &UnitNote) {
        self.version.set_value(Some(tag(note)));
        self.known.set_value(note.text.clone());
    }

    /// Ends a conflict by the text of the other device.
    fn take_theirs(self) {
        let theirs = self.theirs.get_untracked();
        self.known.set_value(theirs.clone());
        self.is_kept.set(false);
        self.saving.set(Saving::Saved);
        self.outbox.give_note_up(self.unit, theirs.clone());
        self.text.set(theirs);
    }

    /// Ends a conflict by saving ours over it.
    fn keep_mine(self) {
        self.known.set_value(self.theirs.get_untracked());
        self.saving.set(Saving::Unsaved);
        self.save();
    }

    /// Ends a conflict by saving both as one text.
    fn keep_both(self, both: String) {
        self.text.set(both);
        self.keep_mine();
    }

    /// Both texts as one, if that is a note.
    fn both(self) -> Option<String> {
        self.theirs.with(|theirs| self.text.with(|ours| both_notes(theirs, ours)))
    }

    /// Whether leaving the page would lose something.
    fn is_in_danger(self) -> bool {
        match self.saving.get_untracked() {
            Saving::Saved => false,
            Saving::Waiting => !self.is_kept.get_untracked(),
            _ => true,
        }
    }
}

/// The `ETag` of a note.
fn tag(note: &UnitNote) -> String {
    format!("\"{}\"", note.version)
}

/// The card with the note.
#[component]
pub(super) fn OwnNote(
    /// The unit.
    unit: UnitId,
    /// Its title.
    title: String,
    /// Where goes what cannot be sent.
    outbox: Outbox,
    /// Whether there is no network.
    is_from_phone: bool,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    // While it is held no other page sends the note.
    let lock = StoredValue::new_local(None::<TabLock>);
    let note: LocalResource<Outcome<OpenedNote>> = LocalResource::new(move || async move {
        if lock.try_with_value(Option::is_none) == Some(true) {
            let taken = within(PATIENCE, tab_lock::take(&note_lock(unit))).await.flatten();
            lock.try_set_value(taken);
        }
        open_note(actor, unit, is_from_phone).await
    });
    view! {
        <Card title=words(|locale| td_string!(locale, learning.own_note))>
            <AsyncView resource=note let:note>
                <Editor unit title=title.clone() outbox note />
            </AsyncView>
        </Card>
    }
}

#[component]
fn Editor(unit: UnitId, title: String, outbox: Outbox, note: OpenedNote) -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::new(outbox, unit, title, note);
    // What was kept here and never sent goes first.
    if draft.saving.get_untracked() == Saving::Unsaved {
        draft.save();
    }
    Effect::watch(move || draft.text.track(), move |_, _, _| draft.touch(), false);
    reconnect::ask_again(
        move || draft.saving.try_get_untracked() == Some(Saving::Waiting),
        move || {
            if draft.saving.try_get_untracked() == Some(Saving::Waiting) {
                draft.save();
            }
        },
    );
    let warning = window_event_listener(leptos::ev::beforeunload, move |event| {
        if draft.is_in_danger() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        warning.remove();
        draft.leave();
    });
    let hint = Signal::derive(move || t_string!(i18n, learning.note_hint, max = MAX_NOTE_CHARS));
    let error = Signal::derive(move || match (NoteText { text: draft.text.get() }).check() {
        Ok(()) => String::new(),
        Err(_) => t_string!(i18n, learning.note_too_long, max = MAX_NOTE_CHARS),
    });
    view! {
        <Field id="own_note" label=words(|locale| td_string!(locale, learning.note_label)) hint error>
            <TextArea value=draft.text on_leave=move |()| draft.save() />
        </Field>
        <SavingLine draft />
    }
}

/// Where the note stands, and what to do when it cannot be saved.
#[component]
fn SavingLine(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match draft.saving.get() {
        Saving::Saved if draft.text.with(String::is_empty) => String::new(),
        Saving::Saved => t_string!(i18n, learning.note_saved).to_owned(),
        Saving::Unsaved => t_string!(i18n, learning.note_unsaved).to_owned(),
        Saving::Under => t_string!(i18n, learning.note_saving).to_owned(),
        Saving::Waiting if draft.is_kept.get() => t_string!(i18n, learning.note_kept).to_owned(),
        Saving::Waiting => t_string!(i18n, learning.note_waiting).to_owned(),
        Saving::Conflict => t_string!(i18n, learning.note_conflict).to_owned(),
        Saving::Refused => t_string!(i18n, learning.note_refused).to_owned(),
    };
    let has_conflict = move || draft.saving.get() == Saving::Conflict;
    view! {
        <p class="muted small" role="status">{words}</p>
        <Show when=has_conflict>
            <Decide draft />
        </Show>
        {move || draft.failure.get().map(|failure| view! { <FailureNotice failure /> })}
    }
}

/// Shows what the other device wrote, and lets the learner choose.
#[component]
fn Decide(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let theirs = move || match draft.theirs.with(|theirs| theirs.trim().is_empty()) {
        true => t_string!(i18n, learning.note_theirs_empty).to_owned(),
        false => draft.theirs.get(),
    };
    let both = move || {
        draft.both().map(|both| {
            let keep = move |()| draft.keep_both(both.clone());
            view! { <Button on_press=keep>{t!(i18n, learning.note_keep_both)}</Button> }
        })
    };
    view! {
        <Notice tone=Tone::Wait>
            <p><b>{t!(i18n, learning.note_theirs)}</b></p>
            <p class="own-words">{theirs}</p>
            <div class="row">
                <Button on_press=move |()| draft.take_theirs()>{t!(i18n, learning.note_take_theirs)}</Button>
                <Button on_press=move |()| draft.keep_mine()>{t!(i18n, learning.note_keep_mine)}</Button>
                {both}
            </div>
        </Notice>
    }
}
