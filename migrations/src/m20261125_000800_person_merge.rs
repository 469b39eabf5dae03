//! Merges of two records of one human: the case, what it moved, and what tells that a record ended.
//!
//! Nothing is deleted: a merged person names their survivor in `merged_into` and is shown nowhere, their
//! account has `closed_at`, and an entry on a roster on which the survivor stands too has `set_aside_at`.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ends(manager).await?;
        merges(manager).await?;
        moved_facts(manager).await
    }
}

/// What tells that something ended by a merge. `is_further`: a document by which the survivor is found
/// beside the one that names them.
async fn ends(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column) in [
        ("person", uuid_null("merged_into")),
        ("person_document", boolean("is_further").default(false).to_owned()),
        ("account", big_integer_null("closed_at")),
        ("roster_entry", big_integer_null("set_aside_at")),
    ] {
        manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
    }
    // Possible duplicates are looked for by name.
    manager.create_index(Index::create().name("ix_person_name").table("person").col("name").to_owned()).await
}

/// A merge from its proposal on. The places are those that kept the two persons then. `decided_by` gave
/// the second approval, refused it or took it back.
async fn merges(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("person_merge")
        .col(uuid("id").primary_key())
        .col(integer("version"))
        .col(uuid("survivor_id"))
        .col(uuid("merged_id"))
        .col(string("survivor_division"))
        .col(uuid_null("survivor_provider_id"))
        .col(string("merged_division"))
        .col(uuid_null("merged_provider_id"))
        .col(uuid("merged_document_id"))
        .col(string("ground"))
        .col(text("reason"))
        .col(string("state"))
        .col(uuid("proposed_by"))
        .col(big_integer("proposed_at"))
        .col(uuid_null("approved_by"))
        .col(big_integer_null("approved_at"))
        .col(uuid_null("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(text_null("answer"))
        .col(uuid_null("closed_account_id"))
        .col(uuid_null("undone_by"))
        .col(big_integer_null("undone_at"))
        .col(text_null("undone_because"));
    for (column, to) in [("survivor_id", "person"), ("merged_id", "person"), ("merged_document_id", "person_document")]
    {
        table.foreign_key(ForeignKey::create().from("person_merge", column).to(to, "id"));
    }
    manager.create_table(table.to_owned()).await?;
    for column in ["survivor_id", "merged_id"] {
        let open = Index::create()
            .name(format!("ux_person_merge_open_{column}"))
            .table("person_merge")
            .col(column)
            .unique()
            .and_where(Expr::col("decided_at").is_null())
            .to_owned();
        manager.create_index(open).await?;
    }
    for column in ["survivor_division", "survivor_provider_id"] {
        let name = format!("ix_person_merge_{column}");
        let index = Index::create().name(name).table("person_merge").col(column).col("id").to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Every row that a merge moved: `column_name` of it named `from_id` and names `to_id` since.
async fn moved_facts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("person_merge_fact")
                .col(uuid("merge_id"))
                .col(string("table_name"))
                .col(string("column_name"))
                .col(uuid("row_id"))
                .col(uuid("from_id"))
                .col(uuid("to_id"))
                .primary_key(Index::create().col("merge_id").col("table_name").col("column_name").col("row_id"))
                .foreign_key(ForeignKey::create().from("person_merge_fact", "merge_id").to("person_merge", "id"))
                .to_owned(),
        )
        .await
}
