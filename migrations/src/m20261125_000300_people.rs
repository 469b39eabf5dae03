//! Persons, their documents over time, and their transfers between places.
//!
//! `number` and `phone` hold sealed values, `number_index` and `phone_index` blind indexes (ADR 11).

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people(manager).await?;
        documents(manager).await?;
        transfers(manager).await
    }
}

/// Who is kept, and where. `division` and `provider_id` are the place that keeps the person.
async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("person")
                .col(uuid("id").primary_key())
                .col(integer("version"))
                .col(string("name"))
                .col(string_null("sex"))
                .col(string_null("birth_date"))
                .col(blob_null("phone"))
                .col(blob_null("phone_index"))
                .col(string("household_division"))
                .col(string("residence_division"))
                .col(string("division"))
                .col(uuid_null("provider_id"))
                .col(uuid_null("created_by"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("person", "provider_id").to("provider", "id"))
                .to_owned(),
        )
        .await?;
    let by_place = Index::create().name("ix_person_place").table("person").col("division").col("id").to_owned();
    manager.create_index(by_place).await?;
    let by_school = Index::create()
        .name("ix_person_provider")
        .table("person")
        .col("provider_id")
        .col("division")
        .col("id")
        .to_owned();
    manager.create_index(by_school).await?;
    let by_phone = Index::create().name("ix_person_phone").table("person").col("phone_index").to_owned();
    manager.create_index(by_phone).await
}

/// Every document that a person had. The one in force has no end, and nobody else has it.
async fn documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("person_document")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(string("kind"))
                .col(blob("number"))
                .col(blob("number_index"))
                .col(uuid_null("recorded_by"))
                .col(big_integer("recorded_at"))
                .col(uuid_null("ended_by"))
                .col(big_integer_null("ended_at"))
                .col(string_null("ended_because"))
                .foreign_key(ForeignKey::create().from("person_document", "person_id").to("person", "id"))
                .to_owned(),
        )
        .await?;
    let in_force = Index::create()
        .name("ux_person_document_in_force")
        .table("person_document")
        .col("number_index")
        .unique()
        .and_where(Expr::col("ended_at").is_null())
        .to_owned();
    manager.create_index(in_force).await?;
    let by_person =
        Index::create().name("ix_person_document_person").table("person_document").col("person_id").to_owned();
    manager.create_index(by_person).await
}

/// Proposals to keep a person elsewhere. A person has one open at a time.
async fn transfers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("person_transfer")
                .col(uuid("id").primary_key())
                .col(uuid("person_id"))
                .col(string("from_division"))
                .col(uuid_null("from_provider_id"))
                .col(string("to_division"))
                .col(uuid_null("to_provider_id"))
                .col(string("to_residence"))
                .col(string("state"))
                .col(text("reason"))
                .col(uuid("proposed_by"))
                .col(big_integer("proposed_at"))
                .col(uuid_null("decided_by"))
                .col(big_integer_null("decided_at"))
                .col(text_null("answer"))
                .foreign_key(ForeignKey::create().from("person_transfer", "person_id").to("person", "id"))
                .foreign_key(ForeignKey::create().from("person_transfer", "from_provider_id").to("provider", "id"))
                .foreign_key(ForeignKey::create().from("person_transfer", "to_provider_id").to("provider", "id"))
                .to_owned(),
        )
        .await?;
    let open = Index::create()
        .name("ux_person_transfer_open")
        .table("person_transfer")
        .col("person_id")
        .unique()
        .and_where(Expr::col("decided_at").is_null())
        .to_owned();
    manager.create_index(open).await?;
    // An office of a township asks by division, that of a school by provider; both want the newest first.
    for side in ["from_division", "to_division", "from_provider_id", "to_provider_id"] {
        let name = format!("ix_person_transfer_{side}");
        let index = Index::create().name(name).table("person_transfer").col(side).col("id").to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}
