//! Where items come from: a text, typed or out of a file, or a package.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    platform::file,
};
use leptos::{html, prelude::*, task::spawn_local};
use shared::{
    ids::CourseId,
    item_bank::{ImportFormat, ImportItems, MAX_PACKAGE_BYTES, has_moodle_files},
};
use web_sys::File;

/// The format that most authors have.
const USUAL: ImportFormat = ImportFormat::ChineseText;
/// Values of the choices of files that are no texts, and how they end.
const WHOLE_FILES: [(&str, &str); 3] = [("docx", ".docx"), ("xlsx", ".xlsx"), ("qti_package", ".zip")];
/// The value of the choice of a quiz that is sent with the pictures in it.
const QUIZ: &str = "moodle_file";
/// What files are called.
const FILES: &str = ".txt,.gift,.xml,.jsonl,.docx,.xlsx,.zip,text/plain,text/xml,application/zip";

/// What is sent to the server.
pub(super) enum Sent {
    Text(ImportItems),
    /// A file, and the address that it is sent to.
    Package(String, File),
}

/// Why a file is not read or not sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Unreadable,
    Missing,
    TooLarge,
}

/// What an author has chosen.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// The value of the choice of the format.
    pub(super) format: RwSignal<String>,
    pub(super) text: RwSignal<String>,
    /// The name and the size of the file that was chosen last.
    file: RwSignal<String>,
    input: NodeRef<html::Input>,
    wrong: RwSignal<Option<Wrong>>,
}

impl Source {
    pub(super) fn new() -> Self {
        Self {
            format: RwSignal::new(USUAL.as_str().to_owned()),
            text: RwSignal::new(String::new()),
            file: RwSignal::new(String::new()),
            input: NodeRef::new(),
            wrong: RwSignal::new(None),
        }
    }

    /// All of it, so that a change is noticed.
    pub(super) fn what(self) -> (String, String, String) {
        (self.format.get(), self.text.get(), self.file.get())
    }

    pub(super) fn is_package(self) -> bool {
        self.format.with(|format| is_whole_file(format))
    }

    fn chosen(self) -> Option<File> {
        self.input.get_untracked().and_then(|input| file::chosen(&input))
    }

    /// What is to be sent; otherwise says why nothing is.
    pub(super) fn to_send(self, course_id: CourseId, dry_run: bool, only: Option<Vec<u32>>) -> Option<Sent> {
        let format = self.format.get_untracked();
        if !is_whole_file(&format) {
            let format = ImportFormat::parse(&format)?;
            let text = self.text.get_untracked();
            return Some(Sent::Text(ImportItems { course_id, format, text, dry_run, only }));
        }
        let chosen = self.chosen();
        let wrong = match &chosen {
            None => Some(Wrong::Missing),
            Some(chosen) if chosen.size() > MAX_PACKAGE_BYTES as f64 => Some(Wrong::TooLarge),
            Some(_) => None,
        };
        self.wrong.set(wrong);
        let file = chosen.filter(|_| wrong.is_none())?;
        let only = only.map(|places| places.iter().map(u32::to_string).collect::<Vec<_>>().join(","));
        let only = only.map(|places| format!("&only={places}")).unwrap_or_default();
        Some(Sent::Package(format!("/courses/{course_id}/item_packages?dry_run={dry_run}{only}"), file))
    }

    /// Takes the file that was chosen: a package, a document, a sheet or a quiz with pictures as it is, any other as a text.
    fn take(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let Some(chosen) = file::chosen(&input) else { return };
        self.wrong.set(None);
        self.file.set(format!("{} {}", chosen.name(), chosen.size()));
        let name = chosen.name().to_lowercase();
        if let Some((format, _)) = WHOLE_FILES.iter().find(|(_, ending)| name.ends_with(*ending)) {
            self.format.set((*format).to_owned());
            return;
        }
        let format = self.format.get_untracked();
        if format == QUIZ && name.ends_with(".xml") {
            return;
        }
        if is_whole_file(&format) {
            self.format.set(USUAL.as_str().to_owned());
        }
        spawn_local(async move {
            let text = file::chosen_text(&input).await;
            self.wrong.try_set(text.is_none().then_some(Wrong::Unreadable));
            match text {
                Some(text) if has_moodle_files(&text) => drop(self.format.try_set(QUIZ.to_owned())),
                Some(text) => drop(self.text.try_set(text)),
                None => {}
            }
        });
    }
}

/// Whether a format is read by the server as a whole, and not as a text.
fn is_whole_file(format: &str) -> bool {
    format == QUIZ || WHOLE_FILES.iter().any(|(own, _)| *own == format)
}

/// The formats with their words, in order.
pub(super) fn format_choices(locale: Locale) -> Vec<(String, String)> {
    let named = |format: &ImportFormat| (format.as_str().to_owned(), format_name(locale, *format).to_owned());
    let file = |format: &str| (format.to_owned(), file_name(locale, format).to_owned());
    let files = WHOLE_FILES.iter().map(|(format, _)| *format).chain([QUIZ]);
    ImportFormat::ALL.iter().map(named).chain(files.map(file)).collect()
}

/// A file that is no text, in words.
fn file_name(locale: Locale, format: &str) -> &'static str {
    match format {
        "docx" => td_string!(locale, item_bank.docx_file),
        QUIZ => td_string!(locale, item_bank.moodle_file),
        "xlsx" => td_string!(locale, item_bank.xlsx_file),
        _ => td_string!(locale, item_bank.qti_package),
    }
}

/// A format in words.
fn format_name(locale: Locale, format: ImportFormat) -> &'static str {
    match format {
        ImportFormat::ChineseText => td_string!(locale, item_bank.chinese_text),
        ImportFormat::Gift => td_string!(locale, item_bank.gift),
        ImportFormat::Aiken => td_string!(locale, item_bank.aiken),
        ImportFormat::MoodleXml => td_string!(locale, item_bank.moodle_xml),
        ImportFormat::Qti => td_string!(locale, item_bank.qti),
        ImportFormat::Own => td_string!(locale, item_bank.own_format),
    }
}

/// Where a file is chosen.
#[component]
pub(super) fn FileField(
    source: Source,
    /// What the server says of a package.
    error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let wrong = Memo::new(move |_| match source.wrong.get() {
        None => error.get(),
        Some(Wrong::Unreadable) => t_string!(i18n, item_bank.file_unreadable).to_owned(),
        Some(Wrong::Missing) => t_string!(i18n, item_bank.file_missing).to_owned(),
        Some(Wrong::TooLarge) => t_string!(i18n, item_bank.file_too_large).to_owned(),
    });
    let is_wrong = move || wrong.with(|wrong| !wrong.is_empty());
    view! {
        <div class="field">
            <label for="file">{t!(i18n, item_bank.file)}</label>
            <input
                id="file"
                type="file"
                accept=FILES
                node_ref=source.input
                on:change=move |_| source.take()
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=move || is_wrong().then_some("file-error")
            />
            <Show when=is_wrong>
                <p class="error" id="file-error">{move || wrong.get()}</p>
            </Show>
        </div>
    }
}
