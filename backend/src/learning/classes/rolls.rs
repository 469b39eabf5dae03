//! Who is in a class, as lists of what stands above classes ask.

use super::seen;
use crate::{
    access::{Actor, ClassBook, ClassRoll},
    enrolment,
    learning::store,
    platform::{Services, error::AppResult},
};
use futures::future::LocalBoxFuture;
use shared::ids::ClassId;

/// Every class of the province.
pub struct ClassRolls(pub Services);

impl ClassBook for ClassRolls {
    fn roll<'a>(&'a self, actor: &'a Actor, id: ClassId) -> LocalBoxFuture<'a, AppResult<ClassRoll>> {
        Box::pin(roll(&self.0, actor, id))
    }
}

async fn roll(cx: &Services, actor: &Actor, id: ClassId) -> AppResult<ClassRoll> {
    let class = seen(cx, actor, id).await?;
    let accounts = store::list_members(cx.db.read(), id).await?;
    let learners = enrolment::learners_of(cx, &accounts).await?;
    let people = learners.into_values().map(|learner| learner.person_id).collect();
    Ok(ClassRoll { id, name: class.name, accounts, people })
}
