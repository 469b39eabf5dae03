//! The key of a sealed paper in many hands. While its shares are handed out each lies sealed by the key at rest; a share
//! that was shown leaves its digest alone, and when all were typed back the paper's own copy of the key goes, too. What
//! is left opens with the shares that custodians hand in.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(ceremony()).await?;
        manager.create_table(share()).await?;
        for (name, table, column) in [
            ("ix_key_ceremony_paper", "key_ceremony", "paper_id"),
            ("ix_key_share_ceremony", "key_share", "ceremony_id"),
            ("ix_key_share_custodian", "key_share", "custodian_id"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}

fn ceremony() -> TableCreateStatement {
    Table::create()
        .table("key_ceremony")
        .col(uuid("id").primary_key())
        .col(uuid("paper_id"))
        .col(integer("threshold"))
        .col(blob_null("wrapped_key"))
        .col(uuid("begun_by"))
        .col(big_integer("begun_at"))
        .col(big_integer_null("closed_at"))
        .col(big_integer_null("ended_at"))
        .foreign_key(ForeignKey::create().from("key_ceremony", "paper_id").to("paper", "id"))
        .to_owned()
}

fn share() -> TableCreateStatement {
    Table::create()
        .table("key_share")
        .col(uuid("id").primary_key())
        .col(uuid("ceremony_id"))
        .col(uuid("custodian_id"))
        .col(string("division"))
        .col(integer("position"))
        .col(string("sha256"))
        .col(blob_null("content"))
        .col(big_integer_null("shown_at"))
        .col(big_integer_null("confirmed_at"))
        .col(big_integer_null("handed_in_at"))
        .foreign_key(ForeignKey::create().from("key_share", "ceremony_id").to("key_ceremony", "id"))
        .to_owned()
}
