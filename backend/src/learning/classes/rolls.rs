//! What features above classes ask of them.

use super::{place_of, seen};
use crate::{
    access::{Actor, ClassBook, ClassRoll, ClassesOf},
    enrolment,
    learning::{entity::class::Column, store},
    platform::{Services, db::Tx, error::AppResult},
};
use futures::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, Condition};
use shared::{ids::ClassId, organisation::UnfinishedClass};

/// Every class of the province.
pub struct ClassRolls(pub Services);

impl ClassBook for ClassRolls {
    fn roll<'a>(&'a self, actor: &'a Actor, id: ClassId) -> LocalBoxFuture<'a, AppResult<ClassRoll>> {
        Box::pin(roll(&self.0, actor, id))
    }

    fn unfinished<'a>(&'a self, tx: &'a Tx, of: ClassesOf) -> LocalBoxFuture<'a, AppResult<Vec<UnfinishedClass>>> {
        Box::pin(unfinished(tx, of))
    }
}

async fn unfinished(tx: &Tx, of: ClassesOf) -> AppResult<Vec<UnfinishedClass>> {
    let theirs = match of {
        ClassesOf::School(id) => Column::ProviderId.eq(id),
        ClassesOf::Point(id) => Column::TeachingPointId.eq(id),
    };
    let classes = store::list_unfinished_classes(tx.conn(), Condition::all().add(theirs)).await?;
    Ok(classes.into_iter().map(|row| UnfinishedClass { id: row.id, name: row.name }).collect())
}

async fn roll(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<ClassRoll> {
    let class = seen(cx, actor, id).await?;
    let accounts = store::list_members(cx.db.read(), id).await?;
    let learners = enrolment::learners_of(cx, &accounts).await?;
    let people = learners.into_values().map(|learner| learner.person_id).collect();
    Ok(ClassRoll { id, place: place_of(&class), name: class.name, accounts, people })
}
