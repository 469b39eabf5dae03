//! Video and sound of lessons, named by their content.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The parts come first, each for itself, and nobody finds them before the recording is there that they are of: so no
/// key leads from them to it.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("recording")
                    .col(string("sha256").primary_key())
                    .col(string("kind"))
                    .col(big_integer("bytes"))
                    .col(uuid_null("added_by"))
                    .col(big_integer("added_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("recording_part")
                    .col(string("sha256"))
                    .col(integer("part"))
                    .col(blob("content"))
                    .primary_key(Index::create().col("sha256").col("part"))
                    .to_owned(),
            )
            .await
    }
}
