//! The steps of a class: approved by the county, then enrolling, running, finished, archived.

use super::{count_learners, facts, locked, permit_class, plan::KeepClass};
use crate::{
    access::{Action, Actor, Permit, actions},
    learning::{entity::class, store},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use shared::{
    ids::{AccountId, ClassId},
    learning::{ClassState, judge_class_step, may_begin},
    organisation::OpenState,
    time::Timestamp,
};

actions! {
    /// Approve what a school plans.
    ApprovePlan(ClassId) = ApproveClass;
}

/// Brings a class to the state after the present one.
///
/// # Errors
/// `not-found`, `forbidden`, or why it does not move.
pub async fn step(cx: &Services, actor: &Actor, id: ClassId, wanted: ClassState) -> AppResult<()> {
    if wanted == ClassState::Approved {
        take(cx, &permit_class::<ApprovePlan>(cx, actor, id).await?, wanted).await
    } else {
        take(cx, &permit_class::<KeepClass>(cx, actor, id).await?, wanted).await
    }
}

async fn take<A: Action<Target = ClassId>>(cx: &Services, permit: &Permit<A>, wanted: ClassState) -> AppResult<()> {
    let (id, by) = (*permit.target(), permit.person()?);
    let school = super::class(cx, id).await?.provider_id;
    cx.db
        .write(permit, async |tx| {
            // Who closes a school holds it while they look at its classes.
            let school = organisation::hold_provider(tx, school).await?;
            may_begin(wanted, school.state == OpenState::Open).map_err(AppError::refused)?;
            let class = locked(tx, id).await?;
            let facts = facts(&class, count_learners(tx, id).await?)?;
            judge_class_step(&facts, wanted, by).map_err(AppError::refused)?;
            tx.note("state", wanted.as_str());
            let class = class::Model { state: wanted.as_str().to_owned(), version: class.version + 1, ..class };
            let class = if wanted == ClassState::Approved { approved(class, by, tx.now()) } else { class };
            store::update_class(tx.conn(), class).await
        })
        .await
}

fn approved(class: class::Model, by: AccountId, at: Timestamp) -> class::Model {
    class::Model { approved_by: Some(by), approved_at: Some(at), ..class }
}
