//! Which incidents wait for whom.

use super::{of_others, todays};
use crate::{
    access::{Actor, Scope, lies_in},
    platform::{Services, error::AppResult},
    sittings::{entity::incident::Column, store},
};
use sea_orm::{ColumnTrait, Condition, sea_query::Expr};
use shared::{
    ids::AccountId,
    organisation::DivisionCode,
    rights::{Place, Right, places},
    sittings::{IncidentKind, IncidentState, may_decide_at},
    time::Timestamp,
    work::IncidentWait,
};

/// How many incidents wait for the actor to do this.
pub(in crate::sittings) async fn count_waiting(cx: &Services, actor: &Actor, wait: IncidentWait) -> AppResult<u64> {
    if Scope::of(actor, right_to(wait)).is_err() {
        return Ok(0);
    }
    let within = waiting(cx, actor, wait).await?.add(of_others(cx, actor).await?);
    store::count_incidents(cx.db.read(), within).await
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
    let turn = match wait {
        IncidentWait::Sign => {
            let today = Column::ExamSessionId.is_in(todays(cx, actor).await?);
            stands(IncidentState::Recorded).add(today)
        }
        IncidentWait::Decide => ripe(cx.clock.now()).add(decidable(actor)),
        IncidentWait::Reconsider => stands(IncidentState::Appealed).add(store::not_upheld_by(actor.account_id)),
    };
    Ok(turn.add(within).add(no_party(actor.account_id)))
}

fn stands(state: IncidentState) -> Condition {
    Condition::all().add(Column::State.eq(state.as_str()))
}

/// What can be decided; and what was left open on the day of its test, when those who were there go: who decides takes
/// it from there, or a result would be held for ever.
fn ripe(now: Timestamp) -> Condition {
    let midnight = Timestamp::of_day_in_china(now.date_in_china());
    let left = Condition::any().add(stands(IncidentState::Recorded)).add(stands(IncidentState::Signed));
    let left = Condition::all().add(left).add(Column::RecordedAt.lt(midnight));
    Condition::all().add(Condition::any().add(stands(IncidentState::Heard)).add(left))
}

/// What somebody neither recorded nor signed.
fn no_party(person: AccountId) -> Condition {
    let by_others = Condition::any().add(Column::SignedBy.is_null()).add(Column::SignedBy.ne(person));
    Condition::all().add(Column::RecordedBy.ne(person)).add(by_others)
}

/// What the actor may decide: of each division for which they act, the kinds that are decided there.
fn decidable(actor: &Actor) -> Condition {
    let held = places(&actor.roles, Right::DecideIncident).filter_map(|place| match place {
        Place::Division { code } => DivisionCode::parse(code),
        Place::Provider { .. }
        | Place::Class { .. }
        | Place::ServicePoint { .. }
        | Place::Course { .. }
        | Place::Own { .. } => None,
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
