//! A certificate may be issued anew (换发): the name that it was issued to, and its editions.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = |column: ColumnDef| Table::alter().table("certificate").add_column(column).to_owned();
        // The first certificate of a sitting is edition 1; each reissue counts one further.
        manager.alter_table(add(integer("edition").default(1).to_owned())).await?;
        // The certificate in whose place it was issued.
        manager.alter_table(add(uuid_null("supersedes").to_owned())).await?;
        manager.alter_table(add(string("holder_name").default("").to_owned())).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE certificate SET holder_name = \
                 (SELECT display_name FROM account WHERE account.id = certificate.account_id)",
            )
            .await?;
        manager.drop_index(Index::drop().name("ux_certificate_sitting").table("certificate").to_owned()).await?;
        manager
            .create_index(
                Index::create()
                    .name("ux_certificate_sitting_edition")
                    .table("certificate")
                    .col("sitting_id")
                    .col("edition")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("ix_certificate_supersedes").table("certificate").col("supersedes").to_owned(),
            )
            .await
    }
}
