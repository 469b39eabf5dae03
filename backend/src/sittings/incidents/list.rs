//! The incidents that somebody may see.

use super::{OFFICE, of_others, todays, views::views, visible, waits::waiting};
use crate::{
    access::{Actor, Scope},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
    sittings::{entity::incident::Column, store},
};
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    ids::{ExamSessionId, IncidentId},
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::Right,
    sittings::{IncidentState, IncidentView},
    work::IncidentWait,
};

/// Which incidents a client asks for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct IncidentQuery {
    /// Only those that wait for the reader to do this.
    waits: Option<IncidentWait>,
    /// Only those of this exam session.
    exam_session_id: Option<ExamSessionId>,
    /// Only those that stand there.
    state: Option<IncidentState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

/// The incidents that the actor may see, the newest first.
///
/// # Errors
/// `forbidden` if there can be none.
pub(super) async fn list(cx: &Services, actor: &Actor, query: IncidentQuery) -> AppResult<Page<IncidentView>> {
    let waiting = match query.waits {
        Some(wait) => Some(waiting(cx, actor, wait).await?),
        None => None,
    };
    let within = Condition::all()
        .add(seen(cx, actor).await?)
        .add(of_others(cx, actor).await?)
        .add_option(waiting)
        .add_option(query.exam_session_id.map(|id| Column::ExamSessionId.eq(id)))
        .add_option(query.state.map(|state| Column::State.eq(state.as_str())));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let rows = store::list_incidents(cx.db.read(), within, decode_cursor(&of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views(cx, actor, found.items).await?, next_cursor: found.next_cursor })
}

/// One incident.
///
/// # Errors
/// `not-found`.
pub(super) async fn get(cx: &Services, actor: &Actor, id: IncidentId) -> AppResult<IncidentView> {
    let row = visible(cx, actor, id).await?;
    views(cx, actor, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

/// What a statement shows to the actor: at the places of their office, and today's where they are there.
async fn seen(cx: &Services, actor: &Actor) -> AppResult<Condition> {
    let mut seen = Vec::new();
    for right in OFFICE {
        seen.extend(Scope::of(actor, right).ok().map(|scope| scope.within(Column::Division, None)));
    }
    if let Ok(scope) = Scope::of(actor, Right::SignIncident) {
        let today = Column::ExamSessionId.is_in(todays(cx, actor).await?);
        seen.push(Condition::all().add(scope.within(Column::Division, None)).add(today));
    }
    if seen.is_empty() {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    Ok(seen.into_iter().fold(Condition::any(), Condition::add))
}
