//! Brings items in: first a check that stores nothing, then everything or nothing.

use super::kind::kind_name;
use crate::{
    i18n::{t, t_string, use_i18n},
    lazy::lazy_page,
    pages::courses::CourseField,
    pages::pictures::AddPicture,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
        file,
    },
    ui::{
        Button, ButtonLink, DeedFailure, Field, Look, Notice, PageHeading, Select, TextArea, Toasts, Tone,
        focus_first_wrong,
    },
};
use leptos::{html, prelude::*, task::spawn_local};
use shared::item_bank::{ImportFormat, ImportItems, ImportReport};

lazy_page! {
    /// The page.
    ImportItemsPage = ImportForm in office;
}

/// Value of the choice of GIFT.
const GIFT: &str = "gift";
/// Value of the choice of Chinese text.
const CHINESE: &str = "chinese_text";

#[component]
fn ImportForm() -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (course, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let format = RwSignal::new(CHINESE.to_owned());
    let was_sent = RwSignal::new(false);
    let report = RwSignal::new(None::<ImportReport>);
    let heading = NodeRef::<html::H2>::new();
    let key = StoredValue::new(idempotency_key());
    // What was read belongs to the text as it was; the same text is stored once, however often it is sent.
    let begin_anew = move |_: &_, _: Option<&_>, _: Option<()>| {
        report.set(None);
        key.set_value(idempotency_key());
    };
    Effect::watch(move || (course.get(), format.get(), text.get()), begin_anew, false);
    let run = Callback::new(move |dry_run: bool| {
        was_sent.set(true);
        let Ok(course_id) = course.get_untracked().parse() else { return focus_first_wrong() };
        let format = if format.get_untracked() == GIFT { ImportFormat::Gift } else { ImportFormat::ChineseText };
        let (body, key) = (ImportItems { course_id, format, text: text.get_untracked(), dry_run }, key.get_value());
        deed.run(
            async move { client::create::<_, ImportReport>(actor, "/items/import", &key, &body).await },
            move |read| {
                if !read.stored.is_empty() {
                    toasts.done(t_string!(i18n, item_bank.imported, count = read.stored.len()));
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
        vec![
            (CHINESE.to_owned(), t_string!(i18n, item_bank.chinese_text).to_owned()),
            (GIFT.to_owned(), t_string!(i18n, item_bank.gift).to_owned()),
        ]
    };
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
                <Field id="format" label=Signal::derive(move || t_string!(i18n, item_bank.format).to_owned())>
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
                        accept=".txt,.gift,text/plain"
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
                    <Report report run is_busy=deed.is_busy() />
                </section>
            })}
        </main>
    }
}

/// What was read, and the way on.
#[component]
fn Report(report: ImportReport, run: Callback<bool>, is_busy: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (items, errors, stored) = (report.items.len(), report.errors.len(), report.stored.len());
    let item = move |item: shared::item_bank::Item| {
        let kind = item.body.kind();
        let words: String = item.stem.chars().take(60).collect();
        view! { <li><b>{move || kind_name(i18n.get_locale(), kind)}</b> " " {words}</li> }
    };
    let error = move |error: shared::item_bank::ImportError| {
        view! { <li>{t!(i18n, item_bank.line, line = error.line, detail = error.detail)}</li> }
    };
    view! {
        {(errors > 0).then(|| view! {
            <Notice tone=Tone::Stop>
                <p>{t!(i18n, item_bank.errors, count = errors)}</p>
                <ul>{report.errors.into_iter().map(error).collect_view()}</ul>
            </Notice>
        })}
        {if stored > 0 {
            view! {
                <Notice tone=Tone::Ok>{t!(i18n, item_bank.imported, count = stored)}</Notice>
                <p>{t!(i18n, item_bank.imported_waits)}</p>
                <ButtonLink href="/items/mine">{t!(i18n, item_bank.mine_title)}</ButtonLink>
            }
            .into_any()
        } else {
            view! {
                <p>{t!(i18n, item_bank.understood, count = items)}</p>
                {(errors == 0).then(|| view! {
                    <Button look=Look::Primary is_busy on_press=move |()| run.run(false)>
                        {t!(i18n, item_bank.do_import, count = items)}
                    </Button>
                })}
            }
            .into_any()
        }}
        <ol class="understood">{report.items.into_iter().map(item).collect_view()}</ol>
    }
}
