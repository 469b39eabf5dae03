//! Who has left a school leaves its classes, whatever their state: nobody studies where they have no record.

use super::{locked, members};
use crate::{
    access::{JobName, Permit, actions},
    enrolment::{self, Leaver},
    learning::store,
    platform::{
        Services,
        db::Tx,
        error::AppResult,
        jobs::{Run, Step, Work},
    },
};
use serde::{Deserialize, Serialize};
use shared::ids::{ClassId, StudentRecordId};

actions! {
    /// Let who has left a school leave its classes.
    LeaveSchool(StudentRecordId) = KeepClasses;
}

/// Writes down that a learner who left a school is in none of its classes any more.
pub struct LeaveClasses;

/// What [`LeaveClasses`] is about: the payload of [`enrolment::RECORD_LEFT`].
#[derive(Serialize, Deserialize)]
pub struct LeftRecord {
    record_id: StudentRecordId,
    seq: i32,
}

impl Work for LeaveClasses {
    type Input = LeftRecord;
    const KIND: &'static str = "leave_classes";

    async fn run(cx: Services, _: Run, LeftRecord { record_id, seq }: LeftRecord) -> AppResult<Step> {
        let permit = Permit::<LeaveSchool>::for_job(JobName::LeaveClasses, record_id);
        cx.db
            .write(&permit, async |tx| {
                let Some(leaver) = enrolment::leaver(tx, record_id, seq).await? else { return Ok(()) };
                for id in classes_of(tx, &leaver).await? {
                    leave(&cx, tx, id, &leaver).await?;
                }
                Ok(())
            })
            .await?;
        Ok(Step::Done)
    }
}

/// The classes of the school that the learner is or was in, in the order in which they are locked.
async fn classes_of(tx: &Tx, leaver: &Leaver) -> AppResult<Vec<ClassId>> {
    let members = store::list_memberships(tx.conn(), leaver.account_id).await?;
    let ids: Vec<_> = members.into_iter().map(|member| member.class_id).collect();
    let classes = store::list_classes_by_ids(tx.conn(), &ids).await?.into_iter();
    let mut ids: Vec<_> =
        classes.filter(|class| class.provider_id == leaver.provider_id).map(|class| class.id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Who joined after they had left came by another record, and stays.
async fn leave(cx: &Services, tx: &Tx, id: ClassId, leaver: &Leaver) -> AppResult<()> {
    locked(tx, id).await?;
    match members::present(tx, id, leaver.account_id).await? {
        Some(member) if member.joined_at <= leaver.left_at => {
            members::depart(cx, tx, &member, leaver.left_at, (leaver.recorded_by, &leaver.reason)).await
        }
        _ => Ok(()),
    }
}
