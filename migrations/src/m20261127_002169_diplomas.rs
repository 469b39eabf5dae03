//! The register of diplomas. `seq` counts the entries of one issuing bureau; each holds the digest of the one before, so
//! that none is changed or left out unseen. An entry is never changed: that it was made void, and that an extract was
//! given in the place of the lost paper, stands beside it. `name_key` holds the bytes of the name.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        diplomas(manager).await?;
        manager
            .create_table(
                Table::create()
                    .table("diploma_revocation")
                    .col(uuid("diploma_id").primary_key())
                    .col(uuid("proposed_by"))
                    .col(big_integer("proposed_at"))
                    .col(text("reason"))
                    .col(uuid_null("confirmed_by"))
                    .col(big_integer_null("confirmed_at"))
                    .foreign_key(ForeignKey::create().from("diploma_revocation", "diploma_id").to("diploma", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("diploma_extract")
                    .col(uuid("diploma_id"))
                    .col(integer("nth"))
                    .col(text("reason"))
                    .col(uuid("issued_by"))
                    .col(big_integer("issued_at"))
                    .primary_key(Index::create().col("diploma_id").col("nth"))
                    .foreign_key(ForeignKey::create().from("diploma_extract", "diploma_id").to("diploma", "id"))
                    .to_owned(),
            )
            .await
    }
}

async fn diplomas(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("diploma")
                .col(uuid("id").primary_key())
                .col(string("number"))
                .col(uuid("batch_id"))
                .col(uuid("record_id"))
                .col(string("level"))
                .col(string("holder_name"))
                .col(blob("name_key"))
                .col(string("learner_number"))
                .col(uuid("provider_id"))
                .col(string("school"))
                .col(string("division"))
                .col(string("issuer"))
                .col(big_integer("seq"))
                .col(string("issued_on"))
                .col(uuid("issued_by"))
                .col(big_integer("issued_at"))
                .col(string("previous"))
                .col(string("digest"))
                .foreign_key(ForeignKey::create().from("diploma", "batch_id").to("graduation_batch", "id"))
                .foreign_key(ForeignKey::create().from("diploma", "record_id").to("student_record", "id"))
                .to_owned(),
        )
        .await?;
    for (name, columns) in [
        ("ux_diploma_number", ["number"].as_slice()),
        ("ux_diploma_record", ["record_id"].as_slice()),
        ("ux_diploma_register", ["issuer", "seq"].as_slice()),
    ] {
        let mut index = Index::create();
        index.name(name).table("diploma").unique();
        for column in columns {
            index.col(*column);
        }
        manager.create_index(index).await?;
    }
    for column in ["division", "name_key", "batch_id"] {
        let index = Index::create().name(format!("ix_diploma_{column}")).table("diploma").col(column).to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}
