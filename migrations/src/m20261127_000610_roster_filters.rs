//! Every filter of a roster begins at an index of its own, in the order of the list: whom nobody is sent to, and who
//! stands where with what intent.
//!
//! What most persons on a roster lack (an intent, a surveyor, a school) is no longer in an index for those who lack it:
//! a list of a hundred thousand is taken in by so many entries fewer.

use sea_orm_migration::{prelude::*, schema::*};

/// States in which somebody may still be sent to a person.
const AWAITING: [&str; 8] =
    ["imported", "assigned", "visited", "intent_yes", "intent_no", "undecided", "unreachable", "guided"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_unassigned = boolean("is_unassigned").default(false).to_owned();
        manager.alter_table(Table::alter().table("roster_entry").add_column(is_unassigned).to_owned()).await?;
        let fill = Query::update()
            .table("roster_entry")
            .values([("is_unassigned", true.into())])
            .and_where(Expr::col("surveyor_id").is_null())
            .and_where(Expr::col("state").is_in(AWAITING))
            .to_owned();
        manager.get_connection().execute(&fill).await?;
        index(manager, "ix_roster_entry_unassigned", "roster_entry", &["is_unassigned", "division", "id"], None)
            .await?;
        for (name, table, columns) in [
            ("ix_roster_entry_intent", "roster_entry", &["intent", "division", "id"]),
            ("ix_roster_entry_surveyor_id", "roster_entry", &["surveyor_id", "division", "id"]),
            ("ix_roster_entry_provider_id", "roster_entry", &["provider_id", "division", "id"]),
            ("ix_person_provider", "person", &["provider_id", "division", "id"]),
        ] {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
            index(manager, name, table, columns, Some(columns[0])).await?;
        }
        let columns = &["intent", "state", "division", "id"];
        index(manager, "ix_roster_entry_intent_state", "roster_entry", columns, Some("intent")).await
    }
}

/// An index of those rows that have a value in the column `of`, or of all.
async fn index(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &'static str,
    columns: &[&'static str],
    of: Option<&'static str>,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    if let Some(column) = of {
        index.and_where(Expr::col(column).is_not_null());
    }
    manager.create_index(index).await
}
