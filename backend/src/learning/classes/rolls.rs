//! What features above classes ask of them.

use super::seen;
use crate::{
    access::{Actor, ClassBook, ClassRoll},
    enrolment,
    learning::store,
    platform::{Services, db::Tx, error::AppResult},
};
use futures::future::LocalBoxFuture;
use shared::{
    ids::{ClassId, ProviderId},
    organisation::UnfinishedClass,
};

/// Every class of the province.
pub struct ClassRolls(pub Services);

impl ClassBook for ClassRolls {
    fn roll<'a>(&'a self, actor: &'a Actor, id: ClassId) -> LocalBoxFuture<'a, AppResult<ClassRoll>> {
        Box::pin(roll(&self.0, actor, id))
    }

    fn unfinished<'a>(&'a self, tx: &'a Tx, school: ProviderId) -> LocalBoxFuture<'a, AppResult<Vec<UnfinishedClass>>> {
        Box::pin(unfinished(tx, school))
    }
}

async fn unfinished(tx: &Tx, school: ProviderId) -> AppResult<Vec<UnfinishedClass>> {
    let classes = store::list_unfinished_classes(tx.conn(), school).await?;
    Ok(classes.into_iter().map(|row| UnfinishedClass { id: row.id, name: row.name }).collect())
}

async fn roll(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<ClassRoll> {
    let class = seen(cx, actor, id).await?;
    let accounts = store::list_members(cx.db.read(), id).await?;
    let learners = enrolment::learners_of(cx, &accounts).await?;
    let people = learners.into_values().map(|learner| learner.person_id).collect();
    Ok(ClassRoll { id, name: class.name, accounts, people })
}
