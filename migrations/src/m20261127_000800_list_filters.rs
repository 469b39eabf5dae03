//! Lists are narrowed down by place and state, each filter by an index; persons by how far they have come, too.
//!
//! `person.stage` is the furthest stage of the records that stand; it is empty for the many who have none, who are
//! therefore in no index.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The columns by which a table is narrowed down; each index ends with the id, by which lists are in order.
const FILTERS: [(&str, &[&str]); 5] = [
    ("person_transfer", &["state"]),
    ("person_merge", &["state", "merged_division", "merged_provider_id"]),
    ("roster_batch", &["provider_id", "state"]),
    ("skill_training", &["provider_id", "division"]),
    ("skill_certificate", &["provider_id", "division"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        stages(manager).await?;
        for (table, columns) in FILTERS {
            for column in columns {
                let mut index = Index::create();
                index.name(format!("ix_{table}_by_{column}")).table(table).col(*column).col("id");
                manager.create_index(index).await?;
            }
        }
        Ok(())
    }
}

/// Gives persons their stage; those of earlier days have it from what the rosters know of learners.
async fn stages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table("person").add_column(string_null("stage")).to_owned()).await?;
    let conn = manager.get_connection();
    for stage in ["enrolled", "studying", "completed", "verified"] {
        let learners = Query::select()
            .column("person_id")
            .from("roster_learner")
            .and_where(Expr::col("stage").eq(stage))
            .to_owned();
        let update = Query::update()
            .table("person")
            .values([("stage", stage.to_owned().into())])
            .and_where(Expr::col("id").in_subquery(learners))
            .to_owned();
        conn.execute(&update).await?;
    }
    let by_stage = Index::create()
        .name("ix_person_stage")
        .table("person")
        .col("stage")
        .col("division")
        .col("id")
        .and_where(Expr::col("stage").is_not_null())
        .to_owned();
    manager.create_index(by_stage).await
}
