//! Records as those see them who keep them, and those who answer for them.

use super::{
    activation,
    entity::student_record::{self, Column},
    place::{Wanted, readable, seen},
    rows::{education_of, enrolled_on, level_of, rule, state, state_of, step_of},
    school_changes,
    steps::hands_in,
    store::{self, RecordFilter},
};
use crate::{
    access::{Actor, ClassRoll},
    identity, messages, organisation, people,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use sea_orm::ColumnTrait;
use serde::Deserialize;
use shared::{
    enrolment::{
        AttachmentKind, AttachmentView, EnrolmentCount, EnrolmentRow, EnrolmentView, RecordFacts, RecordState,
        StepView, missing_papers, open_steps,
    },
    ids::{AccountId, AttachmentId, ClassId, PersonId, ProviderId, StudentRecordId},
    learning::CourseLevel,
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    rights::Right,
    time::Timestamp,
    work::RecordWait,
};
use std::collections::HashMap;

/// Which records a client asks for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct RecordQuery {
    /// The division that the school lies in, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they stand.
    pub(super) state: Option<RecordState>,
    /// The level studied for.
    pub(super) level: Option<CourseLevel>,
    /// Only those that are being filled in and wait for this.
    pub(super) waits: Option<RecordWait>,
    /// The class that their learners are in.
    pub(super) class_id: Option<ClassId>,
    /// Whose they are.
    pub(super) person_id: Option<PersonId>,
    /// How the name begins.
    pub(super) name: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl RecordQuery {
    /// The same records, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// Which records are counted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct RecordCountQuery {
    /// The division that the school lies in, at any level.
    #[param(value_type = Option<String>)]
    division: Option<DivisionCode>,
    /// The school.
    provider_id: Option<ProviderId>,
    /// The level studied for.
    level: Option<CourseLevel>,
}

/// Records at the places of the actor's roles, by division; `class` is the one that the query names.
///
/// # Errors
/// `forbidden` if there is no such place.
pub(super) async fn list(
    cx: &Services,
    actor: &Actor,
    query: RecordQuery,
    class: Option<&ClassRoll>,
) -> AppResult<Page<EnrolmentRow>> {
    let wanted = Wanted { division: query.division, provider_id: query.provider_id, level: query.level };
    let mut within = readable(actor, &wanted)?;
    if let Some(state) = query.state {
        within = within.add(Column::State.eq(state.as_str()));
    }
    if let Some(wait) = query.waits {
        within = within.add(store::awaits(wait));
    }
    if let Some(class) = class {
        within = within.add(Column::AccountId.is_in(class.accounts.iter().copied()));
    }
    if let Some(id) = query.person_id {
        within = within.add(Column::PersonId.eq(id));
    }
    let name = people::sought_name(query.name.as_deref())?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let filter =
        RecordFilter { within, name: name.as_deref(), after: decode_cursor(&of_page)?, rows: of_page.rows() + 1 };
    let found = page(store::list_records(cx.db.read(), filter).await?, &of_page, |row| (row.division.clone(), row.id));
    Ok(Page { items: rows_of(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// How many records are in which state.
///
/// # Errors
/// `forbidden` if the actor sees records nowhere.
pub(super) async fn counts(cx: &Services, actor: &Actor, query: RecordCountQuery) -> AppResult<Vec<EnrolmentCount>> {
    let wanted = Wanted { division: query.division, provider_id: query.provider_id, level: query.level };
    let rows = store::count_records(cx.db.read(), readable(actor, &wanted)?).await?;
    let count = |(text, records): (String, i64)| {
        Ok(EnrolmentCount { state: state(&text)?, records: u64::try_from(records).map_err(AppError::internal)? })
    };
    let mut counts: Vec<_> = rows.into_iter().map(count).collect::<AppResult<_>>()?;
    counts.sort_by_key(|count| count.state);
    Ok(counts)
}

async fn rows_of(cx: &Services, records: Vec<student_record::Model>) -> AppResult<Vec<EnrolmentRow>> {
    let mut schools: Vec<ProviderId> = records.iter().map(|row| row.provider_id).collect();
    schools.sort();
    schools.dedup();
    let names = organisation::provider_names(cx, schools).await?;
    let persons: Vec<PersonId> = records.iter().map(|row| row.person_id).collect();
    let activated = store::list_activated(cx.db.read(), &persons).await?;
    let line = |row: student_record::Model| {
        let is_activated = row.account_id.is_some() && activated.contains(&row.person_id);
        line(row, &names, is_activated)
    };
    records.into_iter().map(line).collect()
}

fn line(
    row: student_record::Model,
    names: &HashMap<ProviderId, String>,
    is_activated: bool,
) -> AppResult<EnrolmentRow> {
    Ok(EnrolmentRow {
        is_activated,
        id: row.id,
        version: row.version,
        person_id: row.person_id,
        provider_id: row.provider_id,
        provider_name: names.get(&row.provider_id).cloned().unwrap_or_default(),
        level: level_of(&row)?,
        state: state_of(&row)?,
        enrolled_on: enrolled_on(&row)?,
        moved_at: row.moved_at,
        account_id: row.account_id,
        name: row.name,
        division: row.division,
        learner_number: row.learner_number,
    })
}

/// One record with everything that belongs to it.
///
/// # Errors
/// `not-found` if there is none of which the actor may know.
pub(super) async fn get(cx: &Services, actor: &Actor, id: StudentRecordId) -> AppResult<EnrolmentView> {
    let row = seen(cx, actor, id).await?;
    let steps = store::list_steps(cx.db.read(), &[id]).await?;
    let hands = hands_in(&row, &steps)?;
    let kept = store::find_rule(cx.db.read(), (&row.rule_region, &row.level, &row.rule_valid_from)).await?;
    let (rule, attachments) = (rule(&kept)?, attachments(cx, id).await?);
    let facts = RecordFacts {
        state: state_of(&row)?,
        level: level_of(&row)?,
        hands: &hands,
        has_number: row.learner_number.is_some(),
        missing: missing_papers(attachments.iter().map(|photo| photo.kind), row.is_literate, &rule),
    };
    let place = super::rows::place_of(&row);
    let open_steps = open_steps(&facts, actor.account_id, |right| actor.has_any(&[right], &place));
    let people: Vec<AccountId> = steps.iter().filter_map(|step| step.taken_by).chain(row.entered_by).collect();
    let names = identity::names_of(cx, &people).await?;
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
    let step = |taken: &super::entity::record_step::Model| {
        Ok(StepView {
            step: step_of(taken)?,
            from: state(&taken.from_state)?,
            to: state(&taken.to_state)?,
            reason: taken.reason.clone(),
            taken_by: taken.taken_by,
            taken_by_name: name(taken.taken_by),
            taken_at: taken.taken_at,
        })
    };
    let person = people::masked(cx, row.person_id).await?;
    // What was sent, and that something can be, is for who hands out codes.
    let keeps = actor.has_any(&[Right::KeepEnrolments], &place);
    let messages = if keeps { messages::of_person(cx, row.person_id).await? } else { Vec::new() };
    let record = rows_of(cx, vec![row.clone()]).await?.pop().ok_or_else(AppError::not_found)?;
    Ok(EnrolmentView {
        may_text: keeps && activation::may_send(cx, &row, person.phone_masked.is_some()),
        messages,
        person,
        roster_entry_id: row.roster_entry_id,
        age: row.age,
        education_level: education_of(&row),
        is_literate: row.is_literate,
        rule,
        attachments,
        steps: steps.iter().map(step).collect::<AppResult<_>>()?,
        open_steps,
        school_changes: school_changes::of_record(cx, &row).await?,
        account_id: row.account_id,
        is_activated: record.is_activated,
        entered_by: row.entered_by,
        entered_by_name: name(row.entered_by),
        entered_at: row.entered_at,
        record,
    })
}

async fn attachments(cx: &Services, id: StudentRecordId) -> AppResult<Vec<AttachmentView>> {
    store::list_attachments(cx.db.read(), id).await?.into_iter().map(attachment).collect()
}

pub(super) fn attachment(
    (id, kind, width, height, bytes, added_at): (AttachmentId, String, i32, i32, i32, Timestamp),
) -> AppResult<AttachmentView> {
    let unknown = || AppError::internal(format!("an attachment of kind {kind}"));
    let size = |pixels: i32| u32::try_from(pixels).map_err(AppError::internal);
    Ok(AttachmentView {
        id,
        kind: AttachmentKind::parse(&kind).ok_or_else(unknown)?,
        width: size(width)?,
        height: size(height)?,
        bytes: size(bytes)?,
        added_at,
    })
}
