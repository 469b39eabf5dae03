//! What merging two persons, and a correction, must know of student records.

use super::{amend, standing, store};
use crate::{
    people::{FactColumn, FactKeeper, Holder, Learning, MergePair, RightEducation},
    platform::{
        Services,
        db::{Conn, Tx},
        error::AppResult,
    },
};
use futures::future::LocalBoxFuture;
use shared::{ids::PersonId, people::FactKind};

/// Student records, and the account by which a person learns.
struct EnrolmentFacts;

/// See [`EnrolmentFacts`].
#[must_use]
pub fn person_facts() -> Box<dyn FactKeeper> {
    Box::new(EnrolmentFacts)
}

const COLUMNS: &[FactColumn] = &[
    FactColumn { kind: FactKind::StudentRecord, row: "id", holder: "person_id", holds: Holder::Person },
    FactColumn { kind: FactKind::StudentRecord, row: "id", holder: "account_id", holds: Holder::Account },
];

impl FactKeeper for EnrolmentFacts {
    fn columns(&self) -> &'static [FactColumn] {
        COLUMNS
    }

    fn learning_of<'a>(
        &'a self,
        conn: &'a Conn<'a>,
        person: PersonId,
    ) -> LocalBoxFuture<'a, AppResult<Option<Learning>>> {
        Box::pin(async move {
            let records = store::list_of_person(conn, person).await?;
            Ok(Some(Learning {
                account: records.iter().find_map(|row| row.account_id),
                is_running: records.iter().any(|row| row.is_running),
            }))
        })
    }

    /// What is told of persons follows the records.
    fn settle<'a>(
        &'a self,
        cx: &'a Services,
        tx: &'a Tx,
        pair: &'a MergePair,
        _is_merged: bool,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(async move {
            for person in pair.people() {
                let records = store::list_of_person(tx.conn(), person).await?;
                standing::tell(cx, tx, person, &records).await?;
            }
            Ok(())
        })
    }

    fn correct_education<'a>(
        &'a self,
        _cx: &'a Services,
        tx: &'a Tx,
        right: &'a RightEducation,
    ) -> LocalBoxFuture<'a, AppResult<()>> {
        Box::pin(amend::correct_education(tx, right))
    }
}
