//! Items out of the list as a file of another system: in which format, what will be lost on the way, and the file.

use super::title::shown_title;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        clock,
        deed::Deed,
        file,
    },
    ui::{AsyncView, Button, DeedFailure, Dialog, Field, Icon, Look, Notice, Select, Symbol, Tone},
};
use leptos::prelude::*;
use shared::{
    item_bank::{ExportFormat, ExportItems, ExportLoss, ExportReport},
    time::write_date,
};

/// The format that most teachers ask for.
const USUAL: ExportFormat = ExportFormat::Workbook;
/// What a file is called in the browser's eyes: it is saved, and never shown.
const ANY_FILE: &str = "application/octet-stream";

/// What was asked for, and what a file of it would have.
type Preview = (ExportItems, ExportReport);

/// Opens the dialog in which items are taken away.
#[component]
pub(super) fn ExportButton(
    /// What is ticked or shown at that moment, whatever the format; nothing while no course is chosen.
    asked: Callback<(), Option<ExportItems>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    view! {
        <div class="row">
            <Button on_press=move |()| is_open.set(true)>
                <Icon symbol=Symbol::Download />
                {t!(i18n, item_bank.export_open)}
            </Button>
        </div>
        <Dialog is_open title=words(|locale| td_string!(locale, item_bank.export_title))>
            <Export asked />
        </Dialog>
    }
}

#[component]
fn Export(asked: Callback<(), Option<ExportItems>>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, format) = (expect_context::<Actor>(), RwSignal::new(USUAL.as_str().to_owned()));
    let wanted = move || {
        let format = ExportFormat::parse(&format.get())?;
        Some(ExportItems { format, ..untrack(|| asked.run(()))? })
    };
    let preview: LocalResource<Outcome<Preview>> = LocalResource::new(move || {
        let wanted = wanted();
        async move {
            let wanted = wanted.ok_or(ApiError::Unreadable)?;
            let report = client::post(actor, "/items/exports/preview", &wanted).await?;
            Outcome::<Preview>::Ok((wanted, report))
        }
    });
    let formats = Signal::derive(move || format_options(i18n.get_locale()));
    view! {
        <p class="muted small">{t!(i18n, item_bank.export_lead)}</p>
        <Field id="export-format" label=words(|locale| td_string!(locale, item_bank.export_format))>
            <Select value=format options=formats />
        </Field>
        <AsyncView resource=preview let:preview>
            <OfFormat preview format />
        </AsyncView>
    }
}

/// Shows what is told of the chosen format, and never of the one that was chosen before: nobody takes a file of whose
/// losses they were not told.
#[component]
fn OfFormat(preview: Preview, format: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let (asked, report) = preview;
    let told_of = asked.format;
    let is_told = move || format.get() == told_of.as_str();
    view! {
        <Show
            when=is_told
            fallback=move || view! { <p class="loading" role="status">{t!(i18n, common.loading)}</p> }
        >
            <Told asked=asked.clone() report=report.clone() />
        </Show>
    }
}

/// What a file will have and what it will not, and the way to it.
#[component]
fn Told(asked: ExportItems, report: ExportReport) -> impl IntoView {
    let i18n = use_i18n();
    let ExportReport { items, left_out, losses } = report;
    let is_whole = losses.is_empty();
    view! {
        <p>{move || t_string!(i18n, item_bank.export_items, items = items)}</p>
        {(left_out > 0).then(|| view! {
            <Notice tone=Tone::Stop>{move || t_string!(i18n, item_bank.export_left_out, items = left_out)}</Notice>
        })}
        {if is_whole {
            view! { <p class="muted">{t!(i18n, item_bank.export_nothing_lost)}</p> }.into_any()
        } else {
            view! {
                <h3>{t!(i18n, item_bank.export_losses)}</h3>
                {grouped(losses).into_iter().map(loss).collect_view()}
            }
            .into_any()
        }}
        {(items > 0).then(|| view! { <Take items asked /> })}
    }
}

/// The button that brings the file.
#[component]
fn Take(items: u32, asked: ExportItems) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, is_taken) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(false));
    let take = move |()| {
        let wanted = asked.clone();
        is_taken.set(false);
        let title = t_string!(i18n, item_bank.title);
        let called = format!("{title}_{}{}", write_date(clock::now().date_in_china()), ending(wanted.format));
        let taking = async move { client::post_for_bytes(actor, "/items/exports", &wanted).await };
        deed.run(taking, move |bytes: Vec<u8>| {
            file::save_bytes(&called, ANY_FILE, &bytes);
            is_taken.set(true);
        });
    };
    view! {
        <div class="row">
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=take>{t!(i18n, item_bank.export_take)}</Button>
            <p class="muted small" role="status">
                {move || if is_taken.get() {
                    t_string!(i18n, item_bank.export_done, items = items)
                } else {
                    String::new()
                }}
            </p>
        </div>
        <DeedFailure deed />
    }
}

/// What is lost, and below it the items that lose it.
fn loss((detail, titles): (String, Vec<String>)) -> impl IntoView {
    let i18n = use_i18n();
    let items = titles.len();
    let line = move |title: String| view! { <li>{move || shown_title(i18n.get_locale(), &title)}</li> };
    view! {
        <details class="more">
            <summary>{detail} " " {move || t_string!(i18n, item_bank.export_loss_items, items = items)}</summary>
            <ul>{titles.into_iter().map(line).collect_view()}</ul>
        </details>
    }
}

/// Each thing that is lost once, in the order in which it is told first.
fn grouped(losses: Vec<ExportLoss>) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for ExportLoss { detail, title, .. } in losses {
        match groups.iter_mut().find(|(known, _)| *known == detail) {
            Some((_, titles)) => titles.push(title),
            None => groups.push((detail, vec![title])),
        }
    }
    groups
}

/// The formats with their words, in order.
fn format_options(locale: Locale) -> Vec<(String, String)> {
    let named = |format: &ExportFormat| (format.as_str().to_owned(), format_name(locale, *format).to_owned());
    ExportFormat::ALL.iter().map(named).collect()
}

fn format_name(locale: Locale, format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Qti22 => td_string!(locale, item_bank.export_qti_22),
        ExportFormat::Qti30 => td_string!(locale, item_bank.export_qti_30),
        ExportFormat::Gift => td_string!(locale, item_bank.export_gift),
        ExportFormat::MoodleXml => td_string!(locale, item_bank.export_moodle_xml),
        ExportFormat::Workbook => td_string!(locale, item_bank.export_workbook),
        ExportFormat::Pdf => td_string!(locale, item_bank.export_pdf),
        ExportFormat::Own => td_string!(locale, item_bank.export_own),
    }
}

/// How the name of a file ends.
const fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Qti22 => ".qti22.zip",
        ExportFormat::Qti30 => ".qti30.zip",
        ExportFormat::Gift => ".gift.txt",
        ExportFormat::MoodleXml => ".moodle.xml",
        ExportFormat::Workbook => ".xlsx",
        ExportFormat::Pdf => ".pdf",
        ExportFormat::Own => ".chengxi.jsonl",
    }
}
