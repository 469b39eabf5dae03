//! What keeps learners from a test beside the course: where it is held, and what else they sit at that time.

use super::{
    accommodations::granted_on,
    entity::exam_session,
    facts::kind_of,
    plan_check::{is_told, window},
    store,
};
use crate::{
    enrolment, learning,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use sea_orm::ConnectionTrait;
use shared::{ids::AccountId, time::Timestamp};
use std::collections::{BTreeSet, HashMap};

/// From when until when a test is sat.
pub(super) type Window = (Timestamp, Timestamp);

/// Significant digits of the divisions in which a learner learns: where their record is kept and where their classes
/// are; of who has neither, where their classes were.
pub(super) async fn learns_in(cx: &Services, account_id: AccountId) -> AppResult<Vec<String>> {
    let record = enrolment::record_of(cx, account_id).await?;
    let classes = learning::classes_of(cx, account_id).await?;
    let mut places: Vec<_> = classes.into_iter().map(|class| class.division).collect();
    places.extend(record.map(|record| record.division));
    if places.is_empty() {
        let left = learning::classes_ever_of(cx, account_id).await?;
        places.extend(left.into_iter().map(|class| class.division));
    }
    Ok(places)
}

/// When each of these learners sits a test, with the extra time that they were granted.
pub(super) async fn windows(
    conn: &impl ConnectionTrait,
    row: &exam_session::Model,
    accounts: &[AccountId],
) -> AppResult<HashMap<AccountId, Window>> {
    let granted = granted_on(conn, accounts, row.starts_at.date_in_china()).await?;
    let duration_min = u16::try_from(row.duration_min).map_err(AppError::internal)?;
    let sits = |account_id: &AccountId| {
        let extra_min = granted.get(account_id).map_or(0, |needs| needs.extra_min(duration_min));
        (*account_id, window(row, i32::from(extra_min)))
    };
    Ok(accounts.iter().map(sits).collect())
}

/// When each of these learners sits other tests than this one, as far as they are registered for them and they have not
/// begun: one that runs may be over by then. For practice nobody has to be anywhere, and who practises is free at any time.
pub(super) async fn taken(
    conn: &impl ConnectionTrait,
    row: &exam_session::Model,
    accounts: &[AccountId],
    now: Timestamp,
) -> AppResult<HashMap<AccountId, Vec<Window>>> {
    let mut taken: HashMap<AccountId, Vec<Window>> = HashMap::new();
    if !kind_of(row)?.counts() {
        return Ok(taken);
    }
    let registered = store::list_registrations_of(conn, accounts).await?;
    let ids: BTreeSet<_> = registered.iter().map(|one| one.exam_session_id).filter(|id| *id != row.id).collect();
    for other in store::list_exam_sessions(conn, ids).await? {
        if other.starts_at <= now || !is_told(&other)? || !kind_of(&other)?.counts() {
            continue;
        }
        let theirs = registered.iter().filter(|one| one.exam_session_id == other.id);
        let theirs: Vec<_> = theirs.map(|one| one.account_id).collect();
        for (account_id, window) in windows(conn, &other, &theirs).await? {
            taken.entry(account_id).or_default().push(window);
        }
    }
    Ok(taken)
}
