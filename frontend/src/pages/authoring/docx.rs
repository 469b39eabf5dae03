//! A document of a word processor becomes units of the draft: chosen, looked at, taken.

mod preview;
mod remarks;

use super::{draft::Draft, saving::Saving};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
        file,
    },
    ui::{Button, Choices, DeedFailure, Dialog, Field, Look, Toasts, focus_on},
};
use js_sys::encode_uri_component;
use leptos::{html, prelude::*};
use preview::Preview;
use shared::learning::{CourseDraft, DocxPreview, DocxSplit, MAX_DOCX_BYTES};
use web_sys::File;

/// Why a file is not sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// None was chosen.
    Missing,
    /// It is larger than any document.
    TooLarge,
}

/// What was chosen, and what the server said of it.
#[derive(Clone, Copy)]
struct Import {
    actor: Actor,
    draft: Draft,
    is_open: RwSignal<bool>,
    input: NodeRef<html::Input>,
    split: RwSignal<String>,
    wrong: RwSignal<Option<Wrong>>,
    preview: RwSignal<Option<DocxPreview>>,
    key: StoredValue<String>,
    looking: Deed,
    taking: Deed,
}

impl Import {
    fn new(draft: Draft) -> Self {
        Self {
            actor: expect_context::<Actor>(),
            draft,
            is_open: RwSignal::new(false),
            input: NodeRef::new(),
            split: RwSignal::new(DocxSplit::Modules.as_str().to_owned()),
            wrong: RwSignal::new(None),
            preview: RwSignal::new(None),
            key: StoredValue::new(idempotency_key()),
            looking: Deed::new(),
            taking: Deed::new(),
        }
    }

    /// Something else is chosen: what was seen holds no more.
    fn begin_anew(self) {
        self.wrong.set(None);
        self.preview.set(None);
        self.looking.forget_failure();
        self.taking.forget_failure();
    }

    fn chosen(self) -> Option<File> {
        self.input.get_untracked().and_then(|input| file::chosen(&input))
    }

    /// The file, if it can be sent; else says why not.
    fn file(self) -> Option<File> {
        let chosen = self.chosen();
        let wrong = match &chosen {
            None => Some(Wrong::Missing),
            Some(chosen) if chosen.size() > MAX_DOCX_BYTES as f64 => Some(Wrong::TooLarge),
            Some(_) => None,
        };
        self.wrong.set(wrong);
        if wrong.is_some() {
            focus_on("#docx_file");
        }
        chosen.filter(|_| wrong.is_none())
    }

    fn path(self, what: &str, file: &File) -> String {
        let name = String::from(encode_uri_component(&file.name()));
        format!("/courses/{}/{what}?split={}&file_name={name}", self.draft.id(), self.split.get_untracked())
    }

    fn look(self) {
        self.begin_anew();
        let Some(file) = self.file() else { return };
        let path = self.path("docx_previews", &file);
        let asked = path.clone();
        let looking = async move { client::post_file(self.actor, &path, file).await };
        self.looking.run(looking, move |found: DocxPreview| {
            // Meanwhile something else may have been chosen.
            if self.chosen().is_some_and(|file| self.path("docx_previews", &file) == asked) {
                self.key.set_value(idempotency_key());
                self.preview.set(Some(found));
            }
        });
    }

    fn take(self, done: impl FnOnce() + 'static) {
        let is_saved = self.draft.saving.get_untracked() == Saving::Saved;
        let Some(file) = self.file().filter(|_| is_saved) else { return };
        let (path, key, version) = (self.path("docx_imports", &file), self.key.get_value(), self.draft.version());
        let known = self.draft.content.with_untracked(|content| content.modules.len());
        let taking = async move { client::create_of_file_over(self.actor, &path, &key, &version, file).await };
        self.taking.run(taking, move |saved: CourseDraft| {
            self.draft.adopt(saved, known);
            self.is_open.set(false);
            done();
        });
    }
}

/// The button, and the dialog that it opens: nothing is written meanwhile.
#[component]
pub(super) fn ImportDocx(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let i18n = use_i18n();
    let (import, toasts) = (Import::new(draft), expect_context::<Toasts>());
    let is_waiting = Signal::derive(move || draft.saving.get() != Saving::Saved);
    let open = move |()| {
        import.begin_anew();
        import.is_open.set(true);
    };
    let take = move |()| import.take(move || toasts.done(t_string!(i18n, learning.docx_taken)));
    view! {
        <Button is_busy=is_waiting on_press=open>{t!(i18n, learning.docx_import)}</Button>
        <Dialog is_open=import.is_open title=words(|locale| td_string!(locale, learning.docx_import))>
            <Choose import />
            {move || import.preview.get().map(|preview| view! {
                <Preview preview />
                <DeedFailure deed=import.taking />
                <div class="row">
                    <Button look=Look::Primary is_busy=import.taking.is_busy() on_press=take>
                        {t!(i18n, learning.docx_take)}
                    </Button>
                </div>
            })}
        </Dialog>
    }
}

/// Chooses the file, and how it is divided.
#[component]
fn Choose(import: Import) -> impl IntoView {
    let i18n = use_i18n();
    let said = import.looking.field("/file");
    let error = Signal::derive(move || match import.wrong.get() {
        Some(Wrong::Missing) => t_string!(i18n, common.required).to_owned(),
        Some(Wrong::TooLarge) => t_string!(i18n, learning.docx_too_large).to_owned(),
        None => said.get(),
    });
    let splits = move || {
        let (modules, units) = (DocxSplit::Modules.as_str(), DocxSplit::Units.as_str());
        vec![
            (modules.to_owned(), t_string!(i18n, learning.docx_split_modules).to_owned()),
            (units.to_owned(), t_string!(i18n, learning.docx_split_units).to_owned()),
        ]
    };
    let choose = move |chosen: String| {
        import.begin_anew();
        import.split.set(chosen);
    };
    view! {
        <p>{t!(i18n, learning.docx_about)}</p>
        <Field
            id="docx_file"
            label=words(|locale| td_string!(locale, learning.docx_file))
            hint=words(|locale| td_string!(locale, learning.docx_file_hint))
            error
        >
            <input
                id="docx_file"
                node_ref=import.input
                type="file"
                accept=".docx"
                on:change=move |_| import.begin_anew()
            />
        </Field>
        <Choices
            legend=words(|locale| td_string!(locale, learning.docx_split))
            value=import.split
            options=Signal::derive(splits)
            on_choose=choose
        />
        <Show when=move || error.with(String::is_empty)><DeedFailure deed=import.looking /></Show>
        <div class="row">
            <Button is_busy=import.looking.is_busy() on_press=move |()| import.look()>
                {t!(i18n, learning.docx_look)}
            </Button>
        </div>
    }
}
