//! What a document would become.

use super::remarks::Remark;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use shared::learning::{DocxModule, DocxPreview, DocxRemark, DocxUnit};

/// Bytes of a kilobyte, as learners pay for them.
const KB: u64 = 1_000;

/// Its modules and units, and what is to be known of it.
#[component]
pub(super) fn Preview(
    /// What the server said.
    preview: DocxPreview,
) -> impl IntoView {
    let i18n = use_i18n();
    let DocxPreview { modules, pictures, bytes, report, left_out } = preview;
    let units = modules.iter().map(|module| module.units.len()).sum::<usize>();
    let sum = move || {
        let kilobytes = bytes.div_ceil(KB);
        t_string!(i18n, learning.docx_sum, units = units, pictures = pictures, kilobytes = kilobytes)
    };
    let module = |module: DocxModule| view! { <ModuleRow module /> };
    view! {
        <section class="stack" aria-label=move || t_string!(i18n, learning.docx_preview)>
            <h3>{t!(i18n, learning.docx_preview)}</h3>
            <p>{sum}</p>
            <ol class="outline">{modules.into_iter().map(module).collect_view()}</ol>
            <Report report left_out />
        </section>
    }
}

#[component]
fn ModuleRow(module: DocxModule) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = module.units.is_empty();
    let unit = |unit: DocxUnit| view! { <UnitRow unit /> };
    view! {
        <li class="stack">
            <p><b>{module.title}</b></p>
            <ol>{module.units.into_iter().map(unit).collect_view()}</ol>
            {is_empty.then(|| view! { <p class="muted">{t!(i18n, learning.docx_empty_module)}</p> })}
        </li>
    }
}

#[component]
fn UnitRow(unit: DocxUnit) -> impl IntoView {
    let i18n = use_i18n();
    let (is_heavy, minutes, pictures) = (unit.is_heavy(), unit.minutes, unit.pictures);
    let kilobytes = unit.bytes.div_ceil(KB);
    let figures =
        move || t_string!(i18n, learning.docx_unit, minutes = minutes, pictures = pictures, kilobytes = kilobytes);
    view! {
        <li>
            <p>{unit.title}</p>
            <p class="muted small">{figures}</p>
            <p class="muted small">{unit.beginning}</p>
            {is_heavy.then(|| view! { <Notice tone=Tone::Wait>{t!(i18n, learning.docx_heavy)}</Notice> })}
        </li>
    }
}

#[component]
fn Report(report: Vec<DocxRemark>, left_out: u32) -> impl IntoView {
    let i18n = use_i18n();
    let count = report.len();
    if count == 0 {
        return view! { <p class="muted">{t!(i18n, learning.docx_report_empty)}</p> }.into_any();
    }
    let more = move || t_string!(i18n, learning.docx_left_out, count = left_out);
    view! {
        <details class="stack" open=true>
            <summary>{move || t_string!(i18n, learning.docx_report, count = count)}</summary>
            <ul>{report.into_iter().map(|remark| view! { <Remark remark /> }).collect_view()}</ul>
            {(left_out > 0).then(|| view! { <p class="muted">{more}</p> })}
        </details>
    }
    .into_any()
}
