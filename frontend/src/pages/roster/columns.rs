//! What the columns of an uploaded list hold, as we understand them and as the reader puts it right.

use super::{
    progress::Import,
    words::{basis_name, field_name},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
    },
    ui::{AsyncView, Button, Card, Choices, Look, Notice, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::RosterBatchId,
    problem::FieldError,
    roster::{ColumnMapping, ColumnProposal, LegalBasis, REQUIRED_FIELDS, RosterField, UploadedList, column_letters},
};
use std::collections::BTreeMap;

/// What the reader says of one column.
#[derive(Clone)]
struct Drawn {
    at: u16,
    header: String,
    /// The field, as it stands on the wire; empty if the column is not needed.
    holds: RwSignal<String>,
    is_guess: bool,
}

/// Asks what the columns hold.
#[component]
pub(super) fn Columns(id: RosterBatchId, import: Import) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let uploaded = LocalResource::new(move || fetch(actor, id));
    view! {
        <AsyncView resource=uploaded let:uploaded>
            <Confirm uploaded import />
        </AsyncView>
    }
}

async fn fetch(actor: Actor, id: RosterBatchId) -> Outcome<UploadedList> {
    client::get(actor, &format!("/roster/batches/{id}/columns")).await
}

#[component]
fn Confirm(uploaded: UploadedList, import: Import) -> impl IntoView {
    let i18n = use_i18n();
    let UploadedList { batch, headers, proposal, is_remembered, header_row } = uploaded;
    let columns = StoredValue::new(draw(headers, &proposal));
    let was_sent = RwSignal::new(false);
    let basis = RwSignal::new(batch.legal_basis.to_string());
    let bases = move || {
        let option = |basis: &LegalBasis| (basis.to_string(), basis_name(i18n.get_locale(), *basis).to_owned());
        LegalBasis::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let wrong = Memo::new(move |_| match read(&columns.get_value()) {
        Err(wrong) if was_sent.get() => wrong,
        _ => Vec::new(),
    });
    let begin = move |()| {
        was_sent.set(true);
        if let Ok(mapping) = untrack(|| read(&columns.get_value())) {
            let basis = basis.with_untracked(|basis| LegalBasis::parse(basis));
            import.begin(mapping, basis.unwrap_or(LegalBasis::usual()));
        }
    };
    let (understood, others): (Vec<_>, Vec<_>) =
        columns.get_value().into_iter().partition(|column| column.holds.with_untracked(|holds| !holds.is_empty()));
    let count = others.len();
    let news = match is_remembered {
        true => view! { <Notice tone=Tone::Ok>{t!(i18n, roster.columns_remembered)}</Notice> }.into_any(),
        false => view! { <p>{t!(i18n, roster.columns_text, row = header_row)}</p> }.into_any(),
    };
    let has_doubt = !proposal.missing.is_empty() || !proposal.ambiguous.is_empty();
    view! {
        <Card title=words(|locale| td_string!(locale, roster.columns_title))>
            {news}
            <Doubts proposal />
            <div class="columns">{understood.into_iter().map(|column| view! { <OneColumn column /> }).collect_view()}</div>
            {(count > 0).then(|| view! {
                <details class="more" open=has_doubt>
                    <summary>{t!(i18n, roster.columns_others, count = count)}</summary>
                    <div class="columns">
                        {others.into_iter().map(|column| view! { <OneColumn column /> }).collect_view()}
                    </div>
                </details>
            })}
            <Choices
                legend=words(|locale| td_string!(locale, roster.legal_basis))
                value=basis
                options=Signal::derive(bases)
                on_choose=move |chosen| basis.set(chosen)
            />
            {move || view! { <WrongColumns wrong=wrong.get() failure=import.deed.failure() /> }}
            <div class="row">
                <Button look=Look::Primary is_busy=import.deed.is_busy() on_press=begin>
                    {t!(i18n, roster.import_do)}
                </Button>
            </div>
        </Card>
    }
}

/// Each column with what it seems to hold.
fn draw(headers: Vec<String>, proposal: &ColumnProposal) -> Vec<Drawn> {
    let held: BTreeMap<u16, RosterField> = proposal.mapping.0.iter().map(|(field, at)| (*at, *field)).collect();
    let column = |(at, header): (u16, String)| {
        let field = held.get(&at);
        Drawn {
            at,
            header,
            holds: RwSignal::new(field.map(|field| field.as_str().to_owned()).unwrap_or_default()),
            is_guess: field.is_some_and(|field| proposal.guessed.contains(field)),
        }
    };
    (0..=u16::MAX).zip(headers).map(column).filter(|column| !column.header.is_empty()).collect()
}

/// The mapping that was put together.
///
/// # Errors
/// Fields that are missing, and those that two columns hold.
fn read(columns: &[Drawn]) -> Result<ColumnMapping, Vec<FieldError>> {
    let (mut mapping, mut wrong) = (ColumnMapping::default(), Vec::new());
    for column in columns {
        let Some(field) = column.holds.with(|holds| RosterField::parse(holds)) else { continue };
        if mapping.0.insert(field, column.at).is_some() {
            wrong.push(FieldError::new(format!("/mapping/{field}"), "duplicate"));
        }
    }
    let missing = REQUIRED_FIELDS.into_iter().filter(|field| !mapping.0.contains_key(field));
    wrong.extend(missing.map(|field| FieldError::new(format!("/mapping/{field}"), "required")));
    if wrong.is_empty() { Ok(mapping) } else { Err(wrong) }
}

/// What nobody but the reader can know.
#[component]
fn Doubts(proposal: ColumnProposal) -> impl IntoView {
    let i18n = use_i18n();
    let names = move |locale: Locale, fields: &[RosterField]| {
        fields.iter().map(|field| field_name(locale, *field)).collect::<Vec<_>>().join(td_string!(locale, roster.and))
    };
    let (missing, ambiguous) = (proposal.missing, proposal.ambiguous);
    let ambiguous: Vec<_> = ambiguous.into_iter().map(|ambiguous| ambiguous.field).collect();
    let doubt = |fields: Vec<RosterField>, says: fn(Locale, String) -> String| {
        (!fields.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Wait>
                    {move || says(i18n.get_locale(), names(i18n.get_locale(), &fields))}
                </Notice>
            }
        })
    };
    view! {
        {doubt(missing, |locale, fields| td_string!(locale, roster.columns_missing, fields = fields))}
        {doubt(ambiguous, |locale, fields| td_string!(locale, roster.columns_ambiguous, fields = fields))}
    }
}

/// One column: its header, and a choice of what it holds.
#[component]
fn OneColumn(column: Drawn) -> impl IntoView {
    let i18n = use_i18n();
    let Drawn { at, header, holds, is_guess } = column;
    let id = format!("column-{at}");
    let option = move |field: RosterField| {
        let is_chosen = move || holds.with(|holds| holds == field.as_str());
        view! {
            <option value=field.as_str() prop:selected=is_chosen>
                {move || field_name(i18n.get_locale(), field)}
            </option>
        }
    };
    view! {
        <div class="field column">
            <label for=id.clone()>
                <span class="muted num">{column_letters(at)}</span>
                {header}
                {is_guess.then(|| view! { <Tag tone=Tone::Wait>{t!(i18n, roster.column_guess)}</Tag> })}
            </label>
            <select id=id on:change:target=move |event| holds.set(event.target().value())>
                <option value="" prop:selected=move || holds.with(String::is_empty)>
                    {t!(i18n, roster.column_unused)}
                </option>
                {RosterField::ALL.iter().copied().map(option).collect_view()}
            </select>
        </div>
    }
}

/// What is wrong with the choice: by the rules at once, otherwise by the server's word.
#[component]
fn WrongColumns(wrong: Vec<FieldError>, failure: Option<ApiError>) -> impl IntoView {
    let i18n = use_i18n();
    let said = match failure {
        Some(ApiError::Problem(problem)) => problem.errors,
        _ => Vec::new(),
    };
    let errors: Vec<_> = wrong
        .into_iter()
        .chain(said)
        .filter_map(|error| {
            let field = RosterField::parse(error.pointer.strip_prefix("/mapping/")?)?;
            Some((field, error))
        })
        .collect();
    let line = move |(field, error): (RosterField, FieldError)| {
        let reason = move || match error.code.as_str() {
            "required" => t_string!(i18n, roster.column_required).to_owned(),
            "duplicate" => t_string!(i18n, roster.column_twice).to_owned(),
            _ => error.detail.clone(),
        };
        view! { <li><b>{move || field_name(i18n.get_locale(), field)}</b> " " {reason}</li> }
    };
    (!errors.is_empty()).then(|| {
        view! {
            <div role="alert">
                <Notice tone=Tone::Stop><ul>{errors.into_iter().map(line).collect_view()}</ul></Notice>
            </div>
        }
    })
}
