//! How the newest version of each item did in all tests together, and what the bank is searched by.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The tests of the newest version.
const OF_NEWEST: &str = "FROM item_statistic s WHERE s.item_id = item.id AND s.number = \
    (SELECT MAX(v.number) FROM item_version v WHERE v.item_id = item.id)";
/// Shares and correlations are in thousandths; without candidates they say nothing.
const COLUMNS: [(&str, &str); 3] = [
    ("measured_candidates", "COALESCE(SUM(s.candidates), 0)"),
    (
        "measured_difficulty",
        "COALESCE((2 * SUM(s.candidates * s.difficulty) + SUM(s.candidates)) / NULLIF(2 * SUM(s.candidates), 0), 0)",
    ),
    (
        "measured_discrimination",
        "SUM(s.candidates * s.discrimination) / \
         NULLIF(SUM(CASE WHEN s.discrimination IS NULL THEN 0 ELSE s.candidates END), 0)",
    ),
];
/// What lists are narrowed down by, each beside the item.
const INDEXES: [(&str, &str, [&str; 2]); 6] = [
    ("ix_item_created_by", "item", ["created_by", "id"]),
    ("ix_item_measured_difficulty", "item", ["measured_difficulty", "id"]),
    ("ix_item_descriptor_knowledge_point", "item_descriptor", ["knowledge_point", "item_id"]),
    ("ix_item_descriptor_difficulty", "item_descriptor", ["difficulty", "item_id"]),
    ("ix_item_version_kind", "item_version", ["kind", "item_id"]),
    ("ix_item_use_used_at", "item_use", ["used_at", "item_id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            integer("measured_candidates").default(0).to_owned(),
            integer("measured_difficulty").default(0).to_owned(),
            integer_null("measured_discrimination"),
        ] {
            manager.alter_table(Table::alter().table("item").add_column(column).to_owned()).await?;
        }
        for (column, value) in COLUMNS {
            let counted = format!("UPDATE item SET {column} = (SELECT {value} {OF_NEWEST})");
            manager.get_connection().execute_unprepared(&counted).await?;
        }
        for (name, table, [first, second]) in INDEXES {
            let index = Index::create().name(name).table(table).col(first).col(second).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
