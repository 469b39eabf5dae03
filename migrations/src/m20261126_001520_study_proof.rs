//! Prints of study records, so that anybody can check one by its number: the digest of the file, and when it was
//! printed. Whose it is stands on the print and in the audit log alone.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("study_proof")
                    .col(string("number").primary_key())
                    .col(string("digest"))
                    .col(big_integer("issued_at"))
                    .to_owned(),
            )
            .await
    }
}
