//! Lists of graduates as school, county and city see them.

use super::{level_of, seen, standing::Yardstick, state_of};
use crate::{
    access::{Actor, Scope, lies_in},
    credit_bank::{
        entity::{
            graduation_batch::{self, Column},
            graduation_member,
        },
        store,
    },
    enrolment, identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    credit_bank::{Graduate, GraduationGap, GraduationRow, GraduationState, GraduationView, graduation_turn},
    ids::{AccountId, GraduationBatchId, ProviderId, StudentRecordId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    rights::Right,
    work::GraduationWait,
};
use std::collections::HashMap;

/// Which lists a client asks for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct GraduationQuery {
    /// The division in which the school lies, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school.
    pub(super) provider_id: Option<ProviderId>,
    /// Only those in this state.
    pub(super) state: Option<GraduationState>,
    /// Only those that wait for this office of the actor.
    pub(super) waits: Option<GraduationWait>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl GraduationQuery {
    /// The same lists, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// The right of those for whom lists wait.
pub(super) const fn right_of(wait: GraduationWait) -> Right {
    match wait {
        GraduationWait::County => Right::ConfirmGraduates,
        GraduationWait::City => Right::ApproveGraduates,
        GraduationWait::Returned => Right::ProposeGraduates,
    }
}

/// The lists where the actor holds a right.
///
/// # Errors
/// `forbidden` if that is nowhere.
pub(super) fn within(actor: &Actor, right: Right) -> AppResult<Condition> {
    Ok(Scope::above_classes(actor, right)?.within(Column::Division, Some(Column::ProviderId)))
}

/// Lists at the places of the actor's roles, the newest first.
///
/// # Errors
/// `forbidden` if no role of the actor lets them see any.
pub(super) async fn list(cx: &Services, actor: &Actor, query: GraduationQuery) -> AppResult<Page<GraduationRow>> {
    let right = query.waits.map_or(Right::ReadDiplomas, right_of);
    let wanted = Condition::all()
        .add(within(actor, right)?)
        .add_option(query.division.map(|code| lies_in(Column::Division, code)))
        .add_option(query.provider_id.map(|id| Column::ProviderId.eq(id)))
        .add_option(query.waits.map(store::waits_for))
        .add_option(query.state.map(|state| Column::State.eq(state.as_str())));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<GraduationBatchId> = decode_cursor(&of_page)?;
    let rows = store::list_batches(cx.db.read(), wanted, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

async fn views(cx: &Services, rows: Vec<graduation_batch::Model>) -> AppResult<Vec<GraduationRow>> {
    let ids: Vec<GraduationBatchId> = rows.iter().map(|row| row.id).collect();
    let counts: HashMap<_, _> = store::count_graduates(cx.db.read(), &ids).await?.into_iter().collect();
    let schools = organisation::provider_names(cx, rows.iter().map(|row| row.provider_id)).await?;
    let view = |row: graduation_batch::Model| {
        Ok(GraduationRow {
            provider_name: schools.get(&row.provider_id).cloned().unwrap_or_default(),
            level: level_of(&row.level)?,
            state: state_of(&row)?,
            learners: counts.get(&row.id).and_then(|count| u32::try_from(*count).ok()).unwrap_or_default(),
            id: row.id,
            class_id: row.class_id,
            class_name: row.class_name,
            provider_id: row.provider_id,
            proposed_at: row.proposed_at,
            reason: row.reason,
        })
    };
    rows.into_iter().map(view).collect()
}

/// One list with its learners.
///
/// # Errors
/// `not-found` if there is none of which the actor may know.
pub(super) async fn get(cx: &Services, actor: &Actor, id: GraduationBatchId) -> AppResult<GraduationView> {
    let row = seen(cx, actor, id).await?;
    let people: Vec<AccountId> =
        [Some(row.proposed_by), row.confirmed_by, row.decided_by].into_iter().flatten().collect();
    let names = identity::names_of(cx, &people).await?;
    let name = |id: AccountId| names.get(&id).cloned().unwrap_or_default();
    let (proposed_by, confirmed_by, decided_by, decided_at) =
        (row.proposed_by, row.confirmed_by, row.decided_by, row.decided_at);
    let graduates = graduates(cx, id, state_of(&row)?).await?;
    let list = views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)?;
    Ok(GraduationView {
        list,
        proposed_by_name: name(proposed_by),
        confirmed_by_name: confirmed_by.map(name),
        decided_by_name: decided_by.map(name),
        decided_at,
        graduates,
    })
}

async fn graduates(cx: &Services, id: GraduationBatchId, state: GraduationState) -> AppResult<Vec<Graduate>> {
    let members = store::list_graduates(cx.db.read(), id).await?;
    let records: Vec<StudentRecordId> = members.iter().map(|member| member.record_id).collect();
    let diplomas = store::list_diplomas_of_batch(cx.db.read(), id).await?.into_iter();
    let mut diplomas: HashMap<StudentRecordId, _> = diplomas.map(|row| (row.record_id, row)).collect();
    let mut gaps = match graduation_turn(state) {
        Some(_) => gaps_of(cx, &records).await?,
        None => HashMap::new(),
    };
    let graduate = |member: graduation_member::Model| {
        let diploma = diplomas.remove(&member.record_id);
        let (name, diploma_number) = match diploma {
            Some(diploma) => (diploma.holder_name, Some(diploma.number)),
            None => (member.name, None),
        };
        let gaps = gaps.remove(&member.record_id).unwrap_or_default();
        Graduate { record_id: member.record_id, name, learner_number: member.learner_number, gaps, diploma_number }
    };
    Ok(members.into_iter().map(graduate).collect())
}

/// What these learners lack by now.
async fn gaps_of(
    cx: &Services,
    records: &[StudentRecordId],
) -> AppResult<HashMap<StudentRecordId, Vec<GraduationGap>>> {
    let yardstick = Yardstick::load(cx).await?;
    let mut gaps = HashMap::new();
    for learner in enrolment::learners_by_records(cx, records).await? {
        gaps.insert(learner.record_id, yardstick.judge(cx, &learner).await?.gaps);
    }
    Ok(gaps)
}
