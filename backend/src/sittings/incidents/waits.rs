//! Which incidents wait for whom.

use super::todays;
use crate::{
    access::{Actor, Scope, lies_in},
    platform::{Services, error::AppResult},
    sittings::{entity::incident::Column, store},
};
use sea_orm::{ColumnTrait, Condition, sea_query::Expr};
use shared::{
    organisation::DivisionCode,
    rights::{Place, Right, places},
    sittings::{IncidentKind, IncidentState, may_decide_at},
    work::IncidentWait,
};

/// How many incidents wait for the actor to do this.
pub(in crate::sittings) async fn count_waiting(cx: &Services, actor: &Actor, wait: IncidentWait) -> AppResult<u64> {
    if Scope::of(actor, right_to(wait)).is_err() {
        return Ok(0);
    }
    store::count_incidents(cx.db.read(), waiting(cx, actor, wait).await?).await
}

/// Whose turn it is.
const fn right_to(wait: IncidentWait) -> Right {
    match wait {
        IncidentWait::Sign => Right::SignIncident,
        IncidentWait::Decide => Right::DecideIncident,
        IncidentWait::Reconsider => Right::ReconsiderIncident,
    }
}

/// The incidents that wait for the actor to do this.
///
/// # Errors
/// `forbidden` if it is never their turn.
pub(super) async fn waiting(cx: &Services, actor: &Actor, wait: IncidentWait) -> AppResult<Condition> {
    let within = Scope::of(actor, right_to(wait))?.within(Column::Division, None);
    let standing = |state: IncidentState| Condition::all().add(Column::State.eq(state.as_str()));
    Ok(match wait {
        IncidentWait::Sign => {
            let today = Column::ExamSessionId.is_in(todays(cx, actor).await?);
            standing(IncidentState::Recorded).add(within).add(today).add(Column::RecordedBy.ne(actor.account_id))
        }
        IncidentWait::Decide => standing(IncidentState::Heard).add(decidable(actor)),
        IncidentWait::Reconsider => standing(IncidentState::Appealed).add(within),
    })
}

/// What the actor may decide: of each division for which they act, the kinds that are decided there.
fn decidable(actor: &Actor) -> Condition {
    let held = places(&actor.roles, Right::DecideIncident).filter_map(|place| match place {
        Place::Division { code } => DivisionCode::parse(code),
        Place::Provider { .. } | Place::Class { .. } | Place::Own { .. } => None,
    });
    let of_division = |division: DivisionCode| {
        let kinds = IncidentKind::ALL.iter().filter(|kind| may_decide_at(kind.breach(), division.as_str()));
        let kinds: Vec<_> = kinds.map(|kind| kind.as_str()).collect();
        Condition::all().add(lies_in(Column::Division, division)).add(Column::Kind.is_in(kinds))
    };
    // A condition without any part would find everything.
    let nothing = Condition::any().add(Expr::value(false));
    held.map(of_division).fold(nothing, Condition::add)
}
