//! Brings items in: first a check that stores nothing, then everything, or what the author chooses of it.

mod report;
mod source;

use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::courses::CourseField,
    pages::pictures::AddPicture,
    pages::sounds::AddSound,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, DeedFailure, Field, PageHeading, Select, TextArea, Toasts, focus_first_wrong},
};
use leptos::{html, prelude::*};
use report::{Choice, Report};
use shared::{item_bank::ItemImportReport, rights::Right};
use source::{FileField, Sent, Source, format_choices};

lazy_page! {
    /// The page.
    ImportItemsPage = ImportForm in office;
}

#[component]
fn ImportForm() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (course, source) = (RwSignal::new(String::new()), Source::new());
    let (format, text) = (source.format, source.text);
    let was_sent = RwSignal::new(false);
    let report = RwSignal::new(None::<ItemImportReport>);
    let heading = NodeRef::<html::H2>::new();
    let choice = Choice::new();
    // What was read belongs to the text as it was; the same text is stored once, however often it is sent.
    let begin_anew = move |_: &_, _: Option<&_>, _: Option<()>| {
        report.set(None);
        choice.begin_anew();
    };
    Effect::watch(move || (course.get(), source.what()), begin_anew, false);
    let asked = move || untrack(|| (course.get(), source.what()));
    let run = Callback::new(move |dry_run: bool| {
        was_sent.set(true);
        let Ok(course_id) = course.get_untracked().parse() else { return focus_first_wrong() };
        let is_whole = report.with_untracked(|report| report.as_ref().is_none_or(|report| report.errors.is_empty()));
        let only = if dry_run { None } else { choice.only(is_whole) };
        let Some(sent) = source.to_send(course_id, dry_run, only) else { return focus_first_wrong() };
        let (key, before) = (choice.key(), asked());
        deed.run(
            async move {
                match sent {
                    Sent::Text(body) => {
                        client::create::<_, ItemImportReport>(actor, "/items/import", &key, &body).await
                    }
                    Sent::Package(path, file) => client::create_of_file(actor, &path, &key, file).await,
                }
            },
            move |read| {
                if !read.stored.is_empty() {
                    toasts.done(t_string!(i18n, item_bank.imported, count = read.stored.len()));
                } else if !dry_run && read.kept > 0 {
                    toasts.done(t_string!(i18n, item_bank.unread_kept, count = read.kept));
                }
                // What was read of another text is not shown beside this one.
                if asked() != before {
                    return;
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
    let formats = move || format_choices(i18n.get_locale());
    let format_error = Signal::derive(move || {
        let is_missing = was_sent.get() && format.with(String::is_empty);
        if is_missing { t_string!(i18n, common.required).to_owned() } else { String::new() }
    });
    let course_error = Signal::derive(move || {
        let is_missing = was_sent.get() && course.with(String::is_empty);
        if is_missing { t_string!(i18n, common.required).to_owned() } else { deed.field("/course_id").get() }
    });
    view! {
        <main class="page wide stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, item_bank.import_title).to_owned()) />
            <section class="card stack">
                <CourseField
                    id="course"
                    label=Signal::derive(move || t_string!(i18n, item_bank.course).to_owned())
                    error=course_error
                    value=course
                    to_do=Right::AuthorItem
                />
                <Field
                    id="format"
                    label=Signal::derive(move || t_string!(i18n, item_bank.format).to_owned())
                    error=format_error
                >
                    <Select value=format options=Signal::derive(formats) />
                </Field>
                <Show when=move || !source.is_package()>
                    <Field
                        id="text"
                        label=Signal::derive(move || t_string!(i18n, item_bank.text).to_owned())
                        error=deed.field("/text")
                    >
                        <TextArea value=text rows=14 />
                    </Field>
                    <AddPicture markdown=text area="text" />
                    <AddSound markdown=text area="text" />
                </Show>
                <FileField source error=deed.field("/file") />
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
