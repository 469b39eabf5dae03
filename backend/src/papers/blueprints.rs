//! Blueprints: written, read and written anew.

use super::{
    bank::bank,
    entity::{assembly, blueprint},
    service::may_compose,
    store::{self, Rewritten},
};
use crate::{
    access::{Actor, Permit, actions},
    learning,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
    },
};
use serde::Deserialize;
use shared::{
    ids::{AccountId, BlueprintId, CourseId},
    page::{Page, PageQuery},
    papers::{
        AssemblyLine, BankSummary, Blueprint, BlueprintDraft, BlueprintLine, BlueprintView, MAX_TITLE_CHARS,
        validate_blueprint,
    },
    problem::{FieldError, ProblemCode},
};
use std::collections::BTreeSet;

actions! {
    /// Write a blueprint, or write it anew.
    WriteBlueprint(BlueprintId) = ComposePaper;
}

/// Which blueprints are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct BlueprintQuery {
    /// The course whose papers they are for; all unless told.
    course_id: Option<CourseId>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// One page of the blueprints, the newest first.
pub(super) async fn list(cx: &Services, actor: &Actor, of: BlueprintQuery) -> AppResult<Page<BlueprintLine>> {
    may_compose(actor)?;
    let of_page = PageQuery { cursor: of.cursor, limit: of.limit };
    let after = decode_cursor(&of_page)?;
    let rows = store::list_blueprints(cx.db.read(), of.course_id, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    let lines = found.items.into_iter().map(line).collect::<AppResult<_>>()?;
    Ok(Page { items: lines, next_cursor: found.next_cursor })
}

fn line(row: blueprint::Model) -> AppResult<BlueprintLine> {
    let blueprint = content(&row)?;
    let items = blueprint.rows.iter().map(|row| row.count).fold(0, u16::saturating_add);
    Ok(BlueprintLine {
        id: row.id,
        course_id: row.course_id,
        title: row.title,
        version: row.version,
        items,
        forms: u8::try_from(blueprint.all_forms()).unwrap_or(u8::MAX),
        changed_at: row.changed_at,
    })
}

/// One blueprint, with what the bank has for it.
pub(super) async fn see(cx: &Services, actor: &Actor, id: BlueprintId) -> AppResult<BlueprintView> {
    may_compose(actor)?;
    view(cx, id).await
}

/// The same, for who has just written it.
pub(super) async fn view(cx: &Services, id: BlueprintId) -> AppResult<BlueprintView> {
    let row = store::find_blueprint(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let (version, draft) = (row.version, draft(row)?);
    let bank = BankSummary::of(&bank(cx, draft.course_id).await?, Some(&draft.blueprint));
    Ok(BlueprintView { id, version, draft, bank, assemblies: assemblies(cx, id).await? })
}

async fn assemblies(cx: &Services, id: BlueprintId) -> AppResult<Vec<AssemblyLine>> {
    let rows = store::list_assemblies(cx.db.read(), id).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let used = store::list_form_papers(cx.db.read(), &ids).await?;
    let used: BTreeSet<_> = used.into_iter().map(|(assembly, _)| assembly).collect();
    let line = |row: assembly::Model| {
        let outcome = super::assemblies::outcome(&row)?;
        Ok(AssemblyLine {
            id: row.id,
            blueprint_version: row.blueprint_version,
            seed: u32::try_from(row.seed).map_err(AppError::internal)?,
            forms: u8::try_from(outcome.forms.len()).unwrap_or(u8::MAX),
            drawn_at: row.drawn_at,
            has_papers: used.contains(&row.id),
        })
    };
    rows.into_iter().map(line).collect()
}

/// What the bank of a course has for blueprints.
pub(super) async fn summary(cx: &Services, actor: &Actor, course_id: CourseId) -> AppResult<BankSummary> {
    may_compose(actor)?;
    learning::course(cx, course_id).await?;
    Ok(BankSummary::of(&bank(cx, course_id).await?, None))
}

/// Writes a blueprint. It may contradict itself and the bank as long as nothing is drawn by it.
///
/// # Errors
/// The fields that are wrong.
pub async fn create(
    cx: &Services,
    permit: &Permit<WriteBlueprint>,
    key: &IdempotencyKey,
    new: &BlueprintDraft,
) -> AppResult<BlueprintId> {
    check(new)?;
    learning::course(cx, new.course_id).await.map_err(|error| error.at_field("/course_id"))?;
    let person = permit.person()?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, new, async || {
                let row = blueprint::Model {
                    id: *permit.target(),
                    course_id: new.course_id,
                    title: new.title.trim().to_owned(),
                    version: 1,
                    content: serde_json::to_string(&new.blueprint).map_err(AppError::internal)?,
                    created_by: person,
                    changed_by: person,
                    changed_at: tx.now(),
                };
                store::insert_blueprint(tx.conn(), row).await?;
                Ok(*permit.target())
            })
            .await
        })
        .await
}

/// Writes a blueprint anew over the version that was read. Its course stays.
///
/// # Errors
/// The fields that are wrong; `stale` if it was written anew since.
pub(super) async fn replace(
    cx: &Services,
    permit: &Permit<WriteBlueprint>,
    seen: i32,
    new: &BlueprintDraft,
) -> AppResult<()> {
    check(new)?;
    let (id, person) = (*permit.target(), permit.person()?);
    cx.db
        .write(permit, async |tx| {
            let row = store::lock_blueprint(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if row.version != seen {
                return Err(AppError::Problem(ProblemCode::Stale));
            }
            if row.course_id != new.course_id {
                return Err(AppError::field("/course_id", "unchangeable"));
            }
            tx.note("version", seen + 1);
            store::rewrite(tx.conn(), id, rewritten(new, seen + 1, (person, tx.now()))?).await
        })
        .await
}

fn rewritten(
    new: &BlueprintDraft,
    version: i32,
    (changed_by, changed_at): (AccountId, shared::time::Timestamp),
) -> AppResult<Rewritten<'_>> {
    let content = serde_json::to_string(&new.blueprint).map_err(AppError::internal)?;
    Ok(Rewritten { title: new.title.trim(), content, version, changed_by, changed_at })
}

fn check(new: &BlueprintDraft) -> AppResult<()> {
    let mut errors = Vec::new();
    if new.title.trim().is_empty() {
        errors.push(FieldError::new("/title", "required"));
    }
    if new.title.chars().count() > MAX_TITLE_CHARS {
        errors.push(FieldError::new("/title", "too-long"));
    }
    let inside = |error: FieldError| FieldError { pointer: format!("/blueprint{}", error.pointer), ..error };
    errors.extend(validate_blueprint(&new.blueprint).into_iter().map(inside));
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}

fn content(row: &blueprint::Model) -> AppResult<Blueprint> {
    serde_json::from_str(&row.content).map_err(AppError::internal)
}

/// What was written.
pub(super) fn draft(row: blueprint::Model) -> AppResult<BlueprintDraft> {
    let blueprint = content(&row)?;
    Ok(BlueprintDraft { course_id: row.course_id, title: row.title, blueprint })
}
