//! Brings items in: first a check that stores nothing, then everything, or what the author chooses of it.

mod report;

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::courses::CourseField,
    pages::pictures::AddPicture,
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{Button, DeedFailure, Field, PageHeading, Select, TextArea, Toasts, focus_first_wrong},
};
use leptos::{html, prelude::*, task::spawn_local};
use report::{Choice, Report};
use shared::item_bank::{ImportFormat, ImportItems, ImportReport};

lazy_page! {
    /// The page.
    ImportItemsPage = ImportForm in office;
}

/// The format that most authors have, and what its files are called.
const USUAL: ImportFormat = ImportFormat::ChineseText;
const FILES: &str = ".txt,.gift,.xml,text/plain,text/xml";

/// A format in words.
fn format_name(locale: Locale, format: ImportFormat) -> &'static str {
    match format {
        ImportFormat::ChineseText => td_string!(locale, item_bank.chinese_text),
        ImportFormat::Gift => td_string!(locale, item_bank.gift),
        ImportFormat::Aiken => td_string!(locale, item_bank.aiken),
        ImportFormat::MoodleXml => td_string!(locale, item_bank.moodle_xml),
        ImportFormat::Qti => td_string!(locale, item_bank.qti),
    }
}

#[component]
fn ImportForm() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (course, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let format = RwSignal::new(USUAL.as_str().to_owned());
    let was_sent = RwSignal::new(false);
    let report = RwSignal::new(None::<ImportReport>);
    let heading = NodeRef::<html::H2>::new();
    let choice = Choice::new();
    // What was read belongs to the text as it was; the same text is stored once, however often it is sent.
    let begin_anew = move |_: &_, _: Option<&_>, _: Option<()>| {
        report.set(None);
        choice.begin_anew();
    };
    Effect::watch(move || (course.get(), format.get(), text.get()), begin_anew, false);
    let run = Callback::new(move |dry_run: bool| {
        was_sent.set(true);
        let Ok(course_id) = course.get_untracked().parse() else { return focus_first_wrong() };
        let Some(format) = ImportFormat::parse(&format.get_untracked()) else { return focus_first_wrong() };
        let is_whole = report.with_untracked(|report| report.as_ref().is_none_or(|report| report.errors.is_empty()));
        let only = if dry_run { None } else { choice.only(is_whole) };
        let body = ImportItems { course_id, format, text: text.get_untracked(), dry_run, only };
        let key = choice.key();
        deed.run(
            async move { client::create::<_, ImportReport>(actor, "/items/import", &key, &body).await },
            move |read| {
                if !read.stored.is_empty() {
                    toasts.done(t_string!(i18n, item_bank.imported, count = read.stored.len()));
                }
                if dry_run {
                    choice.take_all(read.items.len());
                }
                report.set(Some(read));
                request_animation_frame(move || {
                    if let Some(heading) = heading.get_untracked() {
                        drop(heading.focus());
                    }
                });
            },
        );
    });
    let formats = move || {
        let named =
            |format: &ImportFormat| (format.as_str().to_owned(), format_name(i18n.get_locale(), *format).to_owned());
        ImportFormat::ALL.iter().map(named).collect::<Vec<_>>()
    };
    let format_error = Signal::derive(move || {
        let is_missing = was_sent.get() && format.with(String::is_empty);
        if is_missing { t_string!(i18n, common.required).to_owned() } else { String::new() }
    });
    let course_error = Signal::derive(move || {
        let is_missing = was_sent.get() && course.with(String::is_empty);
        if is_missing { t_string!(i18n, common.required).to_owned() } else { deed.field("/course_id").get() }
    });
    let is_unreadable = RwSignal::new(false);
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        if file::chosen(&input).is_none() {
            return;
        }
        spawn_local(async move {
            let chosen = file::chosen_text(&input).await;
            is_unreadable.set(chosen.is_none());
            if let Some(chosen) = chosen {
                text.set(chosen);
            }
        });
    };
    view! {
        <main class="page wide stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, item_bank.import_title).to_owned()) />
            <section class="card stack">
                <CourseField
                    id="course"
                    label=Signal::derive(move || t_string!(i18n, item_bank.course).to_owned())
                    error=course_error
                    value=course
                />
                <Field
                    id="format"
                    label=Signal::derive(move || t_string!(i18n, item_bank.format).to_owned())
                    error=format_error
                >
                    <Select value=format options=Signal::derive(formats) />
                </Field>
                <Field
                    id="text"
                    label=Signal::derive(move || t_string!(i18n, item_bank.text).to_owned())
                    error=deed.field("/text")
                >
                    <TextArea value=text rows=14 />
                </Field>
                <AddPicture markdown=text area="text" />
                <div class="field">
                    <label for="file">{t!(i18n, item_bank.file)}</label>
                    <input
                        id="file"
                        type="file"
                        accept=FILES
                        on:change=choose
                        aria-invalid=move || is_unreadable.get().then_some("true")
                        aria-describedby=move || is_unreadable.get().then_some("file-error")
                    />
                    <Show when=move || is_unreadable.get()>
                        <p class="error" id="file-error">{t!(i18n, item_bank.file_unreadable)}</p>
                    </Show>
                </div>
                <DeedFailure deed />
                <Button is_busy=deed.is_busy() on_press=move |()| run.run(true)>{t!(i18n, item_bank.check)}</Button>
            </section>
            {move || report.get().map(|report| view! {
                <section class="card stack">
                    <h2 node_ref=heading tabindex="-1">{t!(i18n, item_bank.report)}</h2>
                    <Report report choice run is_busy=deed.is_busy() />
                </section>
            })}
        </main>
    }
}
