//! The learner's own note beside the unit: saved by itself a moment after the last letter.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome, Versioned},
        reconnect,
    },
    ui::{AsyncView, Button, Card, FailureNotice, Field, Notice, TextArea, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::UnitId,
    learning::{MAX_NOTE_CHARS, NoteText, UnitNote},
    problem::ProblemCode,
};
use std::time::Duration;

/// How long the writer rests before a change is saved.
const REST: Duration = Duration::from_millis(1_500);

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
    actor: Actor,
    unit: UnitId,
    text: RwSignal<String>,
    saving: RwSignal<Saving>,
    failure: RwSignal<Option<ApiError>>,
    version: StoredValue<String>,
    /// The text of that version.
    known: StoredValue<String>,
    /// Counts the changes: a save that began before the last one leaves more to do.
    changes: StoredValue<u32>,
}

impl Draft {
    fn new(actor: Actor, unit: UnitId, note: Versioned<UnitNote>) -> Self {
        Self {
            actor,
            unit,
            known: StoredValue::new(note.value.text.clone()),
            text: RwSignal::new(note.value.text),
            saving: RwSignal::new(Saving::Saved),
            failure: RwSignal::new(None),
            version: StoredValue::new(note.version),
            changes: StoredValue::new(0),
        }
    }

    fn path(self) -> String {
        format!("/me/units/{}/note", self.unit)
    }

    /// The text has changed: it is saved once the writer rests.
    fn touch(self) {
        let is_known = self.text.with_untracked(|text| self.known.with_value(|known| known == text));
        let saving = self.saving.get_untracked();
        if is_known && saving == Saving::Saved {
            return;
        }
        self.changes.update_value(|changes| *changes += 1);
        if !matches!(saving, Saving::Conflict | Saving::Under) {
            self.saving.set(Saving::Unsaved);
            self.save_after_rest();
        }
    }

    fn save_after_rest(self) {
        let seen = self.changes.get_value();
        set_timeout(
            move || {
                if self.changes.try_get_value() == Some(seen) {
                    self.save();
                }
            },
            REST,
        );
    }

    /// What is to be sent, if anything is.
    fn unsent(self) -> Option<NoteText> {
        let is_done = matches!(self.saving.get_untracked(), Saving::Saved | Saving::Under | Saving::Conflict);
        let note = NoteText { text: self.text.get_untracked() };
        (!is_done && note.check().is_ok()).then_some(note)
    }

    /// Saves what is not saved yet.
    fn save(self) {
        let Some(note) = self.unsent() else { return };
        self.saving.set(Saving::Under);
        let (seen, version) = (self.changes.get_value(), self.version.get_value());
        spawn_local(async move {
            let saved: Outcome<UnitNote> = client::replace(self.actor, &self.path(), &version, &note).await;
            // The page may be gone by now.
            if let Some(changes) = self.changes.try_get_value() {
                self.hear(saved, changes == seen);
            }
        });
    }

    /// The same while the page goes away: nobody is there any more who could be told what has become of it.
    fn save_and_go(self) {
        let Some(note) = self.unsent() else { return };
        let (actor, path, version) = (self.actor, self.path(), self.version.get_value());
        spawn_local(async move {
            let saved: Outcome<UnitNote> = client::replace(actor, &path, &version, &note).await;
            drop(saved);
        });
    }

    /// Takes the server's word; `is_all` unless the text has changed meanwhile.
    fn hear(self, saved: Outcome<UnitNote>, is_all: bool) {
        self.failure.set(None);
        match saved {
            Ok(saved) => {
                self.version.set_value(format!("\"{}\"", saved.version));
                self.known.set_value(saved.text);
                self.saving.set(if is_all { Saving::Saved } else { Saving::Unsaved });
                if !is_all {
                    self.save_after_rest();
                }
            }
            Err(ApiError::Network) => self.saving.set(Saving::Waiting),
            Err(error) if error.code() == Some(ProblemCode::Stale) => self.saving.set(Saving::Conflict),
            Err(error) => {
                self.failure.set(Some(error));
                self.saving.set(Saving::Refused);
            }
        }
    }

    /// Ends a conflict: by the text of the other device, or by saving ours over it.
    fn settle(self, takes_theirs: bool) {
        spawn_local(async move {
            let newest: Outcome<Versioned<UnitNote>> = client::get_versioned(self.actor, &self.path()).await;
            if self.changes.try_get_value().is_none() {
                return;
            }
            match newest {
                Ok(newest) => {
                    self.version.set_value(newest.version);
                    self.known.set_value(newest.value.text.clone());
                    if takes_theirs {
                        self.saving.set(Saving::Saved);
                        self.text.set(newest.value.text);
                    } else {
                        self.saving.set(Saving::Unsaved);
                        self.save();
                    }
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }
}

/// The card with the note.
#[component]
pub(super) fn OwnNote(
    /// The unit.
    unit: UnitId,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let note = LocalResource::new(move || async move {
        client::get_versioned::<UnitNote>(actor, &format!("/me/units/{unit}/note")).await
    });
    view! {
        <Card title=words(|locale| td_string!(locale, learning.own_note))>
            <AsyncView resource=note let:note>
                <Editor unit note />
            </AsyncView>
        </Card>
    }
}

#[component]
fn Editor(unit: UnitId, note: Versioned<UnitNote>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::new(expect_context::<Actor>(), unit, note);
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
        if draft.saving.get_untracked() != Saving::Saved {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        warning.remove();
        draft.save_and_go();
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
        Saving::Waiting => t_string!(i18n, learning.note_waiting).to_owned(),
        Saving::Conflict => t_string!(i18n, learning.note_conflict).to_owned(),
        Saving::Refused => t_string!(i18n, learning.note_refused).to_owned(),
    };
    let has_conflict = move || draft.saving.get() == Saving::Conflict;
    view! {
        <p class="muted small" role="status">{words}</p>
        <Show when=has_conflict>
            <Notice tone=Tone::Wait>
                <div class="row">
                    <Button on_press=move |()| draft.settle(true)>{t!(i18n, learning.note_take_theirs)}</Button>
                    <Button on_press=move |()| draft.settle(false)>{t!(i18n, learning.note_keep_mine)}</Button>
                </div>
            </Notice>
        </Show>
        {move || draft.failure.get().map(|failure| view! { <FailureNotice failure /> })}
    }
}
