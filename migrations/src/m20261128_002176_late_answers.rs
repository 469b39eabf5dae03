//! Answers that came late are told to who runs the room and the day. They are few among millions: an index of their own
//! finds them, and what comes in time never touches it.

use sea_orm_migration::prelude::*;

/// Both stores know an index over some of the rows, and write it alike.
const OF_LATE_ONES: &str =
    "CREATE INDEX ix_answer_entry_late ON answer_entry (sitting_id) WHERE verdict = 'store_as_late'";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(OF_LATE_ONES).await.map(drop)
    }
}
