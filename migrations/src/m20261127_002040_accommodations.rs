//! What candidates need at tests: applied for, decided step by step, and kept with the person. The reason and the photos
//! of papers are sealed by the key at rest; the accommodation names the photo that counts, the earlier ones stay.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [accommodation(), answer(), photo()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(*table);
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Name, table and columns.
const INDEXES: &[(&str, &str, &[&str])] = &[
    ("ix_accommodation_account", "accommodation", &["account_id"]),
    ("ix_accommodation_division", "accommodation", &["division", "id"]),
    ("ix_accommodation_photo", "accommodation_photo", &["accommodation_id"]),
];

fn accommodation() -> TableCreateStatement {
    Table::create()
        .table("accommodation")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(uuid("provider_id"))
        .col(string("division"))
        .col(string("level"))
        .col(integer("extra_pct"))
        .col(boolean("needs_separate_room"))
        .col(boolean("needs_large_print"))
        .col(boolean("needs_accessible"))
        .col(blob("reason"))
        .col(string("state"))
        .col(uuid_null("photo_id"))
        .col(string_null("until"))
        .col(big_integer("applied_at"))
        .foreign_key(ForeignKey::create().from("accommodation", "account_id").to("account", "id"))
        .to_owned()
}

fn answer() -> TableCreateStatement {
    Table::create()
        .table("accommodation_answer")
        .col(uuid("accommodation_id"))
        .col(string("office"))
        .col(boolean("is_granted"))
        .col(text("reason"))
        .col(uuid("decided_by"))
        .col(big_integer("decided_at"))
        .primary_key(Index::create().col("accommodation_id").col("office"))
        .foreign_key(ForeignKey::create().from("accommodation_answer", "accommodation_id").to("accommodation", "id"))
        .to_owned()
}

fn photo() -> TableCreateStatement {
    Table::create()
        .table("accommodation_photo")
        .col(uuid("id").primary_key())
        .col(uuid("accommodation_id"))
        .col(blob("content"))
        .col(uuid("added_by"))
        .col(big_integer("added_at"))
        .foreign_key(ForeignKey::create().from("accommodation_photo", "accommodation_id").to("accommodation", "id"))
        .to_owned()
}
