//! What features above classes know of them: who is in one, and which a school or a teaching point still has.

use super::Actor;
use crate::platform::{db::Tx, error::AppResult};
use futures::future::LocalBoxFuture;
use shared::{
    ids::{AccountId, ClassId, PersonId, ProviderId, TeachingPointId},
    organisation::UnfinishedClass,
    rights::Place,
};

/// The learners of a class to which a list is narrowed down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRoll {
    /// The class.
    pub id: ClassId,
    /// What it is called.
    pub name: String,
    /// Where it lies.
    pub place: Place,
    /// The accounts of those who are in it.
    pub accounts: Vec<AccountId>,
    /// The same persons.
    pub people: Vec<PersonId>,
}

/// Whose classes are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassesOf {
    /// A school's.
    School(ProviderId),
    /// Those that meet at a teaching point.
    Point(TeachingPointId),
}

/// Knows the classes and who is in them; `learning` does, and `app` wires it.
pub trait ClassBook {
    /// Who is in a class that the actor may see; `not-found` if there is none.
    fn roll<'a>(&'a self, actor: &'a Actor, id: ClassId) -> LocalBoxFuture<'a, AppResult<ClassRoll>>;

    /// The classes that are not over, by name. Who has locked the school or the point gets no new one until the write
    /// ends.
    fn unfinished<'a>(&'a self, tx: &'a Tx, of: ClassesOf) -> LocalBoxFuture<'a, AppResult<Vec<UnfinishedClass>>>;
}

/// Who is in the class that a list is narrowed down to, if it is to one.
///
/// # Errors
/// The parameter `class_id` if the actor sees no such class.
pub async fn roll_of(book: &dyn ClassBook, actor: &Actor, class: Option<ClassId>) -> AppResult<Option<ClassRoll>> {
    match class {
        Some(id) => Ok(Some(book.roll(actor, id).await.map_err(|error| error.at_field("/class_id"))?)),
        None => Ok(None),
    }
}
