//! What merging, transfers and corrections must know of every feature: where facts of persons lie, what keeps them
//! from moving, what follows a person, and what a feature knows of them beside `people`.
//!
//! A feature below `people` says it of its own tables, and `app` binds it together.

use super::own::OwnFacts;
use crate::platform::{
    Services,
    db::{Conn, Tx},
    error::AppResult,
};
use futures::future::{LocalBoxFuture, ready};
use shared::{
    ids::{AccountId, PersonId},
    people::{FactKind, MergeObstacle},
    person::EducationLevel,
    rights::Place,
    time::Timestamp,
};
use uuid::Uuid;

/// A column that says whose the facts of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactColumn {
    /// The table.
    pub kind: FactKind,
    /// The column that, beside the holder's, names a row.
    pub row: &'static str,
    /// The column that names the holder.
    pub holder: &'static str,
    /// What the holder is.
    pub holds: Holder,
}

/// Whom a column names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person.
    Person,
    /// The account by which a person learns.
    Account,
    /// A row of the same feature that may stay behind; it says itself what follows ([`Findings`]).
    Row,
}

/// How a person learns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Learning {
    /// The account by which they do, on whatever records.
    pub account: Option<AccountId>,
    /// Whether a student record of theirs runs.
    pub is_running: bool,
}

/// The two persons of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergePair {
    /// Who stays.
    pub survivor: PersonId,
    /// Whose record ends.
    pub merged: PersonId,
    /// How the survivor learns.
    pub survivor_learns: Learning,
    /// How the merged one learns.
    pub merged_learns: Learning,
}

impl MergePair {
    /// From whom to whom rows with such a holder go. If only one of the two has an account, it goes
    /// along with its owner's student record, and its rows stay as they are.
    #[must_use]
    pub fn way(&self, holds: Holder) -> Option<(Uuid, Uuid)> {
        match holds {
            Holder::Person => Some((self.merged.0, self.survivor.0)),
            Holder::Account => Some((self.merged_learns.account?.0, self.survivor_learns.account?.0)),
            Holder::Row => None,
        }
    }

    /// Both persons.
    #[must_use]
    pub const fn people(&self) -> [PersonId; 2] {
        [self.survivor, self.merged]
    }

    /// The accounts of both.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountId> {
        self.survivor_learns.account.into_iter().chain(self.merged_learns.account).collect()
    }
}

/// What a feature finds of two persons.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// What forbids that they become one.
    pub obstacles: Vec<MergeObstacle>,
    /// Rows of the merged one that stay, because the survivor has the same.
    pub staying: Vec<(FactKind, Uuid)>,
    /// What hangs on a row that stays, and the survivor's row to which it goes.
    pub following: Vec<(FactKind, Uuid, Uuid)>,
}

/// A person who goes from one place to another.
#[derive(Clone, Debug)]
pub struct PersonMove {
    /// Who goes.
    pub person_id: PersonId,
    /// The place that kept them.
    pub from: Place,
    /// The place that keeps them from now on.
    pub to: Place,
    /// Significant digits of the township that they live in from now on.
    pub residence_division: String,
}

/// Two persons who were one for a while, and how each comes to where they are kept now.
#[derive(Clone, Debug)]
pub struct Parting {
    /// When they became one.
    pub merged_at: Timestamp,
    /// The survivor's way since then; it begins and ends at one place if they stayed.
    pub survivor: PersonMove,
    /// The merged one's way home, from where the survivor is now.
    pub merged: PersonMove,
}

/// What somebody has learnt before, put right.
#[derive(Clone, Debug)]
pub struct RightEducation {
    /// Whose it is.
    pub person_id: PersonId,
    /// What is right.
    pub level: EducationLevel,
    /// Who has checked it.
    pub by: AccountId,
    /// Why; may be empty.
    pub reason: String,
}

/// What a feature knows of persons.
pub trait FactKeeper: Send + Sync {
    /// Where facts of persons lie in its tables.
    fn columns(&self) -> &'static [FactColumn];

    /// How a person learns; one feature knows it.
    fn learning_of<'a>(
        &'a self,
        _conn: &'a Conn<'a>,
        _person: PersonId,
    ) -> LocalBoxFuture<'a, AppResult<Option<Learning>>> {
        Box::pin(ready(Ok(None)))
    }

    /// What it finds of two persons before a merge.
    fn find<'a>(&'a self, _conn: &'a Conn<'a>, _pair: &'a MergePair) -> LocalBoxFuture<'a, AppResult<Findings>> {
        Box::pin(ready(Ok(Findings::default())))
    }

    /// After facts have moved, or have gone back: what follows from them is brought up to date.
    fn settle<'a>(
        &'a self,
        _cx: &'a Services,
        _tx: &'a Tx,
        _pair: &'a MergePair,
        _is_merged: bool,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(ready(Ok(())))
    }

    /// After facts have gone back: what moves of the survivor have done to them meanwhile is undone.
    fn part<'a>(&'a self, _cx: &'a Services, _tx: &'a Tx, _parting: &'a Parting) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(ready(Ok(())))
    }

    /// After a person has gone to another place: what the place they left had of them goes along.
    fn follow<'a>(
        &'a self,
        _cx: &'a Services,
        _tx: &'a Tx,
        _going: &'a PersonMove,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(ready(Ok(())))
    }

    /// What a person has learnt before is put right wherever it stands; an error leaves everything as it is.
    fn correct_education<'a>(
        &'a self,
        _cx: &'a Services,
        _tx: &'a Tx,
        _right: &'a RightEducation,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(ready(Ok(())))
    }
}

/// A feature of whose facts nothing more is to be known than where they lie.
#[derive(Clone, Copy, Debug)]
pub struct PlainFacts(pub &'static [FactColumn]);

impl FactKeeper for PlainFacts {
    fn columns(&self) -> &'static [FactColumn] {
        self.0
    }
}

/// What all features know of persons.
pub struct FactBook(Vec<Box<dyn FactKeeper>>);

impl FactBook {
    /// Of the features below `people`; its own facts are in it.
    #[must_use]
    pub fn new(features: Vec<Box<dyn FactKeeper>>) -> Self {
        let own: Box<dyn FactKeeper> = Box::new(OwnFacts);
        Self(std::iter::once(own).chain(features).collect())
    }

    /// Where facts of persons lie, table by table.
    pub fn columns(&self) -> impl Iterator<Item = &'static FactColumn> + '_ {
        self.0.iter().flat_map(|keeper| keeper.columns())
    }

    /// Two persons, and how they learn.
    pub(super) async fn pair(&self, conn: &Conn<'_>, survivor: PersonId, merged: PersonId) -> AppResult<MergePair> {
        let (survivor_learns, merged_learns) =
            (self.learning_of(conn, survivor).await?, self.learning_of(conn, merged).await?);
        Ok(MergePair { survivor, merged, survivor_learns, merged_learns })
    }

    /// How a person learns, if they do.
    pub(in crate::people) async fn learning_of(&self, conn: &Conn<'_>, person: PersonId) -> AppResult<Learning> {
        for keeper in &self.0 {
            if let Some(learning) = keeper.learning_of(conn, person).await? {
                return Ok(learning);
            }
        }
        Ok(Learning::default())
    }

    /// What all features find of two persons.
    pub(super) async fn find(&self, conn: &Conn<'_>, pair: &MergePair) -> AppResult<Findings> {
        let mut all = Findings::default();
        if pair.survivor_learns.is_running && pair.merged_learns.is_running {
            all.obstacles.push(MergeObstacle::RunningRecords);
        }
        for keeper in &self.0 {
            let found = keeper.find(conn, pair).await?;
            all.obstacles.extend(found.obstacles);
            all.staying.extend(found.staying);
            all.following.extend(found.following);
        }
        Ok(all)
    }

    /// Has all features bring up to date what follows from whose facts are whose.
    pub(super) async fn settle(&self, cx: &Services, tx: &Tx, pair: &MergePair, is_merged: bool) -> AppResult<()> {
        for keeper in &self.0 {
            keeper.settle(cx, tx, pair, is_merged).await?;
        }
        Ok(())
    }

    /// Has all features part what moves of the survivor have touched.
    pub(super) async fn part(&self, cx: &Services, tx: &Tx, parting: &Parting) -> AppResult<()> {
        for keeper in &self.0 {
            keeper.part(cx, tx, parting).await?;
        }
        Ok(())
    }

    /// Has all features follow a person to another place.
    pub(in crate::people) async fn follow(&self, cx: &Services, tx: &Tx, going: &PersonMove) -> AppResult<()> {
        for keeper in &self.0 {
            keeper.follow(cx, tx, going).await?;
        }
        Ok(())
    }

    /// Has all features put right what a person has learnt before.
    pub(in crate::people) async fn correct_education(
        &self,
        cx: &Services,
        tx: &Tx,
        right: &RightEducation,
    ) -> AppResult<()> {
        for keeper in &self.0 {
            keeper.correct_education(cx, tx, right).await?;
        }
        Ok(())
    }
}
