//! Whose screen a leaked photo shows: the sittings of a test, held against the orders that were read of it. Each time
//! stands in the audit log with its reason; names are told to those alone who may see persons there.

use super::{entity::sitting, exam_session_facts, facts::ExamSessionFacts, store};
use crate::{
    access::{Actor, Permit, actions},
    identity,
    papers::{self, SealedItem},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Allowance,
        markdown,
    },
};
use actix_web::web::block;
use shared::{
    delivery::PaperShape,
    ids::{AccountId, ExamSessionId, PaperId},
    item_bank::ItemView,
    people::check_reason,
    rights::Right,
    sittings::{
        LeakTrace, LeakTraceView, NewLeakTrace, TraceFit, TraceItem, TracedCandidate, check_readings,
        has_telling_options, may_trace_leak, trace_leak,
    },
};
use std::collections::HashMap;

/// How often one account may hold sittings against photos in a window: enough to read a blurred photo in several ways,
/// too few to learn the orders of everybody.
const TRACES: Allowance = Allowance::hourly("leak-trace", 30);

actions! {
    /// Hold the sittings of an exam session against a leaked photo.
    TraceLeak(ExamSessionId) = TraceLeak;
}

/// The items of the paper as its candidates saw them, in the author's order, one form after the other.
///
/// # Errors
/// `wrong-state` before the test has begun, `exam-cancelled` if it was called off.
pub(super) async fn items(cx: &Services, permit: &Permit<TraceLeak>) -> AppResult<Vec<TraceItem>> {
    let exam_session = begun(cx, *permit.target()).await?;
    Ok(forms(cx, &exam_session).await?.into_iter().flat_map(|form| form.items).collect())
}

/// Says whose screen a photo shows, as well as the orders in it tell.
///
/// # Errors
/// What was read wrongly by its field, `/reason`, `too-many`; otherwise as [`items`].
pub(super) async fn trace(
    cx: &Services,
    actor: &Actor,
    permit: &Permit<TraceLeak>,
    new: &NewLeakTrace,
) -> AppResult<LeakTraceView> {
    let reason = check_reason(&new.reason, "/reason").map_err(|error| AppError::Invalid(vec![error]))?;
    let exam_session = begun(cx, *permit.target()).await?;
    let Form { paper_id, shape, items } = form_in_photo(forms(cx, &exam_session).await?, new)?;
    let readings = check_readings(&new.items, &items).map_err(AppError::Invalid)?;
    TRACES.take(cx, permit.person()?).await?;
    let mut sittings = store::list_sittings_of(cx.db.read(), exam_session.id).await?;
    sittings.retain(|sitting| sitting.paper_id == paper_id);
    let seeds = sittings.iter().map(|row| u64::try_from(row.seed).map_err(AppError::internal));
    let seeds = seeds.collect::<AppResult<Vec<_>>>()?;
    // A second of work where a hundred thousand sat it, and others wait for this worker meanwhile.
    let traced = block(move || trace_leak(&readings, &shape, &seeds)).await.map_err(AppError::internal)?;
    let told: Vec<String> = fitting(&traced, &sittings).map(|(_, row)| row.id.to_string()).collect();
    cx.db
        .write(permit, async |tx| {
            tx.note("reason", reason.clone());
            tx.note("verdict", traced.verdict.as_str());
            tx.note("clues", traced.clues);
            tx.note("sittings_told", told.clone());
            Ok(())
        })
        .await?;
    view(cx, actor, &exam_session, &traced, &sittings).await
}

/// An exam session that has begun.
async fn begun(cx: &Services, id: ExamSessionId) -> AppResult<ExamSessionFacts> {
    let exam_session = exam_session_facts(cx, id).await?;
    may_trace_leak(exam_session.state, exam_session.starts_at, cx.clock.now()).map_err(AppError::refused)?;
    Ok(exam_session)
}

/// One form of the paper.
struct Form {
    paper_id: PaperId,
    shape: PaperShape,
    /// Its items, numbered on from those of the forms before it.
    items: Vec<TraceItem>,
}

async fn forms(cx: &Services, exam_session: &ExamSessionFacts) -> AppResult<Vec<Form>> {
    let (mut forms, mut first) = (Vec::with_capacity(exam_session.papers.len()), 1);
    for paper_id in &exam_session.papers {
        let sealed = papers::sealed_items(cx, *paper_id).await?;
        let shape = papers::shape_of(cx, *paper_id, &sealed).await?;
        let count = u16::try_from(sealed.len()).map_err(AppError::internal)?;
        let items = trace_items(sealed, first);
        first += count;
        forms.push(Form { paper_id: *paper_id, shape, items });
    }
    Ok(forms)
}

/// The form whose items a photo shows: that of the first item that was read. What was read of others is wrong then.
fn form_in_photo(forms: Vec<Form>, new: &NewLeakTrace) -> AppResult<Form> {
    let first = new.items.first().map(|reading| reading.paper_number);
    let is_in = |form: &Form| form.items.iter().any(|item| Some(item.paper_number) == first);
    let at = forms.iter().position(is_in).unwrap_or_default();
    forms.into_iter().nth(at).ok_or_else(|| AppError::internal("a test without a paper"))
}

/// The items of a form as its candidates saw them, numbered from `first`. Behind them follow the questions on materials
/// that are shuffled, all of them, as in the shape of the paper.
fn trace_items(sealed: Vec<SealedItem>, first: u16) -> Vec<TraceItem> {
    let (mut items, mut parts) = (Vec::with_capacity(sealed.len()), Vec::new());
    for (paper_number, sealed) in (first..).zip(sealed) {
        let mut view = sealed.item.for_candidate(markdown::render);
        let shuffled = std::mem::take(&mut view.parts).into_iter().take(sealed.pinned_parts.len());
        parts.extend((1..).zip(shuffled).map(|(part, asked)| trace_item((paper_number, Some(part)), asked.view)));
        items.push(trace_item((paper_number, None), view));
    }
    items.append(&mut parts);
    items
}

fn trace_item((paper_number, part): (u16, Option<u16>), view: ItemView) -> TraceItem {
    // A stem with menus in it comes in pieces.
    let stem_html = if view.stem_html.is_empty() { view.pieces_html.concat() } else { view.stem_html };
    let options_html = if has_telling_options(view.kind) { view.options_html } else { Vec::new() };
    TraceItem { paper_number, part, kind: view.kind, stem_html, options_html }
}

/// The sittings that fit, each with how well.
fn fitting<'a>(
    traced: &'a LeakTrace,
    sittings: &'a [sitting::Model],
) -> impl Iterator<Item = (&'a TraceFit, &'a sitting::Model)> {
    traced.fits.iter().filter_map(move |fit| Some((fit, sittings.get(fit.sitting)?)))
}

async fn view(
    cx: &Services,
    actor: &Actor,
    exam_session: &ExamSessionFacts,
    traced: &LeakTrace,
    sittings: &[sitting::Model],
) -> AppResult<LeakTraceView> {
    let accounts: Vec<AccountId> = fitting(traced, sittings).map(|(_, row)| row.account_id).collect();
    let sees_names = actor.has_any(&[Right::ReadPeople], &exam_session.place);
    let names = if sees_names { identity::names_of(cx, &accounts).await? } else { HashMap::new() };
    let candidate = |(fit, row): (&TraceFit, &sitting::Model)| TracedCandidate {
        ticket_number: row.ticket_number.clone(),
        candidate_name: names.get(&row.account_id).cloned(),
        started_at: row.opened_at,
        certainty_ppm: fit.certainty_ppm,
        agreeing: u16::try_from(fit.agreeing).unwrap_or(u16::MAX),
    };
    Ok(LeakTraceView {
        verdict: traced.verdict,
        sittings: u32::try_from(sittings.len()).unwrap_or(u32::MAX),
        clues: u16::try_from(traced.clues).unwrap_or(u16::MAX),
        nobody_ppm: traced.nobody_ppm,
        candidates: fitting(traced, sittings).map(candidate).collect(),
    })
}
