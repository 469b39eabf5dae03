//! Classes as a school plans them and a county approves them, and who leaves them.
//!
//! The classes of earlier days are running; nobody planned them. A change counts `version` up.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        extend_classes(manager).await?;
        restate_classes(manager).await?;
        for (name, columns) in [
            ("ix_class_division", ["division", "id"]),
            ("ix_class_provider", ["provider_id", "id"]),
            ("ix_class_state", ["state", "id"]),
            ("ix_class_form", ["form", "id"]),
        ] {
            let index = Index::create().name(name).table("class").col(columns[0]).col(columns[1]).to_owned();
            manager.create_index(index).await?;
        }
        let left_at = Table::alter().table("class_member").add_column(big_integer_null("left_at")).to_owned();
        manager.alter_table(left_at).await?;
        departures(manager).await
    }
}

async fn extend_classes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        // Filled in at once below, and whenever a class is planned.
        string("division").default("").to_owned(),
        string("state").default("running").to_owned(),
        string("partner").default("").to_owned(),
        uuid_null("tutor_id"),
        integer("capacity").default(60).to_owned(),
        uuid_null("teaching_point_id"),
        string("rule_version").default("330000/2022-01-01").to_owned(),
        string_null("starts_on"),
        string_null("ends_on"),
        uuid_null("planned_by"),
        uuid_null("approved_by"),
        big_integer_null("approved_at"),
        integer("version").default(1).to_owned(),
    ];
    for column in columns {
        manager.alter_table(Table::alter().table("class").add_column(column).to_owned()).await?;
    }
    Ok(())
}

/// Where the classes of earlier days lie, what their form is called now, and that they have room for
/// those who are in them.
async fn restate_classes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    for statement in [
        "UPDATE class SET division = (SELECT provider.division FROM provider WHERE provider.id = class.provider_id)",
        "UPDATE class SET form = REPLACE(form, '_class', '')",
        "UPDATE class SET capacity = (SELECT COUNT(*) FROM class_member WHERE class_member.class_id = class.id) \
         WHERE (SELECT COUNT(*) FROM class_member WHERE class_member.class_id = class.id) > 60",
    ] {
        conn.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Each time that a learner left a class. Rows are never changed; who joins again has a new time of
/// joining in `class_member`.
async fn departures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("class_departure")
                .col(uuid("id").primary_key())
                .col(uuid("class_id"))
                .col(uuid("account_id"))
                .col(big_integer("joined_at"))
                .col(big_integer("left_at"))
                .col(string("reason"))
                .col(uuid("recorded_by"))
                .foreign_key(ForeignKey::create().from("class_departure", "class_id").to("class", "id"))
                .foreign_key(ForeignKey::create().from("class_departure", "account_id").to("account", "id"))
                .to_owned(),
        )
        .await?;
    let index = Index::create().name("ix_class_departure").table("class_departure").col("class_id").to_owned();
    manager.create_index(index).await
}
