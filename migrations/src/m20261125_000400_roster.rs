//! 花名册: uploaded survey lists, the persons on the roster, and what surveyors do.
//!
//! `content` and `details` are sealed by the key at rest: cells, addresses and remarks are whatever
//! somebody wrote, numbers of documents among them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        batches(manager).await?;
        files(manager).await?;
        faulty_rows(manager).await?;
        entries(manager).await?;
        assignments(manager).await?;
        visits(manager).await
    }
}

/// One uploaded list, what its columns mean, and how far its import is. A row that is read is never
/// read again.
async fn batches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_batch")
                .col(uuid("id").primary_key())
                .col(string("division"))
                .col(uuid_null("provider_id"))
                .col(string("file_name"))
                .col(string("file_digest"))
                .col(string("headers_digest"))
                .col(text("headers"))
                .col(integer("header_row"))
                .col(text("mapping"))
                .col(string("state"))
                .col(integer("rows"))
                .col(integer("last_row"))
                .col(integer("added"))
                .col(integer("already_there"))
                .col(integer("kept_elsewhere"))
                .col(integer("faulty"))
                .col(uuid("uploaded_by"))
                .col(big_integer("uploaded_at"))
                .col(big_integer_null("imported_at"))
                .foreign_key(ForeignKey::create().from("roster_batch", "provider_id").to("provider", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "ix_roster_batch_place", "roster_batch", &["division", "id"]).await?;
    index(manager, "ix_roster_batch_headers", "roster_batch", &["headers_digest", "division", "imported_at"]).await
}

/// The bytes of a list, until its import is over.
async fn files(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_file")
                .col(uuid("batch_id").primary_key())
                .col(blob("content"))
                .foreign_key(ForeignKey::create().from("roster_file", "batch_id").to("roster_batch", "id"))
                .to_owned(),
        )
        .await
}

/// Rows that were not taken: their cells and their faults.
async fn faulty_rows(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_faulty_row")
                .col(uuid("batch_id"))
                .col(integer("row"))
                .col(blob("content"))
                .primary_key(Index::create().col("batch_id").col("row"))
                .foreign_key(ForeignKey::create().from("roster_faulty_row", "batch_id").to("roster_batch", "id"))
                .to_owned(),
        )
        .await
}

/// A person on the roster of a place: once. `state` is what the facts say, kept to find it by;
/// `name_key` holds the bytes of the name, whose order is the same in every store.
async fn entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_entry")
                .col(uuid("id").primary_key())
                .col(integer("version"))
                .col(uuid("person_id"))
                .col(string("division"))
                .col(uuid_null("provider_id"))
                .col(uuid("batch_id"))
                .col(string("name"))
                .col(blob("name_key"))
                .col(string("residence_division"))
                .col(string_null("sex"))
                .col(string_null("birth_date"))
                .col(string_null("education_level"))
                .col(string_null("listed_intent"))
                .col(string_null("intent"))
                .col(string_null("study_route"))
                .col(blob("details"))
                .col(uuid_null("surveyor_id"))
                .col(string("state"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("roster_entry", "person_id").to("person", "id"))
                .foreign_key(ForeignKey::create().from("roster_entry", "provider_id").to("provider", "id"))
                .foreign_key(ForeignKey::create().from("roster_entry", "batch_id").to("roster_batch", "id"))
                .to_owned(),
        )
        .await?;
    for (name, place, has_provider) in
        [("ux_roster_entry_division", "division", false), ("ux_roster_entry_provider", "provider_id", true)]
    {
        let provider = Expr::col("provider_id");
        let of_kind = if has_provider { provider.is_not_null() } else { provider.is_null() };
        let mut once = Index::create();
        once.name(name).table("roster_entry").col("person_id").col(place).unique().and_where(of_kind);
        manager.create_index(once).await?;
    }
    index(manager, "ix_roster_entry_place", "roster_entry", &["division", "id"]).await?;
    index(manager, "ix_roster_entry_name", "roster_entry", &["division", "name_key", "id"]).await?;
    for filter in ["state", "intent", "surveyor_id"] {
        index(manager, &format!("ix_roster_entry_{filter}"), "roster_entry", &[filter, "division", "id"]).await?;
    }
    Ok(())
}

/// Who was sent to whom, and by whom. The latest counts.
async fn assignments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_assignment")
                .col(uuid("id").primary_key())
                .col(uuid("entry_id"))
                .col(uuid("surveyor_id"))
                .col(uuid("assigned_by"))
                .col(big_integer("assigned_at"))
                .foreign_key(ForeignKey::create().from("roster_assignment", "entry_id").to("roster_entry", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "ix_roster_assignment_entry", "roster_assignment", &["entry_id"]).await
}

/// Visits and calls, by the id that the device made: what is sent twice is here once.
async fn visits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_visit")
                .col(uuid("id").primary_key())
                .col(uuid("entry_id"))
                .col(uuid("visitor"))
                .col(big_integer("visited_at"))
                .col(blob("content"))
                .col(big_integer("received_at"))
                .foreign_key(ForeignKey::create().from("roster_visit", "entry_id").to("roster_entry", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "ix_roster_visit_entry", "roster_visit", &["entry_id", "visited_at"]).await
}

async fn index(manager: &SchemaManager<'_>, name: &str, table: &str, columns: &[&str]) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table.to_owned());
    for column in columns {
        index.col((*column).to_owned());
    }
    manager.create_index(index).await
}
