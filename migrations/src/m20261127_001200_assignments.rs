//! Assignments of units: photos that learners sent for them, sealed by the key at rest; what they handed in, as often
//! as a teacher returned it; and what was decided of each hand-in, once. Rows are added and never change.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("assignment_photo")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(uuid("activity_id"))
                    .col(blob("content"))
                    .col(big_integer("added_at"))
                    .foreign_key(ForeignKey::create().from("assignment_photo", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let of_learner = Index::create()
            .name("ix_assignment_photo_account")
            .table("assignment_photo")
            .col("account_id")
            .col("activity_id")
            .to_owned();
        manager.create_index(of_learner).await?;
        manager
            .create_table(
                Table::create()
                    .table("assignment_hand_in")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(uuid("course_id"))
                    .col(uuid("course_version_id"))
                    .col(uuid("unit_id"))
                    .col(uuid("activity_id"))
                    .col(uuid("account_id"))
                    .col(text("text"))
                    .col(text("photos"))
                    .col(big_integer("handed_in_at"))
                    .foreign_key(ForeignKey::create().from("assignment_hand_in", "class_id").to("class", "id"))
                    .foreign_key(ForeignKey::create().from("assignment_hand_in", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        for (name, columns) in [
            ("ix_assignment_hand_in_class", ["class_id", "id"]),
            ("ix_assignment_hand_in_account", ["account_id", "course_id"]),
        ] {
            let [first, second] = columns;
            let index = Index::create().name(name).table("assignment_hand_in").col(first).col(second).to_owned();
            manager.create_index(index).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("assignment_mark")
                    .col(uuid("hand_in_id").primary_key())
                    .col(boolean("is_returned"))
                    .col(text("points"))
                    .col(text("remark"))
                    .col(uuid("marked_by"))
                    .col(big_integer("marked_at"))
                    .foreign_key(
                        ForeignKey::create().from("assignment_mark", "hand_in_id").to("assignment_hand_in", "id"),
                    )
                    .to_owned(),
            )
            .await
    }
}
