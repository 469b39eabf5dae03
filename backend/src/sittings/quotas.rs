//! How many candidates from a place a test takes. The exam session is locked while somebody registers, so nobody takes the
//! last place twice.

use super::{entity::exam_session, facts::ExamSessionFacts, registering::Home, store};
use crate::{
    organisation,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use shared::sittings::{ExamQuota, QuotaRefusal, QuotaView, may_take_place, quota_of};

/// What is stored of quotas.
pub(super) fn text_of(quotas: &[ExamQuota]) -> AppResult<Option<String>> {
    let text = (!quotas.is_empty()).then(|| serde_json::to_string(quotas));
    text.transpose().map_err(AppError::internal)
}

/// The quotas of a test.
pub(super) fn quotas_of(row: &exam_session::Model) -> AppResult<Vec<ExamQuota>> {
    let quotas = row.quotas.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
    Ok(quotas.unwrap_or_default())
}

/// Whether one more from there may register for a locked exam session.
pub(super) async fn has_place(
    tx: &Tx,
    exam_session: &ExamSessionFacts,
    home: Option<Home>,
) -> AppResult<Result<(), QuotaRefusal>> {
    let from = home.map(|home| home.division);
    let Some(quota) = quota_of(&exam_session.quotas, from) else { return Ok(Ok(())) };
    let taken = store::count_registered_from(tx.conn(), exam_session.id, &quota.division).await?;
    Ok(may_take_place(quota, taken))
}

/// The quotas of a test, with how far they are used.
pub(super) async fn views(cx: &Services, row: &exam_session::Model) -> AppResult<Vec<QuotaView>> {
    let quotas = quotas_of(row)?;
    if quotas.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = organisation::division_names(cx, quotas.iter().map(|quota| quota.division.as_str())).await?;
    let mut views = Vec::with_capacity(quotas.len());
    for ExamQuota { division, places } in quotas {
        let taken = store::count_registered_from(cx.db.read(), row.id, &division).await?;
        let division_name = names.remove(division.as_str()).unwrap_or_default();
        views.push(QuotaView { division, division_name, places, taken: u32::try_from(taken).unwrap_or(u32::MAX) });
    }
    Ok(views)
}
