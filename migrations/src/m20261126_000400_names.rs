//! Persons are found by how their names begin, in the whole province too; a roster by the school as well.
//!
//! `name_key` holds the bytes of the name, whose order is the same in every store.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Filled in at once below, and whenever a person is added or renamed.
        let name_key = blob("name_key").default(Vec::<u8>::new()).to_owned();
        manager.alter_table(Table::alter().table("person").add_column(name_key).to_owned()).await?;
        key_names(manager).await?;
        // Who looks in a whole province for a rare name begins at the name, not at the division.
        for table in ["person", "roster_entry", "student_record"] {
            index(manager, &format!("ix_{table}_name_key"), table, ["name_key", "division", "id"]).await?;
        }
        index(manager, "ix_roster_entry_provider_id", "roster_entry", ["provider_id", "division", "id"]).await
    }
}

/// Gives the persons of earlier days the keys of their names, one name after the other.
async fn key_names(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    let names = Query::select().distinct().column("name").from("person").to_owned();
    for row in conn.query_all(&names).await? {
        let name: String = row.try_get_by_index(0)?;
        let update = Query::update()
            .table("person")
            .values([("name_key", name.clone().into_bytes().into())])
            .and_where(Expr::col("name").eq(name))
            .to_owned();
        conn.execute(&update).await?;
    }
    Ok(())
}

async fn index(manager: &SchemaManager<'_>, name: &str, table: &str, columns: [&'static str; 3]) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table.to_owned());
    for column in columns {
        index.col(column);
    }
    manager.create_index(index).await
}
