//! Incidents of tests: what was recorded, the steps taken since, and the sittings whose results they bar. Of an
//! incident only where it stands changes; steps are numbered within it, and the key keeps two from having one number.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [incident(), step(), barred()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, is_key) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(*table);
            for column in *columns {
                index.col(*column);
            }
            if *is_key {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Name, table, columns, and whether no two rows have the same there.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    ("ix_incident_exam_session", "incident", &["exam_session_id", "id"], false),
    ("ix_incident_sitting", "incident", &["sitting_id"], false),
    ("ix_incident_division", "incident", &["division", "id"], false),
    ("ux_incident_step", "incident_step", &["incident_id", "number"], true),
    ("ix_incident_sitting_barred", "incident_sitting", &["sitting_id"], false),
];

fn incident() -> TableCreateStatement {
    Table::create()
        .table("incident")
        .col(uuid("id").primary_key())
        .col(uuid("exam_session_id"))
        .col(uuid("sitting_id"))
        .col(string("division"))
        .col(string("kind"))
        .col(text("what_happened"))
        .col(text_null("seized"))
        .col(string("state"))
        .col(uuid("recorded_by"))
        .col(big_integer("recorded_at"))
        .col(uuid_null("signed_by"))
        .col(big_integer_null("upheld_at"))
        .foreign_key(ForeignKey::create().from("incident", "exam_session_id").to("exam_session", "id"))
        .foreign_key(ForeignKey::create().from("incident", "sitting_id").to("sitting", "id"))
        .to_owned()
}

fn step() -> TableCreateStatement {
    Table::create()
        .table("incident_step")
        .col(uuid("id").primary_key())
        .col(uuid("incident_id"))
        .col(integer("number"))
        .col(string("step"))
        .col(text("text"))
        .col(string_null("witness"))
        .col(uuid("taken_by"))
        .col(big_integer("taken_at"))
        .foreign_key(ForeignKey::create().from("incident_step", "incident_id").to("incident", "id"))
        .to_owned()
}

fn barred() -> TableCreateStatement {
    Table::create()
        .table("incident_sitting")
        .col(uuid("incident_id"))
        .col(uuid("sitting_id"))
        .primary_key(Index::create().col("incident_id").col("sitting_id"))
        .foreign_key(ForeignKey::create().from("incident_sitting", "incident_id").to("incident", "id"))
        .foreign_key(ForeignKey::create().from("incident_sitting", "sitting_id").to("sitting", "id"))
        .to_owned()
}
